"""Moments in office hours, drawn by lot."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from procedures.working_days import WorkingCalendar

# Around Tết, and while the country stayed at home.
QUIET = (
    (date(2019, 1, 28), date(2019, 2, 15)),
    (date(2020, 1, 20), date(2020, 2, 5)),
    (date(2020, 4, 1), date(2020, 4, 15)),
)
QUIET_WEIGHT = 0.3
# Minutes after midnight in which the counter takes dossiers in.
COUNTER_MINUTES = (
    *range(7 * 60 + 30, 11 * 60 + 15),
    *range(13 * 60 + 30, 16 * 60 + 45),
)


class Moments:
    """Draws moments on working days, no two the same."""

    def __init__(self, calendar: WorkingCalendar, rng: Random) -> None:
        self._calendar = calendar
        self._rng = rng
        self._taken: set[datetime] = set()

    def in_month(self, year: int, month: int, *, until: date) -> datetime:
        """A moment on a working day of the month, up to ``until``."""
        first = date(year, month, 1)
        days = [
            day
            for day in (first + timedelta(days=n) for n in range(31))
            if day.month == month
            and day <= until
            and self._calendar.is_working_day(day)
        ]
        weights = [QUIET_WEIGHT if _is_quiet(day) else 1 for day in days]
        return self.on(self._rng.choices(days, weights)[0])

    def on(self, day: date) -> datetime:
        """A moment on that day."""
        while True:
            hour, minute = divmod(self._rng.choice(COUNTER_MINUTES), 60)
            moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
            if moment not in self._taken:
                self._taken.add(moment)
                return moment


def _is_quiet(day: date) -> bool:
    return any(start <= day <= end for start, end in QUIET)
