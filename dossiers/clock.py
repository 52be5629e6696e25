"""Every interval of a dossier's clock, read from its log: "explain this date".

Nothing is stored twice: the log keeps each start, stop and due date for ever.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from dossiers import custody, permissions
from dossiers.deadlines import Policy, resumed
from dossiers.models import CustodyEntry, Dossier
from dossiers.statuses import IntakeChannel, Status, Step
from procedures.calendar import working_calendar
from procedures.models import Procedure
from procedures.working_days import TimeUnit, WorkingCalendar

AT_THE_COUNTER = _("Received, and the receipt given: this is day 0, not counted.")
BY_MINUTES = _(
    "The handover minutes were signed (QĐ 45/2016/QĐ-TTg, Điều 7.4): this is day 0, "
    "not counted."
)
RESTARTED = _(
    "The supplement was complete: the whole time is counted again from the start "
    "(QĐ 45/2016/QĐ-TTg, Điều 7.4; this procedure's policy). This is day 0."
)
CONTINUED = _(
    "The supplement was complete: the clock goes on, and the due date moves by the "
    "days it stood still (this procedure's policy)."
)
TAKEN_OVER = _("Taken over from a file, with the days that stand there. This is day 0.")
PAID = _("It was paid: the clock goes on, and the due date moves by the days between.")

STOPPED_BY: dict[Step, LazyText] = {
    Step.SUPPLEMENT_REQUESTED: _("stopped: a supplement was asked for"),
    Step.PAYMENT_REQUESTED: _("stopped: a payment was asked for"),
    Step.RESULT_READY: _("ended: the agency finished"),
    Step.REFUSED: _("ended: refused"),
    Step.WITHDRAWN: _("ended: withdrawn"),
    Step.DISCONTINUED: _("ended: discontinued"),
}

# What ended the clock of a dossier that was over when it was taken over.
ENDED_IN_THE_FILE: dict[str, Step] = {
    Status.RESULT_READY: Step.RESULT_READY,
    Status.RETURNED: Step.RESULT_READY,
    Status.REFUSED: Step.REFUSED,
    Status.WITHDRAWN: Step.WITHDRAWN,
    Status.DISCONTINUED: Step.DISCONTINUED,
}


@dataclass(frozen=True)
class Interval:
    """A stretch in which the clock ran.

    ``due_on`` is the due date as this stretch made it; ``exceptions`` are the
    holidays and make-up days between ``start`` and ``due_on``, with reasons. They
    are left out when today's calendar would give another date (``still_holds``): a
    day entered since then changes no promise made before. An interval that runs
    still has neither ``end`` nor ``ended_by``.
    """

    rule: LazyText
    start: date
    due_on: date
    exceptions: tuple[tuple[date, str], ...]
    still_holds: bool = True
    end: date | None = None
    ended_by: LazyText | None = None


def intervals(dossier: Dossier) -> list[Interval]:
    """The intervals of the steps that stand, oldest first; none before receipt."""
    if dossier.clock_started_on is None:
        return []
    calendar = working_calendar(dossier.clock_started_on, dossier.due_on)
    found: list[Interval] = []
    for entry in permissions.standing_moves(dossier):
        step, day = Step(entry.step), timezone.localdate(entry.at)
        if step == Step.IMPORTED:  # its moment is that of the last thing the file told
            day = dossier.clock_started_on
        if rule := _rule(dossier, entry):
            told = custody.state_of(entry)["due_on"]
            due_on = date.fromisoformat(told) if told else dossier.due_on
            before = found[-1] if found else None
            holds = due_on == _due_by(dossier, step, day, before, calendar)
            if before and rule is not RESTARTED:  # a date moved on from the one before
                holds = holds and before.still_holds
            exceptions = tuple(calendar.exceptions(day, due_on)) if holds else ()
            found.append(Interval(rule, day, due_on, exceptions, holds))
            if step == Step.IMPORTED and (ended := ENDED_IN_THE_FILE.get(entry.status)):
                end = custody.state_of(entry)["finished_on"]
                found[-1] = replace(
                    found[-1], end=date.fromisoformat(end), ended_by=STOPPED_BY[ended]
                )
        elif step in STOPPED_BY and found and found[-1].end is None:
            found[-1] = replace(found[-1], end=day, ended_by=STOPPED_BY[step])
    return found


def _due_by(
    dossier: Dossier,
    step: Step,
    day: date,
    before: Interval | None,
    calendar: WorkingCalendar,
) -> date:
    """The due date that a start of the clock makes by today's calendar."""
    unit = TimeUnit(dossier.time_unit)
    if before is None:
        return calendar.due_on(day, dossier.processing_time, unit)
    return resumed(
        Policy.PAUSE if step == Step.PAID else Policy(dossier.clock_policy),
        due_on=before.due_on,
        stopped_on=before.end or day,
        resumed_on=day,
        processing_time=dossier.processing_time,
        unit=unit,
        calendar=calendar,
    )


def _rule(dossier: Dossier, entry: CustodyEntry) -> LazyText | None:
    """The rule by which a step started the clock; None for one that did not."""
    if entry.step == Step.RECEIVED and entry.status == Status.RECEIVED:
        by_post = dossier.intake_channel == IntakeChannel.PUBLIC_POST
        return BY_MINUTES if by_post or entry.handover_id else AT_THE_COUNTER
    if entry.step == Step.SUPPLEMENTED:
        restarts = dossier.clock_policy == Procedure.ClockPolicy.RESTART
        return RESTARTED if restarts else CONTINUED
    if entry.step == Step.IMPORTED:
        return TAKEN_OVER
    return PAID if entry.step == Step.PAID else None
