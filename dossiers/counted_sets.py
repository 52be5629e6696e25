"""Which dossiers each figure counts: one table for the count and for the list.

``reports.counting`` counts with these conditions and the register lists with
them, so a number always opens exactly the dossiers it counts. ``start`` and
``end`` are the first and last day of the period, both inside it; ``end`` is
never after today.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from dossiers.statuses import FINISHED, SENT, IntakeChannel, ReturnChannel, Status
from procedures.models import PostalEligibility

INTAKE_BY_POST = Q(intake_channel=IntakeChannel.PUBLIC_POST)
ONLINE = Q(intake_channel=IntakeChannel.ONLINE)
RETURN_BY_POST = Q(return_channel=ReturnChannel.PUBLIC_POST)
# What ended before it was received never had a clock.
COUNTS = ~Q(status=Status.REFUSED) & Q(clock_started_on__isnull=False)
# Withdrawn by the applicant, or discontinued: neither early nor late.
UNJUDGED = Q(
    status__in=[Status.DISCONTINUED, Status.WITHDRAWN], clock_started_on__isnull=False
)
# Past the due date, unless the clock had been stopped by then.
NOT_STOPPED = Q(clock_stopped_on__isnull=True) | Q(clock_stopped_on__gt=F("due_on"))


@dataclass(frozen=True)
class CountedSet:
    """A set of dossiers in a period: its name, how it is counted, its condition."""

    name: LazyText
    rule: LazyText
    condition: Callable[[date, date], Q]


def days_counted(
    start: date | None, end: date | None, today: date
) -> tuple[date, date] | None:
    """The days of a figure, up to today; None without them or before they begin."""
    if not (start and end) or start > today:
        return None
    return start, min(end, today)


def _received(start: date, end: date) -> Q:
    return COUNTS & Q(clock_started_on__range=(start, end))


def _ended(start: date, end: date) -> Q:
    return COUNTS & Q(finished_on__range=(start, end))


def _finished(start: date, end: date) -> Q:
    return Q(status__in=sorted(FINISHED), finished_on__range=(start, end))


def _results(start: date, end: date) -> Q:
    return Q(status__in=sorted(SENT), returned_on__range=(start, end))


def _carried_over(start: date, end: date) -> Q:
    return (
        COUNTS
        & Q(clock_started_on__lt=start)
        & (Q(finished_on__isnull=True) | Q(finished_on__gte=start))
    )


def _outstanding(start: date, end: date) -> Q:
    return (
        COUNTS
        & Q(clock_started_on__lte=end)
        & (Q(finished_on__isnull=True) | Q(finished_on__gt=end))
    )


def _could_go_by_post(start: date, end: date) -> Q:
    """On the day the clock started a leg of its procedure was open to the post."""
    eligible = PostalEligibility.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=OuterRef("clock_started_on")),
        procedure=OuterRef("procedure"),
        is_eligible=True,
        valid_from__lte=OuterRef("clock_started_on"),
    )
    return _received(start, end) & Q(Exists(eligible))


COUNTED_SETS: dict[str, CountedSet] = {
    "received": CountedSet(
        _("Received in the period"),
        _("Dossiers whose clock started in the period; refused ones are left out."),
        _received,
    ),
    "by_post": CountedSet(
        _("Received, by post"),
        _(
            "Of those received in the period, the ones with at least one leg by "
            "public post; a dossier with both legs counts once."
        ),
        lambda start, end: _received(start, end) & (INTAKE_BY_POST | RETURN_BY_POST),
    ),
    "intake_by_post": CountedSet(
        _("Came in by post"),
        _("Of those received in the period, the ones that came in by public post."),
        lambda start, end: _received(start, end) & INTAKE_BY_POST,
    ),
    "both_legs_by_post": CountedSet(
        _("Both legs by post"),
        _("Of those received in the period, the ones with both legs by public post."),
        lambda start, end: _received(start, end) & INTAKE_BY_POST & RETURN_BY_POST,
    ),
    "could_go_by_post": CountedSet(
        _("Could have gone by post"),
        _(
            "Of those received in the period, the ones whose procedure was open to "
            "the public post, on at least one leg, on the day the clock started."
        ),
        _could_go_by_post,
    ),
    "took_the_post": CountedSet(
        _("Could, and went by post"),
        _(
            "Of those that could have gone by post, the ones with at least one leg by "
            "public post."
        ),
        lambda start, end: (
            _could_go_by_post(start, end) & (INTAKE_BY_POST | RETURN_BY_POST)
        ),
    ),
    "online": CountedSet(
        _("Came in online"),
        _("Of those received in the period, the ones that were handed in online."),
        lambda start, end: _received(start, end) & ONLINE,
    ),
    "results": CountedSet(
        _("Results returned in the period"),
        _(
            "Dossiers whose result was given to the applicant, or to the post for the applicant, in the period."
        ),
        _results,
    ),
    "return_by_post": CountedSet(
        _("Results sent by post"),
        _("Of the results returned in the period, the ones sent by public post."),
        lambda start, end: _results(start, end) & RETURN_BY_POST,
    ),
    "carried_over": CountedSet(
        _("Carried over"),
        _("Received before the period and not finished when it began."),
        _carried_over,
    ),
    "finished": CountedSet(
        _("Finished in the period"),
        _(
            "The agency finished in the period, or the dossier was withdrawn or "
            "discontinued."
        ),
        _ended,
    ),
    "early": CountedSet(
        _("Early"),
        _("Finished in the period before the due date."),
        lambda start, end: _finished(start, end) & Q(finished_on__lt=F("due_on")),
    ),
    "on_time": CountedSet(
        _("On time"),
        _("Finished in the period on the due date itself."),
        lambda start, end: _finished(start, end) & Q(finished_on=F("due_on")),
    ),
    "overdue": CountedSet(
        _("Overdue"),
        _("Finished in the period after the due date."),
        lambda start, end: _finished(start, end) & Q(finished_on__gt=F("due_on")),
    ),
    "in_time": CountedSet(
        _("Early or on time"),
        _("Finished in the period, on the due date or before it."),
        lambda start, end: _finished(start, end) & Q(finished_on__lte=F("due_on")),
    ),
    "judged": CountedSet(
        _("Finished by the agency"),
        _(
            "The agency finished in the period; withdrawn and discontinued dossiers "
            "are left out."
        ),
        _finished,
    ),
    "withdrawn": CountedSet(
        _("Withdrawn or discontinued"),
        _("Withdrawn or discontinued in the period; not judged early or late."),
        lambda start, end: UNJUDGED & Q(finished_on__range=(start, end)),
    ),
    "outstanding": CountedSet(
        _("Outstanding"),
        _("Received up to the last day counted and not finished on it."),
        _outstanding,
    ),
    "open_within": CountedSet(
        _("Outstanding, within time"),
        _(
            "Outstanding on the last day counted, and not past the due date; or "
            "waiting for the applicant with a clock that stands still."
        ),
        lambda start, end: (
            _outstanding(start, end) & (Q(due_on__gte=end) | ~NOT_STOPPED)
        ),
    ),
    "open_overdue": CountedSet(
        _("Outstanding, overdue"),
        _("Outstanding on the last day counted, and past the due date."),
        lambda start, end: _outstanding(start, end) & Q(due_on__lt=end) & NOT_STOPPED,
    ),
}
