"""Sổ theo dõi hồ sơ: TT 01/2018/TT-VPCP, Mẫu 06; TT 03/2025/TT-VPCP, Mẫu 07."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from dossiers import paging, permissions
from dossiers.models import Dossier
from dossiers.printing.sheets import Kind, head_of, sheet_on
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import FINISHED, ReturnChannel, Status, Step
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import write_date
from procedures.models import Leg

# As many as a browser lays out on paper without losing its breath.
MOST_ROWS = 3000
COLUMNS = 15
WAYS_OUT: dict[ReturnChannel, str] = {
    ReturnChannel.COUNTER: "Trực tiếp",
    ReturnChannel.ONLINE: "Trực tuyến",
    ReturnChannel.PUBLIC_POST: "Bưu chính công ích",
}
ENDINGS: dict[Status, str] = {
    Status.REFUSED: "Từ chối",
    Status.WITHDRAWN: "Rút hồ sơ",
    Status.DISCONTINUED: "Dừng giải quyết",
}


@dataclass(frozen=True)
class Row:
    """One line of the book; ``number`` runs through the year."""

    number: int
    dossier: Dossier
    handed_over_on: date | None
    result_came_on: date | None
    way_out: str
    signed: str
    note: str


def context(
    organisation: Organisation,
    found: DossierQuerySet,
    *,
    start: date | None,
    end: date | None,
    before: int,
    conditions: Sequence[str],
) -> dict[str, Any]:
    """The book of the dossiers ``found``, in the order of receipt.

    ``start`` and ``end`` are the period asked for, otherwise the first and last
    receipt. ``before`` of that year stand in the lines before (TT 01/2018, Điều
    10.2: numbers run from 01 to the end of the year, through every volume).
    """
    received = found.filter(code__isnull=False).order_by("received_at", "pk")
    count = paging.count(received)
    rows = _rows(received[:MOST_ROWS], before)
    days = [row.dossier.clock_started_on for row in rows] or [timezone.localdate()]
    first, last = start or days[0], end or days[-1]
    return {
        "sheet": sheet_on(Kind.REGISTER, min(last, timezone.localdate())),
        "head": head_of(organisation, None),
        "rows": rows,
        "period": f"Từ ngày {write_date(first)} đến ngày {write_date(last)}",
        "year": first.year if first.year == last.year else None,
        "conditions": conditions,
        "count": count,
        "is_cut": count.number > len(rows),
        "most": MOST_ROWS,
        "columns": range(1, COLUMNS + 1),
    }


def _rows(dossiers: Iterable[Dossier], before: int) -> list[Row]:
    known = dossiers.select_related("procedure", "agency").prefetch_related(
        "custody", "postal_items"
    )
    return list(lines(known, before))


def lines(dossiers: Iterable[Dossier], before: int) -> Iterator[Row]:
    """The lines of the book, for dossiers in the order of receipt.

    Each reads its custody entries and its items: fetch them ahead.
    """
    year, number = None, before
    for dossier in dossiers:
        if year not in (None, dossier.clock_started_on.year):
            number = 0
        year, number = dossier.clock_started_on.year, number + 1
        yield _row(number, dossier)


def _row(number: int, dossier: Dossier) -> Row:
    is_finished = dossier.status in FINISHED
    return Row(
        number=number,
        dossier=dossier,
        handed_over_on=_handed_over_on(dossier),
        result_came_on=dossier.finished_on if is_finished else None,
        way_out=WAYS_OUT[ReturnChannel(dossier.return_channel)],
        signed=_signed(dossier),
        note=_note(dossier),
    )


def _signed(dossier: Dossier) -> str:
    """The envelopes whose proof of delivery stands for the signature."""
    items = [x.number for x in dossier.postal_items.all() if x.leg == Leg.RETURN]
    return ", ".join(items) if dossier.returned_on else ""


def _note(dossier: Dossier) -> str:
    told = []
    if ending := ENDINGS.get(Status(dossier.status)):
        told.append(f"{ending} ngày {write_date(dossier.finished_on)}")
    if dossier.status == Status.UNDELIVERED:
        told.append("Phát không thành công, chuyển hoàn")
    if dossier.reappointed_to:
        told.append(f"Hẹn lại {write_date(dossier.reappointed_to)}")
    return "; ".join(told)


def _handed_over_on(dossier: Dossier) -> date | None:
    """The day of the last step to the agency that has not been taken back."""
    entries = sorted(dossier.custody.all(), key=lambda entry: entry.sequence)
    handed = [x for x in permissions.standing(entries) if x.step == Step.PROCESSING]
    return timezone.localdate(handed[-1].at) if handed else None
