"""Results that reached the citizen later than promised, and whose days those were.

Promised is the due date and J+n: the agency's days and the post's. What came before
its time pays for what came after, in the order in which it happened, so the days of
all owners always add up to the days the citizen waited too long.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice, pairwise

from django.db.models import F, Q
from django.utils import timezone

from dossiers.models import Dossier, PostalEvent, PostalItem
from dossiers.postal_statuses import ItemStatus, Party, Reason, party_of
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import ReturnChannel, Status
from procedures.calendar import working_calendar
from procedures.models import Leg

OWNERS = (Party.AGENCY, Party.POST, Party.RECIPIENT)
AT_ONCE = 10_000  # items in a question; SQLite takes some 250,000 values


@dataclass(frozen=True)
class Arrival:
    """One result that the post delivered, and its working days beyond the promise."""

    dossier: int
    delivered_on: date
    days: tuple[tuple[Party, int], ...]

    @property
    def late(self) -> int:
        """Working days after the promised day; 0 in time."""
        return sum(days for _party, days in self.days)

    def of(self, party: Party) -> int:
        """The days of one owner."""
        return sum(days for owner, days in self.days if owner == party)


def share(legs: Sequence[tuple[Party, int]]) -> tuple[tuple[Party, int], ...]:
    """The days that each owner is too late, from signed days in their order.

    A negative number is time saved: it pays for the delays, the earliest first.

    >>> share([(Party.AGENCY, -2), (Party.POST, 3), (Party.RECIPIENT, 4)])
    ((Party.POST, 1), (Party.RECIPIENT, 4))
    """
    saved = -sum(days for _party, days in legs if days < 0)
    left: list[tuple[Party, int]] = []
    for party, days in legs:
        if days <= 0:
            continue
        paid = min(saved, days)
        saved -= paid
        if days > paid:
            left.append((party, days - paid))
    return tuple(left)


def judged(dossiers: DossierQuerySet, start: date, end: date) -> DossierQuerySet:
    """The results that the post delivered from ``start`` to ``end``, if promised.

    Without a norm J+n nothing was promised, and the result is left out.
    """
    delivered = PostalItem.objects.filter(
        leg=Leg.RETURN,
        status=ItemStatus.DELIVERED,
        delivered_on__range=(start, end),
        posted_on__isnull=False,
        expected_on__isnull=False,
    )
    return dossiers.filter(
        pk__in=delivered.order_by().values("dossiers"),
        status=Status.RETURNED,
        return_channel=ReturnChannel.PUBLIC_POST,
    )


def late_arrivals(dossiers: DossierQuerySet, start: date, end: date) -> list[Arrival]:
    """Those of them that came after the promised day.

    Three questions at most, and one more for each ten thousand items.
    """
    # Whatever left by the due date and came within its norm kept the promise.
    suspect = judged(dossiers, start, end).filter(
        Q(postal_items__posted_on__gt=F("due_on"))
        | Q(postal_items__delivered_on__gt=F("postal_items__expected_on")),
        postal_items__leg=Leg.RETURN,
    )
    # Asked from the dossiers: from the items SQLite would try each with each.
    found = Dossier.objects.filter(pk__in=suspect.order_by().values("pk")).order_by()
    rows = _rows(found)
    if not rows:
        return []
    travels: dict[int, list[Envelope]] = {}
    for row in rows:
        travels.setdefault(row.dossier, []).append(row)
    attempts, days = _attempts(rows), _counter(rows)
    arrived = (_arrival(x, attempts, days) for x in travels.values())
    return [x for x in arrived if x and x.late and start <= x.delivered_on <= end]


@dataclass(frozen=True)
class Envelope:
    """One envelope of a result."""

    dossier: int
    due_on: date
    item: int
    posted_on: date
    expected_on: date | None
    delivered_on: date | None


def _rows(dossiers: DossierQuerySet) -> list[Envelope]:
    rows = dossiers.filter(
        postal_items__leg=Leg.RETURN, postal_items__posted_on__isnull=False
    ).order_by("postal_items__posted_on", "postal_items")
    return [
        Envelope(*row)
        for row in rows.values_list(
            "pk",
            "due_on",
            "postal_items",
            "postal_items__posted_on",
            "postal_items__expected_on",
            "postal_items__delivered_on",
        )
    ]


def _attempts(rows: Iterable[Envelope]) -> dict[int, list[tuple[date, Party]]]:
    """The failed attempts of each item that had one, in their order."""
    failed: dict[int, list[tuple[date, Party]]] = {}
    # By number: asked by the dossiers once more, PostgreSQL took minutes for it.
    for items in _in_parts({row.item for row in rows}):
        events = PostalEvent.objects.filter(
            status=ItemStatus.ATTEMPTED, is_void=False, item__in=items
        ).order_by("at", "pk")
        for item, at, reason in events.values_list("item", "at", "reason"):
            day = timezone.localdate(at)
            failed.setdefault(item, []).append((day, party_of(Reason(reason))))
    return failed


def _in_parts(numbers: Iterable[int]) -> Iterator[list[int]]:
    """The numbers in parts that a question may hold."""
    rest = iter(numbers)
    while part := list(islice(rest, AT_ONCE)):
        yield part


def _arrival(
    envelopes: Sequence[Envelope],
    attempts: dict[int, list[tuple[date, Party]]],
    days: Callable[[date, date], int],
) -> Arrival | None:
    first, last = envelopes[0], envelopes[-1]
    if last.expected_on is None or last.delivered_on is None:
        return None
    tried = [x for envelope in envelopes for x in attempts.get(envelope.item, [])]
    # From each failure to the next attempt the days are of whoever caused it.
    stops = [*tried, (last.delivered_on, Party.UNKNOWN)]
    norm = days(last.posted_on, last.expected_on)
    legs = [
        (Party.AGENCY, days(first.due_on, first.posted_on)),
        (Party.POST, days(first.posted_on, stops[0][0]) - norm),
        *(
            (party, days(day, after))
            for (day, party), (after, _next) in pairwise(stops)
        ),
    ]
    return Arrival(first.dossier, last.delivered_on, share(legs))


def _counter(rows: Sequence[Envelope]) -> Callable[[date, date], int]:
    """Counts working days from one day to another, backwards as negative."""
    first = min(min(row.due_on, row.posted_on) for row in rows)
    last = max(max(row.due_on, row.delivered_on or row.posted_on) for row in rows)
    calendar = working_calendar(first, last)

    @cache
    def days(one: date, other: date) -> int:
        if other < one:
            return -calendar.count_working_days(other, one)
        return calendar.count_working_days(one, other)

    return days
