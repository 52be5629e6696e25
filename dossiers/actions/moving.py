"""Moving a dossier on: to the officer, to its result, or to an early end."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from dossiers import permissions
from dossiers.actions.noticing import notify
from dossiers.actions.stepping import (
    begin,
    check_moment,
    finish,
    give_back,
    hold,
    holder_of,
    lock,
)
from dossiers.models import Dossier, Notice
from dossiers.statuses import Step
from postal_tthc.accounts.models import User


@transaction.atomic
def start_processing(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    """Hand the dossier and its papers to the competent agency (NĐ 61/2018, Đ18)."""
    dossier, at = begin(dossier, Step.PROCESSING, by=by, at=at)
    hold(dossier, dossier.agency)
    return finish(dossier, Step.PROCESSING, by=by, at=at, held_by=dossier.agency)


@transaction.atomic
def mark_result_ready(
    dossier: Dossier, *, by: User, at: datetime, note: str = ""
) -> Dossier:
    """The agency has finished: this day is held against the due date."""
    dossier, at = begin(dossier, Step.RESULT_READY, by=by, at=at)
    dossier.finished_on = timezone.localdate(at)
    hold(dossier, dossier.desk)
    return finish(
        dossier, Step.RESULT_READY, by=by, at=at, held_by=dossier.desk, note=note
    )


@transaction.atomic
def return_result(
    dossier: Dossier,
    *,
    by: User,
    at: datetime,
    kept: Collection[int] = (),
    note: str = "",
) -> Dossier:
    """Give the result, and every paper not kept by law, to the applicant.

    ``kept`` holds the positions of papers the law keeps (QĐ 45/2016, Đ8.3: the
    others go back with the result).
    """
    dossier, at = begin(dossier, Step.RETURNED, by=by, at=at)
    # A result that came back undelivered was sent on the day it first left.
    dossier.returned_on = dossier.returned_on or timezone.localdate(at)
    give_back(dossier, givers=[dossier.desk], kept=kept)
    return finish(dossier, Step.RETURNED, by=by, at=at, held_by=None, note=note)


def refuse(
    dossier: Dossier,
    *,
    reason: str,
    by: User,
    at: datetime,
    gives_back: bool = True,
    legal_basis: str = "",
    number: str = "",
) -> Dossier:
    """Refuse the dossier in writing (NĐ 61/2018, Điều 19.8)."""
    return _end(
        dossier,
        Step.REFUSED,
        by=by,
        at=at,
        gives_back=gives_back,
        reason=reason,
        kind=Notice.Kind.REFUSAL,
        legal_basis=legal_basis,
        number=number,
    )


def withdraw(
    dossier: Dossier, *, reason: str, by: User, at: datetime, gives_back: bool = True
) -> Dossier:
    """The applicant takes the dossier back before it is finished."""
    return _end(
        dossier, Step.WITHDRAWN, by=by, at=at, gives_back=gives_back, reason=reason
    )


def discontinue(
    dossier: Dossier,
    *,
    reason: str,
    by: User,
    at: datetime,
    gives_back: bool = True,
    legal_basis: str = "",
    number: str = "",
) -> Dossier:
    """Stop the work for good, in writing: nothing can be decided any more."""
    return _end(
        dossier,
        Step.DISCONTINUED,
        by=by,
        at=at,
        gives_back=gives_back,
        reason=reason,
        kind=Notice.Kind.DISCONTINUATION,
        legal_basis=legal_basis,
        number=number,
    )


@transaction.atomic
def _end(
    dossier: Dossier,
    step: Step,
    *,
    by: User,
    at: datetime,
    gives_back: bool,
    reason: str,
    kind: Notice.Kind | None = None,
    legal_basis: str = "",
    number: str = "",
) -> Dossier:
    """End without a result; ``gives_back`` when the papers go home this very day.

    Otherwise they wait at the desk, and the dossier is not closed until they have
    gone. Papers of a dossier that has not arrived are still with the post.
    """
    dossier, at = begin(dossier, step, by=by, at=at)
    dossier.finished_on = timezone.localdate(at)
    dossier.clock_stopped_on = None
    dossier.closing_reason = reason
    holder = None if gives_back else holder_of(dossier)
    if gives_back:
        give_back(dossier, givers=_hands_of(dossier))
    elif dossier.clock_started_on:
        holder = dossier.desk
        hold(dossier, holder)
    if kind:
        notify(
            dossier,
            kind,
            by=by,
            at=at,
            reason=reason,
            legal_basis=legal_basis,
            number=number,
        )
    return finish(dossier, step, by=by, at=at, held_by=holder, note=reason)


def _hands_of(dossier: Dossier) -> list:
    """Who may give papers back at an early end: the desk, and the own officers.

    Before it was received the post still has them, and gives them back itself.
    """
    hands = [dossier.desk, dossier.agency]
    if dossier.clock_started_on is None:
        hands += [paper.held_by for paper in dossier.papers.filter(outcome="")]
    return hands


@transaction.atomic
def give_papers_back(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    """The papers of a dossier that ended early go home; then it is closed."""
    dossier = lock(dossier)
    permissions.check_can_give_back(by, dossier)
    at = check_moment(dossier, at)
    give_back(dossier, givers=_hands_of(dossier))
    return finish(dossier, Step.PAPERS_MOVED, by=by, at=at, held_by=None)
