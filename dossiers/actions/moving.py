"""Moving a dossier from state to state."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import custody, permissions
from dossiers.actions.posting import put_in_item
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.models.custody import Step
from dossiers.statuses import OPEN, ReturnChannel, Status
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from procedures.models import Leg


def start_processing(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    """Hand the dossier and its papers to the competent agency (NĐ 61/2018, Đ18)."""
    return _move(dossier, Status.PROCESSING, Step.PROCESSING, by=by, at=at)


def mark_result_ready(
    dossier: Dossier, *, by: User, at: datetime, note: str = ""
) -> Dossier:
    """The agency has finished: this day is held against the due date."""
    return _move(
        dossier, Status.RESULT_READY, Step.RESULT_READY, by=by, at=at, note=note
    )


def refuse(dossier: Dossier, *, reason: str, by: User, at: datetime) -> Dossier:
    """Refuse the dossier with a written reason and give its papers back."""
    return _move(dossier, Status.REFUSED, Step.REFUSED, by=by, at=at, reason=reason)


def withdraw(dossier: Dossier, *, reason: str, by: User, at: datetime) -> Dossier:
    """The applicant takes the dossier back before it is finished."""
    return _move(dossier, Status.WITHDRAWN, Step.WITHDRAWN, by=by, at=at, reason=reason)


@transaction.atomic
def return_result(
    dossier: Dossier,
    *,
    by: User,
    at: datetime,
    kept: Collection[int] = (),
    item: PostalItem | None = None,
    note: str = "",
) -> Dossier:
    """Give the result, and every paper not kept by law, to the applicant.

    ``kept`` holds the positions of papers the law keeps (QĐ 45/2016, Đ8.3: the
    others go back with the result). ``item`` is the unsaved envelope of a result
    that goes by post. Raises ``Invalid`` when such a result has no envelope.
    """
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if dossier.return_channel == ReturnChannel.PUBLIC_POST and item is None:
        raise Invalid(
            _("The result goes by post: write the number of its postal item.")
        )
    dossier = _move(
        dossier,
        Status.RETURNED,
        Step.RETURNED,
        by=by,
        at=at,
        note=f"{item.number} {note}".strip() if item else note,
        kept=kept,
    )
    if item is not None:
        put_in_item(dossier, item)
    return dossier


@transaction.atomic
def take_back(dossier: Dossier, *, reason: str, by: User, at: datetime) -> Dossier:
    """Undo the last move, with its days and papers; the log keeps both."""
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    permissions.check_can_take_back(by, dossier)
    before, undone = permissions.standing_moves(dossier)[-2:]
    dossier.status = Status(before.status)
    dossier.returned_on = None
    dossier.closing_reason = ""
    if dossier.status in OPEN:
        dossier.finished_on = None
    dossier.save()
    dossier.papers.update(held_by=before.held_by, outcome="")
    if undone.step == Step.RETURNED:
        for item in dossier.postal_items.filter(leg=Leg.RETURN):
            item.dossiers.remove(dossier)
    custody.record(
        dossier, Step.TAKEN_BACK, by=by, at=at, held_by=before.held_by, note=reason
    )
    return dossier


@transaction.atomic
def _move(
    dossier: Dossier,
    to: Status,
    step: Step,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    note: str = "",
    kept: Collection[int] = (),
) -> Dossier:
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    permissions.check_can_move(by, dossier, to)
    at = check_moment(dossier, at)
    _set_days(dossier, to, timezone.localdate(at))
    dossier.status = to
    dossier.closing_reason = reason
    dossier.save()
    holder = _move_papers(dossier, to, kept)
    custody.record(dossier, step, by=by, at=at, held_by=holder, note=reason or note)
    return dossier


def check_moment(dossier: Dossier, at: datetime) -> datetime:
    """A step is not later than now, nor on a day before the step before it.

    The answer is the moment to write: people give the day, so on the same day it
    is not before the hour of the step before.
    """
    if at > timezone.now():
        raise Invalid(_("A step cannot lie in the future."))
    last = permissions.standing_moves(dossier)[-1]
    if timezone.localdate(at) < timezone.localdate(last.at):
        raise Conflict(
            _("The step before it was made on %(day)s; this one cannot be earlier.")
            % {"day": f"{timezone.localtime(last.at):%d/%m/%Y}"}
        )
    return max(at, last.at)


def _set_days(dossier: Dossier, to: Status, day: date) -> None:
    if to == Status.RETURNED:
        dossier.returned_on = day
    elif to not in OPEN:
        dossier.finished_on = day


def _move_papers(
    dossier: Dossier, to: Status, kept: Collection[int]
) -> Organisation | None:
    """Send the papers after the dossier; the answer is who holds them now."""
    if to == Status.PROCESSING:
        holder = dossier.agency
    elif to == Status.RESULT_READY:
        holder = dossier.desk
    else:
        papers = dossier.papers.filter(outcome="")
        papers.filter(position__in=kept).update(
            held_by=None, outcome=Paper.Outcome.KEPT_BY_LAW
        )
        papers.exclude(position__in=kept).update(
            held_by=None, outcome=Paper.Outcome.RETURNED
        )
        return None
    dossier.papers.update(held_by=holder)
    return holder
