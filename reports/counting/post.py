"""The figures of the post: items by leg, their transit times, and the harm.

The items of a period are those the post accepted in it; what became of them is told
as it is known today (``dossiers.counted_items``).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from dossiers.counted_items import FAILED, INCIDENT_SETS, ITEM_SETS
from dossiers.counted_sets import COUNTED_SETS
from dossiers.models import Incident, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.querysets import DossierQuerySet
from procedures.calendar import working_calendar
from procedures.models import Leg
from reports.post_figures import Histogram, LegFigures, PostFigures, histogram

# What each number of ``LegFigures`` counts.
SETS = {
    "posted": "items_posted",
    "arrived": "items_arrived",
    "came_back": "items_came_back",
    "lost": "items_lost",
    "under_way": "items_under_way",
    "judged": "items_judged",
    "within_norm": "items_within_norm",
    "postage_known": "items_with_postage",
}
Days = Callable[[date, date], int]


def count_post(
    seen: DossierQuerySet, start: date, end: date, *, today: date
) -> PostFigures:
    """The post that carried these dossiers. Six queries, however many items."""
    days = (start, end, today)
    items = PostalItem.objects.carrying(seen)
    posted = items.filter(ITEM_SETS["items_posted"].condition(*days))
    counted = {row.pop("leg"): row for row in _sums(posted, days)}
    rows = [
        Posted(*row)
        for row in posted.order_by()
        .values_list("leg", "status", "posted_on", "expected_on", "delivered_on")
        .annotate(number=Count("pk"))
    ]
    failed = [Failure(*row) for row in _failures(posted)]
    elapsed = working_days_between(day for row in rows for day in row[2:5])

    def leg(name: Leg) -> LegFigures:
        ours = [x for x in rows if x.leg == name]
        failures = [x for x in failed if x.leg == name]
        return LegFigures(
            **counted.get(name, {}),
            attempts=len(failures),
            days=_days(ours, failures, elapsed),
            norms=_norms(ours, elapsed),
        )

    incidents = Incident.objects.about(seen).order_by()
    return PostFigures(
        intake=leg(Leg.INTAKE),
        outgoing=leg(Leg.RETURN),
        incidents=_kinds(incidents, days),
        **_harm(incidents, days),
    )


def refusals(
    seen: DossierQuerySet, start: date, end: date
) -> tuple[tuple[str, int], ...]:
    """How often each reason was given against the post, of those received."""
    rows = (
        seen.filter(COUNTED_SETS["received"].condition(start, end))
        .exclude(why_not_post="")
        .order_by()
        .values_list("why_not_post")
        .annotate(number=Count("pk"))
    )
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


def cases(
    seen: DossierQuerySet, start: date, end: date, *, today: date
) -> dict[str, int]:
    """How many incidents each counted set has. One query."""
    counts = {
        name: Count("pk", filter=x.condition(start, end, today))
        for name, x in INCIDENT_SETS.items()
    }
    counted: dict[str, int] = (
        Incident.objects.about(seen).order_by().aggregate(**counts)
    )
    return counted


class Posted(NamedTuple):
    """Items alike in all that a transit time is made of, and how many they are."""

    leg: str
    status: str
    posted_on: date
    expected_on: date | None
    delivered_on: date | None
    number: int


class Failure(NamedTuple):
    """One failed delivery."""

    item: int
    leg: str
    status: str
    posted_on: date
    delivered_on: date | None
    on: date


def working_days_between(known: Iterable[date | None]) -> Days:
    """Counts working days between two of these days, each pair once."""
    days = [day for day in known if day]
    if not days:
        return lambda start, end: 0
    calendar = working_calendar(min(days), max(days))
    return cache(calendar.count_working_days)


def _sums(posted: QuerySet, days: tuple[date, date, date]) -> QuerySet:
    counts = {
        name: Count("pk", filter=ITEM_SETS[key].condition(*days))
        for name, key in SETS.items()
    }
    rows = posted.order_by().values("leg").annotate(**counts)
    return rows.annotate(postage_dong=Sum("postage_dong", default=0))


def _failures(posted: QuerySet) -> Iterable[tuple[object, ...]]:
    rows = FAILED.filter(item__in=posted.order_by().values("pk")).order_by("at", "pk")
    fields = ("leg", "status", "posted_on", "delivered_on")
    for *facts, at in rows.values_list("item", *(f"item__{x}" for x in fields), "at"):
        yield (*facts, timezone.localdate(at))


def _days(rows: list[Posted], failed: list[Failure], elapsed: Days) -> Histogram:
    """How many items took how long: to the door of the desk, or to the first try."""
    taken: Counter[int] = Counter()
    for row in rows:
        if row.status == ItemStatus.DELIVERED and row.delivered_on:
            taken[elapsed(row.posted_on, row.delivered_on)] += row.number
    first: dict[int, Failure] = {}
    for failure in failed:
        first.setdefault(failure.item, failure)
    for x in first.values():
        if x.leg == Leg.RETURN and x.status == ItemStatus.DELIVERED and x.delivered_on:
            taken[elapsed(x.posted_on, x.delivered_on)] -= 1
            taken[elapsed(x.posted_on, x.on)] += 1
    return tuple(sorted((days, number) for days, number in taken.items() if number))


def _norms(rows: list[Posted], elapsed: Days) -> Histogram:
    return histogram(
        elapsed(row.posted_on, row.expected_on)
        for row in rows
        if row.expected_on
        for _each in range(row.number)
    )


def _kinds(
    incidents: QuerySet, days: tuple[date, date, date]
) -> tuple[tuple[str, int], ...]:
    found = incidents.filter(INCIDENT_SETS["incidents"].condition(*days))
    rows = dict(found.values_list("kind").annotate(number=Count("pk")))
    return tuple((kind, rows[kind]) for kind in Incident.Kind.values if kind in rows)


def _harm(incidents: QuerySet, days: tuple[date, date, date]) -> dict[str, int]:
    def where(name: str) -> Q:
        return INCIDENT_SETS[name].condition(*days)

    def dong(field: str, name: str) -> Sum:
        return Sum(field, filter=where(name), default=0)

    counted: dict[str, int] = incidents.aggregate(
        complaints=Count("pk", filter=where("complaints")),
        answered_late=Count("pk", filter=where("answered_late")),
        compensation_due_dong=dong("compensation_due_dong", "compensation_due"),
        compensation_paid_dong=dong("compensation_paid_dong", "compensation_paid"),
    )
    return counted
