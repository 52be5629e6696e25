"""What the news of an item tell: its attempts, its last word, when more is owed."""

from datetime import date

from django.utils import timezone

from dossiers.models import PostalEvent, PostalItem
from dossiers.postal_statuses import (
    UNDER_WAY,
    ItemStatus,
    Reason,
    may_come_back,
    next_attempt_from,
)
from dossiers.statuses import EXPECTED, PAUSED
from procedures.calendar import working_calendar
from procedures.models import Leg
from procedures.transit import expected_on


def last_news(item: PostalItem) -> PostalEvent | None:
    """The last piece of news that counts."""
    return item.events.filter(is_void=False).last()


def attempts(item: PostalItem) -> list[tuple[date, Reason]]:
    """The days of the failed attempts that count, with their reasons."""
    return [
        (timezone.localdate(event.at), Reason(event.reason))
        for event in item.events.filter(status=ItemStatus.ATTEMPTED, is_void=False)
    ]


def next_attempt(item: PostalItem) -> date | None:
    """The first day of another attempt; None before the first one."""
    tried = attempts(item)
    if not tried:
        return None
    last = tried[-1][0]
    return next_attempt_from(last, working_calendar(last))


def may_go_back(item: PostalItem) -> bool:
    """Whether the item may go back to the agency (TT 17/2017, Điều 5.2h)."""
    return may_come_back(attempts(item))


def news_due(item: PostalItem, event: PostalEvent) -> date | None:
    """Until when the next news is owed after an event; None when nothing is.

    News that comes after the transit time has ended breaks the silence: the norm is
    counted once more from its day.
    """
    day = timezone.localdate(event.at)
    if event.status not in UNDER_WAY:
        return None
    if event.status == ItemStatus.ATTEMPTED:
        return next_attempt_from(day, working_calendar(day))
    if event.status == ItemStatus.COMING_BACK:
        return expected_on(day, item.route)
    if item.expected_on and day > item.expected_on:
        return expected_on(day, item.route)
    return item.expected_on


def is_silent(item: PostalItem, on: date) -> bool:
    """Whether news should have come before this day (``PostalItem.silent``)."""
    if item.status not in UNDER_WAY or item.news_due_on is None:
        return False
    is_awaited = item.leg == Leg.RETURN or any(
        dossier.status in EXPECTED | PAUSED for dossier in item.dossiers.all()
    )
    return item.news_due_on < on and is_awaited
