"""Imports a register: judge a file, keep it with what was judged, write it or nothing."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from django.db import reset_queries, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import permissions
from dossiers.models import RegisterImport
from dossiers.spreadsheets.judged import Judged, Kind
from dossiers.spreadsheets.judging import Judge
from dossiers.spreadsheets.mapping import (
    Places,
    file_columns,
    places_from,
    propose,
    sheet_of,
)
from dossiers.spreadsheets.reading import Line, mapping_faults, read_lines
from dossiers.spreadsheets.round_trip import RoundTripJudge
from dossiers.spreadsheets.summary import Summary, as_json
from dossiers.spreadsheets.writing import Numbers, Writer
from postal_tthc import kept_files
from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict, Invalid
from postal_tthc.lib.sheets import Sheet, show
from postal_tthc.lib.table_files import read_table_file
from postal_tthc.lib.tables import Fault

Reached = Callable[[int], None]


class ChangedMeanwhile(Conflict):
    """What would be written is no longer what was shown."""

    def __init__(self) -> None:
        """The sentence says what to do."""
        super().__init__(
            _(
                "The register has changed since the file was judged. Nothing was "
                "written; judge the file again."
            )
        )


@dataclass(frozen=True)
class Sent:
    """A file that was read, where its list stands, and who sends it."""

    sheets: Sequence[Sheet]
    places: Places | None
    file_hash: str
    by: User

    def lines(self) -> Iterator[Line]:
        """The rows of its list."""
        assert self.places is not None
        return read_lines(sheet_of(self.sheets, self.places), self.places)

    def judged(self, now: datetime) -> Iterator[list[Judged]]:
        """Its rows, judged against what is here now, some hundred at a time."""
        assert self.places is not None
        if self.places.is_round_trip:
            return RoundTripJudge(self.by).judge(self.lines())
        judge = Judge(
            self.by, now=now, file_hash=self.file_hash, sheet=self.places.sheet
        )
        return judge.judge(self.lines())


def judge_sent(sent: Sent, *, now: datetime, reached: Reached | None = None) -> Summary:
    """Every fault in the list, and what writing it would do. Writes nothing."""
    summary = Summary()
    if sent.places is None:
        sentence = _("There is nothing in the file that could be a list.")
        summary.faults.append(Fault(0, "", "", sentence))
        return summary
    summary.faults += mapping_faults(sent.places)
    if summary.faults:
        return summary
    for several in sent.judged(now):
        for row in several:
            summary.add(row)
        if reached:
            reached(summary.counts["rows"])
    if not summary.counts["rows"]:
        sentence = _("The list is empty: there is no dossier below the headings.")
        summary.faults.append(Fault(sent.places.heading_row, "", "", sentence))
    return summary


def keep(file: BinaryIO, name: str, *, by: User, at: datetime) -> RegisterImport:
    """Keep the file as it was sent, with its hash; it is judged next.

    Raises ``Refused`` for somebody who may not receive dossiers.
    """
    permissions.check_can_receive(by)
    source = RegisterImport(organisation=by.organisation.scope, by=by, at=at)
    kept_files.keep(source, file.read(), name)
    return source


def read_sent(file: BinaryIO, name: str) -> list[Sheet]:
    """The sheets of a file before it is kept: what cannot be read is not kept."""
    sheets = read_table_file(file, name=name)
    file.seek(0)
    return sheets


def read(source: RegisterImport) -> list[Sheet]:
    """The sheets of the file that was kept. Raises ``Invalid``."""
    content = BytesIO(kept_files.content_of(source))
    return read_table_file(content, name=source.file_name)


def judge(
    source: RegisterImport,
    *,
    by: User,
    now: datetime,
    places: Places | None = None,
    sheets: Sequence[Sheet] | None = None,
    reached: Reached | None = None,
) -> RegisterImport:
    """Judge a kept file and write down what was found beside it.

    ``places`` is the mapping that somebody chose, otherwise it is proposed. Raises
    ``Invalid`` for a file that cannot be read, ``Conflict`` for one already written.
    """
    check_waits(source)
    sheets = read(source) if sheets is None else sheets
    places = places or propose(sheets, source.organisation)
    sent = Sent(sheets, places, source.file_hash, by)
    return note(source, sent, judge_sent(sent, now=now, reached=reached))


def judge_anew(
    source: RegisterImport,
    *,
    by: User,
    now: datetime,
    sheets: Sequence[Sheet] | None = None,
) -> RegisterImport:
    """Judge it with the columns that were chosen, because the register has changed."""
    places = places_from(source.mapping)
    return judge(source, by=by, now=now, places=places, sheets=sheets)


@transaction.atomic
def note(source: RegisterImport, sent: Sent, summary: Summary) -> RegisterImport:
    """Write down beside the file what was found in it.

    Raises ``Conflict`` when somebody has written the file meanwhile.
    """
    source = RegisterImport.objects.select_for_update().get(pk=source.pk)
    check_waits(source)
    if sent.places is not None:
        sheet = sheet_of(sent.sheets, sent.places)
        columns = [
            {
                "place": column.place,
                "letter": column.letter,
                "heading": column.heading,
                "samples": [show(cell) for cell in column.samples],
                "key": column.key,
            }
            for column in file_columns(sheet, sent.places)
        ]
        source.mapping = {
            **sent.places.as_json(),
            "columns": columns,
            "sheets": [sheet.name for sheet in sent.sheets if sheet.rows],
        }
    source.counts = summary.as_kept()
    source.faults = [as_json(fault) for fault in summary.faults]
    source.status = RegisterImport.Status.JUDGED
    source.save()
    return source


def check_waits(source: RegisterImport) -> None:
    """The file has not been written yet."""
    statuses = RegisterImport.Status
    if source.status in (statuses.WRITTEN, statuses.UNDONE):
        raise Conflict(
            _("«%(file)s» was written already, on %(day)s.")
            % {
                "file": source,
                "day": f"{timezone.localtime(source.written_at):%H:%M, %d/%m/%Y}",
            }
        )


@transaction.atomic
def write(
    source: RegisterImport,
    *,
    by: User,
    at: datetime,
    skips_faulty: bool = False,
    reached: Reached | None = None,
    sheets: Sequence[Sheet] | None = None,
    conclude: Callable[[RegisterImport], None] | None = None,
) -> RegisterImport:
    """Write every good row of a judged file, in one transaction, or nothing.

    With ``skips_faulty`` the faulty rows are left out, otherwise one of them is
    enough to write nothing. The file is judged again first, because the register may
    have changed. ``reached`` is told how many rows are done, of twice their number;
    ``conclude`` is called last, inside the transaction.
    Raises ``Refused``, ``Conflict`` (``ChangedMeanwhile`` when it is to be judged
    again and looked at once more) or ``Invalid``.
    """
    permissions.check_can_receive(by)
    source = RegisterImport.objects.select_for_update().get(pk=source.pk)
    check_waits(source)
    if source.organisation != by.organisation.scope:
        raise Conflict(_("This file belongs to another organisation."))
    if not source.mapping:
        raise Conflict(_("This file has not been judged yet."))
    sheets = read(source) if sheets is None else sheets
    places = places_from(source.mapping)
    sent = Sent(sheets, places, source.file_hash, by)
    tell = reached or (lambda _done: None)
    numbers, summary = Numbers(), Summary()
    if faults := mapping_faults(places):
        raise Invalid(str(faults[0]))
    for several in sent.judged(at):
        for row in several:
            summary.add(row)
            numbers.count(row)
        tell(summary.counts["rows"])
    _check_as_shown(source, summary, skips_faulty)
    writer = Writer(source, numbers.take(), by=by, at=at)
    # Where transactions see each other's end, the second look may find what the first
    # did not: a dossier that would be changed now, though a new one was shown.
    done, written = summary.counts["rows"], Counter[Kind]()
    for several in sent.judged(at):
        writer.write(several)
        written.update(row.kind for row in several)
        reset_queries()  # with DEBUG on, Django would keep every statement
        done += len(several)
        tell(done)
    if any(written[kind] != summary.counts[kind] for kind in Kind):
        raise ChangedMeanwhile
    source.counts = summary.as_kept()
    source.skips_faulty = skips_faulty
    source.status = RegisterImport.Status.WRITTEN
    source.written_at = at
    source.save()
    if conclude:
        conclude(source)
    return source


def _check_as_shown(
    source: RegisterImport, summary: Summary, skips_faulty: bool
) -> None:
    now = summary.counts | {"shown": summary.shown}
    if any(source.counts.get(key) != value for key, value in now.items()):
        raise ChangedMeanwhile
    if summary.counts[Kind.FAULTY] and not skips_faulty:
        raise Invalid(
            _(
                "Nothing was written; faulty rows: %(n)d. Mend them, or choose to "
                "write the good rows only."
            )
            % {"n": summary.counts[Kind.FAULTY]}
        )
    if not summary.is_writable:
        raise Invalid(_("Everything in the file is already here; nothing to write."))
