"""The passport of every paper: an unbroken line of hands, read from the log.

Who held it since when, by which step, item and minutes, under which seal. Nothing
is stored twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from dossiers import custody
from dossiers.models import (
    CustodyEntry,
    Dossier,
    Handover,
    HandoverLine,
    Paper,
    PostalItem,
)
from postal_tthc.accounts.models import Organisation, User
from procedures.models import RequiredPaper

Where = int | str  # an organisation's number, or an outcome


@dataclass(frozen=True)
class Hand:
    """A stretch in one pair of hands, or how the paper left ours.

    ``until`` is None for the last one; ``outcome`` is empty while it is held.
    """

    since: datetime
    until: datetime | None
    holder: Organisation | None
    outcome: str
    step: str
    by: User
    item: PostalItem | None
    handover: Handover | None
    seal: str

    @property
    def left(self) -> str:
        """How it left, in words."""
        return str(Paper.Outcome(self.outcome).label) if self.outcome else ""


@dataclass(frozen=True)
class Passport:
    """A paper and its hands, oldest first; none when the log does not know it."""

    paper: Paper
    hands: tuple[Hand, ...]

    @property
    def now(self) -> Hand | None:
        """The hand that has it."""
        return self.hands[-1] if self.hands else None

    @property
    def is_original(self) -> bool:
        """Whether it is followed by name."""
        return self.paper.form == RequiredPaper.Form.ORIGINAL


def passports(dossier: Dossier) -> list[Passport]:
    """A passport for each paper of a dossier, in the order of its list."""
    prefetch_related_objects([dossier], "papers__held_by")
    chain = dossier.custody.select_related("by", "item", "handover__desk")
    entries = list(chain.order_by("sequence"))
    lines = _lines(entries)
    held = {where for line in lines.values() for _, where in line}
    holders = Organisation.objects.in_bulk([x for x in held if isinstance(x, int)])
    seals = dict(
        HandoverLine.objects.filter(dossier=dossier, cancels=None)
        .order_by("position")
        .values_list("handover", "seal_number")
    )
    return [
        Passport(
            paper, tuple(_hands(lines.get(str(paper.position), []), holders, seals))
        )
        for paper in dossier.papers.all()
    ]


def _lines(
    entries: list[CustodyEntry],
) -> dict[str, list[tuple[CustodyEntry, Where]]]:
    """For each position the entries that moved the paper, and where to."""
    lines: dict[str, list[tuple[CustodyEntry, Where]]] = {}
    for entry in entries:
        papers = custody.state_of(entry)["papers"]
        for position, where in papers.items():
            line = lines.setdefault(position, [])
            if not line or line[-1][1] != where:
                line.append((entry, where))
        # What came with a step that was undone leaves its line to the next one.
        for position in lines.keys() - papers.keys():
            del lines[position]
    return lines


def _hands(
    line: list[tuple[CustodyEntry, Where]],
    holders: dict[int, Organisation],
    seals: dict[int, str],
) -> Iterator[Hand]:
    ends = [*(entry.at for entry, _where in line), None][1:]
    for (entry, where), until in zip(line, ends, strict=True):
        is_held = isinstance(where, int)
        item_seal = entry.item.seal_number if entry.item else ""
        yield Hand(
            since=entry.at,
            until=until,
            holder=holders[where] if is_held else None,
            outcome="" if is_held else where,
            step=entry.get_step_display(),
            by=entry.by,
            item=entry.item,
            handover=entry.handover,
            seal=seals.get(entry.handover_id, "") or item_seal,
        )
