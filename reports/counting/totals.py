"""What totals of paper books add to the figures: whole months only, never a part.

Carried over and outstanding come from the account of each procedure (open at the
end of a month = carried in + received − finished up to it), so that what totals add
is balanced by itself.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from dossiers.models.opening_total import OpeningTotalQuerySet, month_of
from reports.figures import NO_TOTALS, NOTHING, Counts, FromTotals, total

Month = tuple[int, int]

# What happened in the months; each is a column of the totals.
HAPPENED = (
    "received",
    "by_post",
    "intake_by_post",
    "both_legs_by_post",
    "online",
    "results",
    "return_by_post",
    "early",
    "on_time",
    "overdue",
    "withdrawn",
)
CAME = F("carried_in") + F("received")
LEFT = F("early") + F("on_time") + F("overdue") + F("withdrawn")
MONTHLY = ("received", "by_post", "intake_by_post")
MOST_SOURCES = 5


@dataclass(frozen=True)
class CountedTotals:
    """The counts of each procedure (by its id), and what must be said about them."""

    by_procedure: dict[int, Counts] = field(default_factory=dict)
    said: FromTotals = NO_TOTALS


def count_totals(totals: OpeningTotalQuerySet, start: date, end: date) -> CountedTotals:
    """What the whole months from ``start`` to ``end`` add, both days inside."""
    known = set(totals.filter(month__lte=end).values_list("month", flat=True))
    if not known:
        return CountedTotals()
    first, last = _whole_months(start, end)
    if last < first:
        # No whole month: what was open before it is open still.
        first = last + timedelta(days=1)
    counted = _by_procedure(totals, first, last)
    inside = totals.filter(month__range=(first, last))
    told = inside if inside.exists() else totals.filter(month__lte=last)
    sources = told.order_by("source").values_list("source", flat=True).distinct()
    cut = {month for month in known if not _is_whole(month, start, end)}
    return CountedTotals(
        counted,
        FromTotals(
            counts=total(counted.values()),
            months=tuple(sorted(m for m in known if first <= m <= last)),
            cut_months=tuple(sorted(m for m in cut if m >= month_of(start))),
            sources=tuple(sources[:MOST_SOURCES]),
        ),
    )


def totals_by_month(
    totals: OpeningTotalQuerySet, months: Iterable[tuple[date, date]]
) -> dict[Month, dict[str, int]]:
    """What each month received, where it is whole, by year and month."""
    whole = [start for start, end in months if _is_whole(start, start, end)]
    rows = (
        totals.filter(month__in=whole)
        .order_by()
        .values("month")
        .annotate(**{f"n_{name}": Sum(name) for name in MONTHLY})
    )
    return {
        (row["month"].year, row["month"].month): {
            name: row[f"n_{name}"] for name in MONTHLY
        }
        for row in rows
    }


def _by_procedure(
    totals: OpeningTotalQuerySet, first: date, last: date
) -> dict[int, Counts]:
    inside, before = Q(month__gte=first), Q(month__lt=first)
    up_to = totals.filter(month__lte=last).order_by()
    rows = up_to.values("procedure").annotate(
        **{f"n_{name}": _sum(name, inside) for name in HAPPENED},
        # What was open when the first month began was open before the period, even
        # when the period begins with that very month.
        n_before=_sum(CAME - LEFT, before) + _sum("carried_in", inside),
        n_open=_sum(CAME - LEFT, Q()),
    )
    late = _overdue(up_to)
    counted = {}
    for row in rows:
        pk = row["procedure"]
        counts = Counts(
            **{name: row[f"n_{name}"] for name in HAPPENED},
            carried_over=row["n_before"],
            open_within=row["n_open"] - late[pk],
            open_overdue=late[pk],
        )
        if counts != NOTHING:
            counted[pk] = counts
    return counted


def _sum(what: object, condition: Q) -> Coalesce:
    return Coalesce(Sum(what, filter=condition or None), 0)


def _overdue(up_to: OpeningTotalQuerySet) -> dict[int, int]:
    """How many were overdue by the newest row of each procedure and agency."""
    newest = (
        up_to.filter(
            organisation=OuterRef("organisation"), procedure=OuterRef("procedure")
        )
        .values("procedure")
        .annotate(newest=Max("month"))
        .values("newest")
    )
    rows = up_to.filter(month=Subquery(newest)).values("procedure")
    return {
        row["procedure"]: row["late"] for row in rows.annotate(late=Sum("open_overdue"))
    }


def _whole_months(start: date, end: date) -> tuple[date, date]:
    """First day of the first whole month, first day of the last one."""
    first = start if start.day == 1 else month_of(month_of(start) + timedelta(days=31))
    after = end + timedelta(days=1)
    return first, month_of(after.replace(day=1) - timedelta(days=1))


def _is_whole(month: date, start: date, end: date) -> bool:
    last = calendar.monthrange(month.year, month.month)[1]
    return start <= month and month.replace(day=last) <= end
