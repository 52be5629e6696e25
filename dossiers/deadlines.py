"""When the answer is due, and why: pure, and told in the same breath.

Day 0 is the day the dossier was received at the counter, or the day the
handover minutes were signed for a postal one, or the day its supplement was
complete (QĐ 45/2016/QĐ-TTg, Điều 7.4). It is not counted (Bộ luật Dân sự 2015,
Điều 147).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from procedures.working_days import TimeUnit, WorkingCalendar

# Working days from receipt within which a supplement is asked for (NĐ 61/2018,
# Điều 19 khoản 4).
SUPPLEMENT_WITHIN = 3


@dataclass(frozen=True)
class Promise:
    """A due date with everything that made it.

    ``exceptions`` are the holidays and make-up days on the way, with reasons.
    """

    start: date
    processing_time: int
    unit: TimeUnit
    due_on: date
    exceptions: tuple[tuple[date, str], ...]


def promise(
    start: date, processing_time: int, unit: TimeUnit, calendar: WorkingCalendar
) -> Promise:
    """The due date of a dossier whose clock starts on ``start``, explained."""
    due_on = calendar.due_on(start, processing_time, unit)
    return Promise(
        start,
        processing_time,
        unit,
        due_on,
        tuple(calendar.exceptions(start, due_on)),
    )


class Policy(StrEnum):
    """What a clock does when it goes on; the first two are ``Procedure``'s."""

    RESTART = "restart"
    PAUSE = "pause"


def continued(
    due_on: date,
    stopped_on: date,
    resumed_on: date,
    unit: TimeUnit,
    calendar: WorkingCalendar,
) -> date:
    """The due date moved by the days during which the clock stood still.

    In working days: those after ``stopped_on`` up to ``resumed_on``. In calendar
    days: all of them, and then on to a working day.
    """
    if unit == TimeUnit.WORKING_DAYS:
        # One by one: a clock may stand still longer than any period may last.
        for _n in range(calendar.count_working_days(stopped_on, resumed_on)):
            due_on = calendar.next_working_day(due_on + timedelta(days=1))
        return due_on
    return calendar.next_working_day(due_on + (resumed_on - stopped_on))


def resumed(
    policy: Policy,
    *,
    due_on: date,
    stopped_on: date,
    resumed_on: date,
    processing_time: int,
    unit: TimeUnit,
    calendar: WorkingCalendar,
) -> date:
    """The due date once the clock goes on: anew from the start, or continued.

    A restart never promises an earlier day than the one that stood.
    """
    if policy == Policy.RESTART:
        return max(due_on, calendar.due_on(resumed_on, processing_time, unit))
    return continued(due_on, stopped_on, resumed_on, unit, calendar)


class Timeliness(StrEnum):
    """Biểu 06/VPCP, columns 8-10 and 12-13."""

    EARLY = "early"
    ON_TIME = "on_time"
    OVERDUE = "overdue"
    WITHIN_TIME = "within_time"
    OPEN_OVERDUE = "open_overdue"


def timeliness(due_on: date, finished_on: date | None, today: date) -> Timeliness:
    """How the agency did against the due date: whole days, no hours.

    Finished is when the agency finished, not when the citizen got the result.
    """
    if finished_on is None:
        return Timeliness.OPEN_OVERDUE if today > due_on else Timeliness.WITHIN_TIME
    if finished_on < due_on:
        return Timeliness.EARLY
    return Timeliness.ON_TIME if finished_on == due_on else Timeliness.OVERDUE
