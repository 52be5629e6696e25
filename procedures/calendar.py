"""The calendar of Vietnamese public offices on the days around a date.

Statutory holidays and the swaps that the ``holidays`` package knows, with the
rows of ``CalendarDay`` on top: a swap is decided by letter, often weeks before.
"""

from datetime import date
from functools import cache

from django.utils.translation import gettext as _
from holidays import country_holidays

from procedures.models import CalendarDay
from procedures.working_days import WorkingCalendar

FIRST_YEAR, LAST_YEAR = 2000, 2099


@cache
def _known(year: int) -> tuple[dict[date, str], frozenset[date]]:
    # The neighbours are loaded because a swap may cross New Year (05/01/2019).
    known = country_holidays(
        "VN", years=range(year - 1, year + 2), language="vi", observed=True
    )
    days_off = {day: name for day, name in known.items() if day.year == year}
    return days_off, frozenset(d for d in known.weekend_workdays if d.year == year)


def working_calendar(start: date, end: date | None = None) -> WorkingCalendar:
    """The calendar from the year of ``start`` to three years after ``end``.

    Raises ``ValueError`` for a year outside 2000-2099: a slip of the hand.
    """
    last = end or start
    if not FIRST_YEAR <= start.year <= last.year <= LAST_YEAR:
        raise ValueError(
            _("The calendar covers the years %(first)d to %(last)d.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    years = range(start.year, last.year + 4)
    days_off: dict[date, str] = {}
    make_up_days: dict[date, str] = {}
    for year in years:
        off, made_up = _known(year)
        days_off |= off
        make_up_days |= dict.fromkeys(made_up, "Ngày làm bù")
    for override in CalendarDay.objects.filter(
        day__year__gte=years[0], day__year__lte=years[-1]
    ):
        days_off.pop(override.day, None)
        make_up_days.pop(override.day, None)
        target = days_off if override.is_day_off else make_up_days
        target[override.day] = override.reason
    return WorkingCalendar(days_off, make_up_days)
