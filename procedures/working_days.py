"""Working days, pure: dates in, dates out. No clock, no database.

A period is counted from the day after its beginning (Bộ luật Dân sự 2015,
Điều 147). A period in calendar days that ends on a day off ends on the next
working day (Điều 148 khoản 5).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

SATURDAY = 5
# Days. No procedure takes two years; beyond it a number is a slip of the hand.
LONGEST = 730


class TimeUnit(StrEnum):
    """How a processing time is counted."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days public offices work.

    ``days_off`` and ``make_up_days`` map a day to the reason for it: a holiday's
    name, or the letter that swapped the days. A make-up day wins over everything.
    """

    days_off: Mapping[date, str] = field(default_factory=dict)
    make_up_days: Mapping[date, str] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day."""
        if day in self.make_up_days:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def next_working_day(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, start: date, count: int) -> date:
        """The ``count``-th working day after ``start``; ``start`` is not counted."""
        check_length(count)
        day = start
        for _ in range(count):
            day = self.next_working_day(day + timedelta(days=1))
        return day

    def count_working_days(self, start: date, end: date) -> int:
        """How many working days lie after ``start`` and not after ``end``."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def due_on(self, start: date, count: int, unit: TimeUnit) -> date:
        """The last day of a period of ``count`` days in ``unit`` after ``start``."""
        check_length(count)
        if unit == TimeUnit.WORKING_DAYS:
            return self.add_working_days(start, count)
        if not count:
            return start
        return self.next_working_day(start + timedelta(days=count))

    def exceptions(self, start: date, end: date) -> Iterator[tuple[date, str]]:
        """Days after ``start`` up to ``end`` that break the plain week, with reasons.

        Holidays that fall on a weekend change nothing and are left out.
        """
        day = start
        while day < end:
            day += timedelta(days=1)
            if day in self.make_up_days:
                yield day, self.make_up_days[day]
            elif day.weekday() < SATURDAY and day in self.days_off:
                yield day, self.days_off[day]


def check_length(count: int) -> None:
    """Refuse a negative or absurd number of days with ``ValueError``."""
    if not 0 <= count <= LONGEST:
        raise ValueError(f"A period has 0 to {LONGEST} days, not {count}.")
