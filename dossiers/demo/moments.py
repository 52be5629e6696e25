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
            moment = at(day, hour, minute)
            if moment not in self._taken:
                self._taken.add(moment)
                return moment


class Hours:
    """Moments that follow one another in office hours."""

    def __init__(self, calendar: WorkingCalendar, rng: Random) -> None:
        self.calendar = calendar
        self._rng = rng

    def working_day(self, start: date, least: int, most: int) -> date:
        """A working day so many working days after ``start``."""
        return self.calendar.add_working_days(start, self._rng.randint(least, most))

    def later(self, moment: datetime, least: int, most: int) -> datetime:
        """A moment some working days later; on the same day, a while later."""
        day = self.working_day(timezone.localdate(moment), least, most)
        a_while_later = moment + timedelta(minutes=self._rng.randint(5, 25))
        return max(self.on(day), a_while_later)

    def on(self, day: date) -> datetime:
        """A moment on that day."""
        return at(day, self._rng.choice((8, 9, 10, 14, 15)), self._rng.randrange(60))

    def days_between(self, start: date, end: date) -> list[date]:
        """The working days after ``start`` and before ``end``."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days))
        return [day for day in days if self.calendar.is_working_day(day)]

    def working_day_before(self, day: date) -> date:
        """The last working day before a day."""
        before = day - timedelta(days=1)
        while not self.calendar.is_working_day(before):
            before -= timedelta(days=1)
        return before


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """The hour of the day, in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _is_quiet(day: date) -> bool:
    return any(start <= day <= end for start, end in QUIET)
