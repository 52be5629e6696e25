"""The items of a period one by one: where they went, how long it took, what it cost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone

from dossiers.counted_items import FAILED, ITEM_SETS
from dossiers.models import PostalItem
from dossiers.places import place_of
from dossiers.postal_statuses import ItemStatus, Reason, party_of
from dossiers.querysets import DossierQuerySet
from postal_tthc.lib.vietnamese import fold
from procedures.calendar import working_calendar
from procedures.models import Leg
from reports.counting.post import Days, working_days_between
from reports.journeys import Journey

FIELDS = (
    "pk",
    "leg",
    "route",
    "recipient_name",
    "recipient_address",
    "posted_on",
    "expected_on",
    "delivered_on",
    "status",
    "postage_dong",
)


@dataclass(frozen=True)
class Failed:
    """How often a delivery failed for a reason, and of how many items."""

    reason: str
    party: str
    items: int
    attempts: int


@dataclass(frozen=True)
class Travels:
    """Every item the post accepted in the period, and why deliveries failed."""

    journeys: tuple[Journey, ...]
    failures: tuple[Failed, ...]
    by_party: tuple[tuple[str, int], ...]  # items of which a delivery failed


def travels(seen: DossierQuerySet, start: date, end: date, *, today: date) -> Travels:
    """The items of these dossiers. Three queries, and one for the calendar."""
    posted = PostalItem.objects.carrying(seen).filter(
        ITEM_SETS["items_posted"].condition(start, end, today)
    )
    rows = list(
        posted.order_by().annotate(inside=Count("dossiers")).values(*FIELDS, "inside")
    )
    failures = _failures(posted)
    first: dict[int, date] = {}
    for item, _reason, day in failures:
        first.setdefault(item, day)
    tried = Counter(item for item, _reason, _day in failures)
    days = working_days_between(
        x
        for row in rows
        for x in (row["posted_on"], row["expected_on"], row["delivered_on"])
    )
    return Travels(
        tuple(
            _journey(row, first.get(row["pk"]), tried[row["pk"]], days, today)
            for row in rows
        ),
        tuple(_by_reason(failures)),
        tuple(_by_party(failures)),
    )


def _journey(
    row: dict[str, object], first_try: date | None, tried: int, days: Days, today: date
) -> Journey:
    posted_on, expected_on = row["posted_on"], row["expected_on"]
    ends = [row["delivered_on"]]
    if row["leg"] == Leg.RETURN:
        ends.append(first_try)
    ended = min((x for x in ends if x), default=None)
    is_delivered = row["status"] == ItemStatus.DELIVERED and row["delivered_on"]
    name, address = row["recipient_name"], row["recipient_address"]
    return Journey(
        leg=row["leg"],
        route=row["route"],
        place=place_of(address),
        recipient=fold(f"{name} {address}") if name and address else "",
        posted_on=posted_on,
        status=row["status"],
        days=days(posted_on, ended) if is_delivered else None,
        norm=days(posted_on, expected_on) if expected_on else None,
        is_judged=bool(expected_on and (ended or expected_on < today)),
        is_within_norm=bool(expected_on and ended and ended <= expected_on),
        attempts=tried,
        postage_dong=row["postage_dong"],
        dossiers=row["inside"],
    )


Failures = list[tuple[int, str, date]]


def _failures(posted: QuerySet) -> Failures:
    rows = FAILED.filter(item__in=posted.order_by().values("pk")).order_by("at", "pk")
    return [
        (item, reason, timezone.localdate(at))
        for item, reason, at in rows.values_list("item", "reason", "at")
    ]


def _by_reason(failures: Failures) -> Iterable[Failed]:
    for reason in Reason:
        items = [item for item, why, _day in failures if why == reason]
        if items:
            yield Failed(
                reason.value, party_of(reason).value, len(set(items)), len(items)
            )


def _by_party(failures: Failures) -> Iterable[tuple[str, int]]:
    items: dict[str, set[int]] = {}
    for item, reason, _day in failures:
        items.setdefault(party_of(Reason(reason)).value, set()).add(item)
    return ((party, len(found)) for party, found in items.items())


@dataclass(frozen=True)
class Waiting:
    """How long results lay at the desk between their signature and the post."""

    median: int | None
    longest: int | None
    results: int


def waiting(seen: DossierQuerySet, start: date, end: date) -> Waiting:
    """Working days from the finished result to the post. One query and the calendar."""
    pairs = list(
        seen.counted("return_by_post", start, end)
        .order_by()
        .values_list("finished_on", "returned_on")
    )
    if not pairs:
        return Waiting(None, None, 0)
    calendar = working_calendar(min(x for x, _y in pairs), max(y for _x, y in pairs))
    lain = sorted(calendar.count_working_days(x, y) for x, y in pairs)
    return Waiting(lain[(len(lain) - 1) // 2], lain[-1], len(lain))
