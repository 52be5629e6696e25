"""How long an item may be under way, and how long a complaint about it takes.

TT 17/2017/TT-BTTTT, Điều 7: J+n, J the day of acceptance on the posting slip and
n working days. On the way back the time ends at the first attempt to deliver.
"""

from datetime import date

from procedures.calendar import working_calendar
from procedures.models import TransitNorm

Route = TransitNorm.Route

# TT 17/2017/TT-BTTTT, Điều 8: months from the end of the transit time, and the
# working days within which the post answers, by where the item went.
COMPLAINT_SOURCE = "Thông tư số 17/2017/TT-BTTTT ngày 23/06/2017, Điều 8"
COMPLAINT_WITHIN_MONTHS = 6
ANSWER_DAYS_INSIDE_A_PROVINCE, ANSWER_DAYS_OTHERWISE = 5, 7
INSIDE_A_PROVINCE = frozenset({Route.SAME_DISTRICT, Route.WITHIN_PROVINCE})


def norm_on(route: str, on: date) -> TransitNorm | None:
    """The norm of the route on a day; None when none is known."""
    return TransitNorm.objects.valid(on).filter(route=Route(route)).first()


def transit_days(route: str, on: date, *, with_appointment: bool = False) -> int | None:
    """The n of J+n for an item accepted on a day; None when it is not known.

    ``with_appointment`` when the slip or the due date must be brought back too.
    """
    norm = norm_on(route, on)
    if norm is None:
        return None
    return norm.days_with_appointment if with_appointment else norm.days


def expected_on(
    posted_on: date, route: str, *, with_appointment: bool = False
) -> date | None:
    """The last day of the transit time; None when no norm is known.

    Raises ``ValueError`` for a day that the calendar does not cover.
    """
    days = transit_days(route, posted_on, with_appointment=with_appointment)
    if days is None:
        return None
    return working_calendar(posted_on).add_working_days(posted_on, days)


def answer_days(route: str) -> int:
    """Working days within which a complaint about an item is answered."""
    if Route(route) in INSIDE_A_PROVINCE:
        return ANSWER_DAYS_INSIDE_A_PROVINCE
    return ANSWER_DAYS_OTHERWISE
