"""The sample catalogue: the rows of ``catalogue.csv`` as procedures in force.

The codes are of a series of their own, 1.990001 and up, so that nobody takes
one for a code of the national database.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dossiers.demo.decisions import LAST_OF_OLD_LIST, NEW_LIST, OLD_LIST, Decisions
from dossiers.demo.papers import PAPERS
from postal_tthc.accounts.models import Organisation
from procedures.models import Field, Leg, PostalEligibility, Procedure, RequiredPaper

FILE = Path(__file__).with_name("catalogue.csv")
BY_POST = "yes"
NOTE = "Dữ liệu mẫu"


@dataclass(frozen=True)
class Version:
    """A procedure's days in force, and its time limit in them."""

    start: date
    end: date | None
    days: int

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True)
class Row:
    """One line of the file.

    ``clock`` is its policy after a supplement. ``papers`` is a list of
    ``papers.PAPERS`` and ``asks`` a kind of applicant of ``people``; ``asked`` is
    how often it is asked for beside the others, 0 for never. ``post`` is ``yes``,
    the reason why not, or empty when nothing has been decided.
    """

    code: str
    field: str
    name: str
    unit: str
    fee: int | None
    fee_note: str
    clock: str
    papers: str
    asks: str
    asked: int
    post: str
    versions: tuple[Version, ...]

    def is_in_force(self, on: date) -> bool:
        """Whether a version is in force on a day."""
        return any(version.holds(on) for version in self.versions)

    def version(self, on: date) -> Version:
        """The version in force on a day on which there is one."""
        return next(version for version in self.versions if version.holds(on))


def read_rows() -> tuple[Row, ...]:
    """Every line of the file, in its order."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Row(
                code=f"1.99{number:04d}",
                field=line["field"],
                name=line["name"],
                unit=line["unit"],
                fee=int(line["fee"]) if line["fee"] else None,
                fee_note=line["fee_note"],
                clock=line["clock"] or Procedure.ClockPolicy.RESTART,
                papers=line["papers"],
                asks=line["asks"],
                asked=int(line["asked"]),
                post=line["post"],
                versions=_versions(line),
            )
            for number, line in enumerate(csv.DictReader(lines), start=1)
        )


def _versions(line: dict[str, str]) -> tuple[Version, ...]:
    days = int(line["days"])
    if line["life"] == "new":
        return (Version(NEW_LIST, None, days),)
    if line["life"] == "ended":
        return (Version(OLD_LIST, LAST_OF_OLD_LIST, days),)
    if before := line["days_before"]:
        return (
            Version(OLD_LIST, LAST_OF_OLD_LIST, int(before)),
            Version(NEW_LIST, None, days),
        )
    return (Version(OLD_LIST, None, days),)


def create(
    rows: Iterable[Row], agency: Organisation, decisions: Decisions
) -> dict[tuple[str, date], Procedure]:
    """Write the procedures; the answer finds one by code and first day."""
    procedures: dict[tuple[str, date], Procedure] = {}
    papers: list[RequiredPaper] = []
    eligibilities: list[PostalEligibility] = []
    for row in rows:
        field, _created = Field.objects.get_or_create(name=row.field)
        for version in row.versions:
            procedure = Procedure.objects.create(
                code=row.code,
                name=row.name,
                field=field,
                agency=agency,
                processing_time=version.days,
                time_unit=row.unit,
                clock_policy=row.clock,
                fee_dong=row.fee,
                fee_note=row.fee_note,
                in_force_from=version.start,
                in_force_to=version.end,
                decision=decisions.old_list if version.end else decisions.new_list,
                note=NOTE,
            )
            procedures[row.code, version.start] = procedure
            papers += _papers(row, procedure)
            eligibilities += _eligibilities(row, procedure, decisions)
    RequiredPaper.objects.bulk_create(papers)
    PostalEligibility.objects.bulk_create(eligibilities)
    return procedures


def _papers(row: Row, procedure: Procedure) -> Iterator[RequiredPaper]:
    for position, (name, form, quantity) in enumerate(PAPERS[row.papers], start=1):
        yield RequiredPaper(
            procedure=procedure,
            position=position,
            name=name,
            form=form,
            quantity=quantity,
        )


def _eligibilities(
    row: Row, procedure: Procedure, decisions: Decisions
) -> Iterator[PostalEligibility]:
    if not row.post:
        return
    is_eligible = row.post == BY_POST
    for leg in Leg:
        yield PostalEligibility(
            procedure=procedure,
            leg=leg,
            is_eligible=is_eligible,
            reason="" if is_eligible else row.post,
            valid_from=procedure.in_force_from,
            valid_to=procedure.in_force_to,
            decision=decisions.by_post,
        )
