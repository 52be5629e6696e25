"""Which items and incidents each figure of the post counts: one table for both.

Like ``dossiers.counted_sets``: ``reports.counting`` counts with these conditions and
the lists of items and incidents narrow with them. ``start`` and ``end`` are the first
and last day of the period, both inside it; ``on`` is the day on which is counted. The
items of a period are those the post accepted in it; what became of them is told as it
is known on ``on``, however late it came.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from dossiers.models import PostalEvent
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from procedures.models import Leg

FAILED = PostalEvent.objects.filter(status=ItemStatus.ATTEMPTED, is_void=False)
ATTEMPTED = Q(Exists(FAILED.filter(item=OuterRef("pk"))))
# On the way to the recipient the transit time ends at the first attempt to deliver
# (TT 17/2017/TT-BTTTT, Điều 7); on the way to the desk, at its door.
ENDED = Q(delivered_on__isnull=False) | (Q(leg=Leg.RETURN) & ATTEMPTED)
WITHIN_NORM = Q(delivered_on__lte=F("expected_on")) | (
    Q(leg=Leg.RETURN)
    & Q(
        Exists(
            FAILED.filter(item=OuterRef("pk"), at__date__lte=OuterRef("expected_on"))
        )
    )
)


@dataclass(frozen=True)
class CountedItems:
    """A set of items or incidents: its name, how it is counted, its condition."""

    name: LazyText
    rule: LazyText
    condition: Callable[[date, date, date], Q]


def _posted(start: date, end: date, on: date) -> Q:
    return Q(posted_on__range=(start, end)) & ~Q(status=ItemStatus.PREPARED)


def _judged(start: date, end: date, on: date) -> Q:
    has_norm = _posted(start, end, on) & Q(expected_on__isnull=False)
    return has_norm & (Q(expected_on__lt=on) | ENDED)


def _with(condition: Q) -> Callable[[date, date, date], Q]:
    return lambda start, end, on: _posted(start, end, on) & condition


ITEM_SETS: dict[str, CountedItems] = {
    "items_posted": CountedItems(
        _("Items accepted in the period"),
        _("Items that the post accepted in the period."),
        _posted,
    ),
    "items_arrived": CountedItems(
        _("Delivered"),
        _("Of the items accepted in the period, those delivered by today."),
        _with(Q(status=ItemStatus.DELIVERED)),
    ),
    "items_came_back": CountedItems(
        _("Came back"),
        _("Of the items accepted in the period, those that came back to the desk."),
        _with(Q(status=ItemStatus.CAME_BACK)),
    ),
    "items_lost": CountedItems(
        _("Lost"),
        _("Of the items accepted in the period, those reported lost."),
        _with(Q(status=ItemStatus.LOST)),
    ),
    "items_under_way": CountedItems(
        _("Still under way"),
        _("Of the items accepted in the period, those that the post still has."),
        _with(Q(status__in=sorted(UNDER_WAY))),
    ),
    "items_judged": CountedItems(
        _("Judged by the norm J+n"),
        _(
            "Items with a norm J+n that arrived or were tried to be delivered, or "
            "whose norm has passed."
        ),
        _judged,
    ),
    "items_within_norm": CountedItems(
        _("Within the norm J+n"),
        _(
            "Of the items judged, those that arrived within J+n working days; on the "
            "way to the recipient the time ends at the first attempt to deliver "
            "(TT 17/2017/TT-BTTTT, Điều 7)."
        ),
        lambda start, end, on: _judged(start, end, on) & WITHIN_NORM,
    ),
    "items_beyond_norm": CountedItems(
        _("Beyond the norm J+n"),
        _("Of the items judged, those that took longer than J+n, or still do."),
        lambda start, end, on: _judged(start, end, on) & ~WITHIN_NORM,
    ),
    "items_attempted": CountedItems(
        _("With a failed delivery"),
        _("Of the items accepted in the period, those with a failed delivery."),
        _with(ATTEMPTED),
    ),
    "items_with_postage": CountedItems(
        _("Postage known"),
        _("Of the items accepted in the period, those whose postage is written down."),
        _with(Q(postage_dong__isnull=False)),
    ),
}


def _found(start: date, end: date, on: date) -> Q:
    return Q(found_out_on__range=(start, end))


def _complained(start: date, end: date, on: date) -> Q:
    return Q(complained_on__range=(start, end))


INCIDENT_SETS: dict[str, CountedItems] = {
    "incidents": CountedItems(
        _("Incidents found out in the period"),
        _("Incidents by the day they were found out."),
        _found,
    ),
    "complaints": CountedItems(
        _("Complaints sent in the period"),
        _("Complaints to the post by the day they were sent."),
        _complained,
    ),
    "answered_late": CountedItems(
        _("Complaints answered late"),
        _(
            "Complaints sent in the period whose answer came after its legal day, or "
            "is still missing past it (TT 17/2017/TT-BTTTT, Điều 8)."
        ),
        lambda start, end, on: (
            _complained(start, end, on)
            & (
                Q(answered_on__gt=F("answer_due_on"))
                | Q(answered_on__isnull=True, answer_due_on__lt=on)
            )
        ),
    ),
    "compensation_due": CountedItems(
        _("Compensation due"),
        _("Incidents found out in the period for which compensation is due."),
        lambda start, end, on: _found(start, end, on) & Q(compensation_due_dong__gt=0),
    ),
    "compensation_paid": CountedItems(
        _("Compensation paid"),
        _("Incidents for which compensation was paid in the period."),
        lambda start, end, on: (
            Q(compensation_paid_on__range=(start, end))
            & Q(compensation_paid_dong__gt=0)
        ),
    ),
}


def items_counted(
    items: QuerySet, name: str, start: date, end: date, on: date
) -> QuerySet:
    """The items behind a figure. Raises ``KeyError`` for an unknown one."""
    return items.filter(ITEM_SETS[name].condition(start, end, on))


def incidents_counted(
    incidents: QuerySet, name: str, start: date, end: date, on: date
) -> QuerySet:
    """The incidents behind a figure. Raises ``KeyError`` for an unknown one."""
    return incidents.filter(INCIDENT_SETS[name].condition(start, end, on))
