"""What the pages of the consolidation show; no page adds or divides by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode

from postal_tthc.accounts.models import Organisation
from reports.consolidation.collecting import counts_in_system
from reports.consolidation.columns import HEADINGS
from reports.consolidation.form import TOTAL
from reports.consolidation.lines import NAMES, Line, from_json, total_of
from reports.consolidation.membership import existed_in
from reports.consolidation.province import (
    LEFT_OUT,
    PROCEDURES,
    Consolidation,
    Row,
    Source,
)
from reports.models import AgencyReturn
from reports.periods import Period
from reports.ratios import Ratio

BADGES = {Source.SYSTEM: "done", Source.RETURN: "post", Source.AWAITED: "soon"}
# The numbers of a row on the page: a name of Counts, or of a ratio.
SHOWN = (
    "received",
    "by_post",
    "by_post_ratio",
    "intake_by_post",
    "results",
    "return_by_post",
    "return_ratio",
    "carried_over",
    "finished",
    "outstanding",
    "on_time_ratio",
)


@dataclass(frozen=True)
class Cell:
    """A number with its dossiers, or a ratio."""

    number: int | None = None
    link: str = ""
    ratio: Ratio | None = None


@dataclass(frozen=True)
class ShownRow:
    """A row of the page. ``address`` hands in its return, ``figures`` is its page."""

    place: str
    row: Row
    is_member: bool
    badge: str
    cells: tuple[Cell, ...]
    address: str
    figures: str


def lines(collected: Consolidation) -> list[ShownRow]:
    """The rows of the table."""
    return [
        ShownRow(
            place,
            row,
            is_member,
            BADGES.get(row.source, ""),
            () if row.is_awaited else _cells(row, collected),
            ""
            if row.members or row.source == Source.SYSTEM
            else _of(row, collected, "reports:return"),
            _of(row, collected, "reports:dashboard")
            if row.source == Source.SYSTEM
            else "",
        )
        for place, row, is_member in collected.listed
    ]


def foot(collected: Consolidation) -> list[tuple[str, tuple[Cell, ...]]]:
    """The sums below the table; what is left out has no ratios."""
    return [(row.name, _cells(row, collected)) for row in collected.foot]


def _cells(row: Row, collected: Consolidation) -> tuple[Cell, ...]:
    cells = []
    for name in SHOWN:
        if name.endswith("_ratio"):
            # What is only left out of the total has no share of its own.
            cells.append(Cell(ratio=None if row.name == LEFT_OUT else row.ratio(name)))
        else:
            link = _dossiers(row, collected, name)
            cells.append(Cell(int(getattr(row.counts, name)), link))
    return tuple(cells)


def _dossiers(row: Row, collected: Consolidation, name: str) -> str:
    """The dossiers behind a number; a return opens none."""
    if row.source != Source.SYSTEM:
        return ""
    query = {
        "counted": name,
        "start": collected.period.start.isoformat(),
        "end": collected.as_of.isoformat(),
        "agency": row.symbol,
    }
    return f"{reverse('dossiers:list')}?{urlencode(query)}"


def _of(row: Row, collected: Consolidation, route: str) -> str:
    query = {"organisation": row.symbol, "period": collected.period.word}
    return f"{reverse(route)}?{urlencode(query)}"


def address(route: str, period: Period, kind: str = "", is_joined: bool = False) -> str:
    """A page of the consolidation for a period."""
    query = {"period": period.word} | ({"merged": 1} if is_joined else {})
    return f"{reverse(route, args=[kind] if kind else [])}?{urlencode(query)}"


def reminder(collected: Consolidation) -> str:
    """A letter's worth of words for those who have not reported, to be copied."""
    if not collected.awaited:
        return ""
    names = "\n".join(f"- {row.name};" for row in collected.awaited)
    return (
        f"Kính gửi:\n{names[:-1]}.\n\n"
        f"{collected.collector} chưa nhận được số liệu tiếp nhận hồ sơ, trả kết quả "
        "giải quyết thủ tục hành chính qua dịch vụ bưu chính công ích "
        f"{collected.period.name} ({collected.period.days}) của quý cơ quan. Đề nghị "
        "điền biểu mẫu Excel gửi kèm và gửi lại trước ngày …/…/……."
    )


@dataclass(frozen=True)
class Preview:
    """A return as a table: headings, rows of its fields, the row of totals."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    totals: tuple[int, ...]
    shared: int


def preview(lines: Sequence[Line]) -> Preview | None:
    """The numbers as they would be written; None without any."""
    if not lines:
        return None
    names = (*PROCEDURES, *NAMES)

    def numbers(line: Line) -> tuple[int, ...]:
        return (
            line.in_force,
            line.postal,
            *(getattr(line.own, name) for name in NAMES),
        )

    whole = total_of(lines, TOTAL)
    return Preview(
        tuple(HEADINGS[name] for name in names),
        tuple((line.field, numbers(line), line.shared.received) for line in lines),
        numbers(whole),
        whole.shared.received,
    )


@dataclass
class ReturnPage:
    """What is known of an organisation's returns for a period."""

    organisation: Organisation
    period: Period
    today: date

    @cached_property
    def all(self) -> list[AgencyReturn]:
        """Every return ever handed in for the period, the newest first."""
        found = AgencyReturn.objects.filter(
            organisation=self.organisation, period=self.period.word
        )
        return list(found.select_related("uploaded_by", "withdrawn_by"))

    @property
    def standing(self) -> AgencyReturn | None:
        """The one that counts."""
        return next((x for x in self.all if not x.withdrawn_reason), None)

    @property
    def withdrawn(self) -> list[AgencyReturn]:
        """Those taken out, with their reasons."""
        return [x for x in self.all if x.withdrawn_reason]

    @property
    def kept(self) -> Preview | None:
        """The numbers of the one that counts."""
        standing = self.standing
        return preview([from_json(x) for x in standing.lines]) if standing else None

    @cached_property
    def is_in_system(self) -> bool:
        """Whether its figures are counted from its own dossiers instead."""
        return counts_in_system(self.organisation, self.period, today=self.today)

    @property
    def existed(self) -> bool:
        """Whether it existed in the period."""
        return existed_in(self.organisation, self.period)

    @property
    def is_over(self) -> bool:
        """Whether the period is over, so that its figures are whole."""
        return self.period.is_over(self.today)

    @property
    def is_asked(self) -> bool:
        """Whether a return is wanted now."""
        return (
            self.existed
            and self.is_over
            and not self.is_in_system
            and self.standing is None
        )
