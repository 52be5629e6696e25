"""Stopping the clock and starting it again; and promising a new date."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import permissions
from dossiers.actions.noticing import notify
from dossiers.actions.stepping import begin, check_moment, finish, holder_of, lock
from dossiers.deadlines import SUPPLEMENT_WITHIN, Policy, resumed
from dossiers.models import Dossier, Handover, Notice, Paper
from dossiers.statuses import Step
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Invalid
from postal_tthc.lib.vietnamese import write_date
from procedures.calendar import working_calendar
from procedures.working_days import TimeUnit


@transaction.atomic
def request_supplement(
    dossier: Dossier,
    *,
    by: User,
    at: datetime,
    reason: str,
    papers: Sequence[dict[str, Any]] = (),
    answer_by: date | None = None,
    legal_basis: str = "",
    number: str = "",
) -> Dossier:
    """Ask in writing for what is missing; the clock stands still meanwhile.

    Once, and within three working days of receipt (NĐ 61/2018, Điều 15.3, 19.4);
    later or again only where a special law allows it, named in ``legal_basis``.
    ``papers`` are dicts of ``name``, ``form`` and ``quantity``.
    """
    dossier, at = begin(dossier, Step.SUPPLEMENT_REQUESTED, by=by, at=at)
    day = timezone.localdate(at)
    if not legal_basis:
        _check_supplement_may_be_asked(dossier, day)
    dossier.clock_stopped_on = day
    notify(
        dossier,
        Notice.Kind.SUPPLEMENT,
        by=by,
        at=at,
        reason=reason,
        papers=list(papers),
        answer_by=answer_by,
        legal_basis=legal_basis,
        number=number,
    )
    return finish(
        dossier,
        Step.SUPPLEMENT_REQUESTED,
        by=by,
        at=at,
        held_by=holder_of(dossier),
        note=reason,
    )


def _check_supplement_may_be_asked(dossier: Dossier, day: date) -> None:
    start = dossier.clock_started_on
    last = working_calendar(start).add_working_days(start, SUPPLEMENT_WITHIN)
    if day > last:
        raise Invalid(
            _(
                "A supplement is asked for within %(days)d working days of receipt, "
                "here by %(last)s (NĐ 61/2018/NĐ-CP, Điều 19.4). If a special law "
                "allows it later, name that law."
            )
            % {"days": SUPPLEMENT_WITHIN, "last": write_date(last)}
        )
    steps = [entry.step for entry in permissions.standing_moves(dossier)]
    if Step.SUPPLEMENT_REQUESTED in steps:
        raise Invalid(
            _(
                "The applicant has been asked for a supplement before; guidance is "
                "given once and completely (NĐ 61/2018/NĐ-CP, Điều 15.3). If a "
                "special law allows another request, name that law."
            )
        )


@transaction.atomic
def receive_supplement(
    dossier: Dossier,
    *,
    by: User,
    at: datetime,
    papers: Sequence[Paper] = (),
    handover: Handover | None = None,
    note: str = "",
) -> Dossier:
    """The supplement is complete: the clock starts anew, or goes on.

    ``papers`` are unsaved lines; they join the dossier at its desk. The day is
    day 0 of the new count (QĐ 45/2016/QĐ-TTg, Điều 7.4; NĐ 61/2018, Điều 19.4).
    """
    dossier, at = begin(dossier, Step.SUPPLEMENTED, by=by, at=at)
    _resume(dossier, Policy(dossier.clock_policy), timezone.localdate(at))
    add_papers(dossier, papers, dossier.desk)
    return finish(
        dossier,
        Step.SUPPLEMENTED,
        by=by,
        at=at,
        held_by=dossier.desk,
        note=note,
        handover=handover,
    )


@transaction.atomic
def request_payment(
    dossier: Dossier, *, by: User, at: datetime, reason: str
) -> Dossier:
    """Ask for what is to be paid before the answer; the clock stands still."""
    dossier, at = begin(dossier, Step.PAYMENT_REQUESTED, by=by, at=at)
    dossier.clock_stopped_on = timezone.localdate(at)
    return finish(
        dossier,
        Step.PAYMENT_REQUESTED,
        by=by,
        at=at,
        held_by=holder_of(dossier),
        note=reason,
    )


@transaction.atomic
def record_payment(
    dossier: Dossier, *, by: User, at: datetime, note: str = ""
) -> Dossier:
    """It has been paid: the clock goes on where it stood."""
    dossier, at = begin(dossier, Step.PAID, by=by, at=at)
    _resume(dossier, Policy.PAUSE, timezone.localdate(at))
    return finish(
        dossier, Step.PAID, by=by, at=at, held_by=holder_of(dossier), note=note
    )


@transaction.atomic
def reappoint(
    dossier: Dossier,
    *,
    new_date: date,
    reason: str,
    by: User,
    at: datetime,
    number: str = "",
) -> Dossier:
    """Apologise and promise a new date, once, at least a day before the due date.

    NĐ 61/2018/NĐ-CP, Điều 19 khoản 9. The due date stays: what is late is late.
    """
    dossier = lock(dossier)
    permissions.check_can_reappoint(by, dossier)
    at = check_moment(dossier, at)
    if timezone.localdate(at) > dossier.due_on - timedelta(days=1):
        raise Invalid(
            _(
                "An apology with a new date is given at least one day before the due "
                "date, %(due)s (NĐ 61/2018/NĐ-CP, Điều 19.9)."
            )
            % {"due": write_date(dossier.due_on)}
        )
    if new_date <= dossier.due_on:
        raise Invalid(
            _("The new date must be after the due date, %(due)s.")
            % {"due": write_date(dossier.due_on)}
        )
    if not working_calendar(new_date).is_working_day(new_date):
        raise Invalid(
            _("%(day)s is not a working day.") % {"day": write_date(new_date)}
        )
    dossier.reappointed_to = new_date
    notify(
        dossier,
        Notice.Kind.APOLOGY,
        by=by,
        at=at,
        reason=reason,
        new_date=new_date,
        number=number,
    )
    return finish(
        dossier,
        Step.REAPPOINTED,
        by=by,
        at=at,
        held_by=holder_of(dossier),
        note=f"{write_date(new_date)}: {reason}",
    )


def add_papers(dossier: Dossier, papers: Sequence[Paper], holder: Organisation) -> None:
    """New lines of papers after those already there, in the hands of ``holder``."""
    last = dossier.papers.aggregate(last=Max("position"))["last"] or 0
    for position, paper in enumerate(papers, start=last + 1):
        paper.dossier, paper.position, paper.held_by = dossier, position, holder
    Paper.objects.bulk_create(papers)


def _resume(dossier: Dossier, policy: Policy, day: date) -> None:
    dossier.due_on = resumed(
        policy,
        due_on=dossier.due_on,
        stopped_on=dossier.clock_stopped_on,
        resumed_on=day,
        processing_time=dossier.processing_time,
        unit=TimeUnit(dossier.time_unit),
        calendar=working_calendar(dossier.clock_started_on, day),
    )
    dossier.clock_stopped_on = None
    if dossier.reappointed_to and dossier.reappointed_to <= dossier.due_on:
        dossier.reappointed_to = None
