"""The figures of a report, pure and frozen: counted once, drawn many times.

Totals and percentages are properties here; no page, sheet or command adds or
divides by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

from reports.periods import Period
from reports.post_figures import PostFigures
from reports.ratios import Ratio

NO_POST = PostFigures()


@dataclass(frozen=True)
class Counts:
    """What happened to one group of dossiers in a period; all are dossiers."""

    received: int = 0
    by_post: int = 0
    intake_by_post: int = 0
    both_legs_by_post: int = 0
    online: int = 0
    results: int = 0
    return_by_post: int = 0
    carried_over: int = 0
    early: int = 0
    on_time: int = 0
    overdue: int = 0
    withdrawn: int = 0
    open_within: int = 0
    open_overdue: int = 0

    @property
    def finished(self) -> int:
        """The agency finished, or the applicant withdrew."""
        return self.early + self.on_time + self.overdue + self.withdrawn

    @property
    def counter_or_post(self) -> int:
        """Received at the counter or by any post: one column of Biểu 06/VPCP."""
        return self.received - self.online

    @property
    def outstanding(self) -> int:
        """Not finished on the last day counted."""
        return self.open_within + self.open_overdue

    @property
    def is_balanced(self) -> bool:
        """Carried over + received = finished + outstanding, always."""
        return self.carried_over + self.received == self.finished + self.outstanding

    @property
    def by_post_ratio(self) -> Ratio:
        """The headline: at least one leg by post, of those received."""
        return Ratio(self.by_post, self.received, "by_post", "received")

    @property
    def intake_ratio(self) -> Ratio:
        """Came in by post, of those received."""
        return Ratio(self.intake_by_post, self.received, "intake_by_post", "received")

    @property
    def return_ratio(self) -> Ratio:
        """Results sent by post, of the results returned."""
        return Ratio(self.return_by_post, self.results, "return_by_post", "results")

    @property
    def on_time_ratio(self) -> Ratio:
        """Early or on the day, of those the agency finished (withdrawn left out)."""
        judged = self.early + self.on_time + self.overdue
        return Ratio(self.early + self.on_time, judged, "in_time", "judged")

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            *(getattr(self, f.name) + getattr(other, f.name) for f in fields(self))
        )


NOTHING = Counts()
COUNTED = tuple(field.name for field in fields(Counts))


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of groups that do not overlap."""
    return sum(counts, Counts())


@dataclass(frozen=True)
class ProcedureLine:
    """One procedure in the period. ``is_postal``: may go by post on the last day."""

    code: str
    name: str
    field: str
    is_postal: bool
    counts: Counts


@dataclass(frozen=True)
class FieldLine:
    """One field of administration in the period."""

    name: str
    counts: Counts


@dataclass(frozen=True)
class MonthLine:
    """One calendar month, cut to the period, beside the same days a year before.

    Only what is counted by the day of receipt is split by month.
    """

    start: date
    end: date
    received: int
    by_post: int
    intake_by_post: int
    year_before_start: date
    year_before_end: date
    received_year_before: int
    by_post_year_before: int

    @property
    def by_post_ratio(self) -> Ratio:
        """At least one leg by post, of those received in the month."""
        return Ratio(self.by_post, self.received, "by_post", "received")

    @property
    def ratio_year_before(self) -> Ratio:
        """The same for the month a year before."""
        return Ratio(
            self.by_post_year_before, self.received_year_before, "by_post", "received"
        )


@dataclass(frozen=True)
class OutreachLine:
    """One notice or briefing of the outreach ledger, as it stood when counted."""

    held_on: date
    kind: str  # in Vietnamese
    title: str
    citation: str  # of the document it spread, short; may be empty
    reached: int | None  # people


@dataclass(frozen=True)
class FromTotals:
    """The part of the figures that totals of paper books gave, and no dossiers.

    ``counts`` is inside ``Figures.counts`` already and opens no dossiers. ``months``
    are the months added, ``cut_months`` those left out because the period cuts them,
    both as first days; ``sources`` says where the numbers stand.
    """

    counts: Counts = NOTHING
    months: tuple[date, ...] = ()
    cut_months: tuple[date, ...] = ()
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything must be said about totals."""
        return bool(self.months or self.cut_months or self.counts != NOTHING)

    @property
    def words(self) -> str:
        """What official papers say of them, in Vietnamese; empty without any."""
        said = []
        source = f" (nguồn: {'; '.join(self.sources)})" if self.sources else ""
        if self.months:
            said.append(
                f"Trong số hồ sơ tiếp nhận có {self.counts.received} hồ sơ theo số "
                f"tổng hợp của {len(self.months)} tháng{source}."
            )
        elif self.counts.outstanding:
            said.append(
                f"Trong số hồ sơ đang giải quyết có {self.counts.outstanding} hồ sơ "
                f"theo số tổng hợp các tháng trước{source}."
            )
        if self.cut_months:
            cut = ", ".join(f"{month:%m/%Y}" for month in self.cut_months)
            said.append(
                f"Không tính tháng {cut}, vì kỳ báo cáo cắt ngang tháng chỉ có số "
                "tổng hợp."
            )
        return " ".join(said)


NO_TOTALS = FromTotals()


@dataclass(frozen=True)
class Figures:
    """All figures of one organisation in one period, as counted on a day.

    ``as_of`` is the last day counted: the end of the period, or ``counted_on``
    when the period is not over. ``procedures`` is postal-eligible over in force on that
    day. ``by_procedure`` holds every procedure in force in the period, unused
    ones too, by code. ``refusals`` says how often each reason
    (``dossiers.statuses.WhyNotPost``) was given against the post by those who handed
    in in the period.
    """

    organisation: str
    symbol: str
    period: Period
    as_of: date
    counted_on: date
    procedures: Ratio
    by_procedure: tuple[ProcedureLine, ...]
    by_month: tuple[MonthLine, ...]
    post: PostFigures = NO_POST
    refusals: tuple[tuple[str, int], ...] = ()
    outreach: tuple[OutreachLine, ...] = ()
    from_totals: FromTotals = NO_TOTALS

    @property
    def is_over(self) -> bool:
        """Whether all days of the period had passed when it was counted."""
        return self.period.is_over(self.counted_on)

    @cached_property
    def counts(self) -> Counts:
        """The totals."""
        return total(line.counts for line in self.by_procedure)

    @property
    def by_field(self) -> tuple[FieldLine, ...]:
        """The same, by field of administration."""
        names = sorted({line.field for line in self.by_procedure})
        return tuple(
            FieldLine(
                name,
                total(x.counts for x in self.by_procedure if x.field == name),
            )
            for name in names
        )

    @property
    def postal_procedures(self) -> tuple[ProcedureLine, ...]:
        """What may go by post or did: the most used first, the unused last."""
        lines = [x for x in self.by_procedure if x.is_postal or x.counts.by_post]
        return tuple(sorted(lines, key=lambda x: (-x.counts.by_post, x.code)))
