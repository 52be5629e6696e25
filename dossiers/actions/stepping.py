"""How every step begins and ends: lock, check, moment; save, close, log."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import custody, permissions
from dossiers.models import Dossier, Handover, Paper, PostalItem
from dossiers.statuses import CLOSED, MOVES, Step
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from procedures.models import RequiredPaper


def begin(
    dossier: Dossier, step: Step, *, by: User, at: datetime
) -> tuple[Dossier, datetime]:
    """The locked dossier, moved to where the step leads, and the moment to write.

    Call it first in the step's transaction. Raises ``Refused``, ``Conflict`` or
    ``Invalid``.
    """
    dossier = lock(dossier)
    permissions.check_can_move(by, dossier, step)
    at = check_moment(dossier, at)
    dossier.status = MOVES[step].to
    return dossier, at


def finish(
    dossier: Dossier,
    step: Step,
    *,
    by: User,
    at: datetime,
    held_by: Organisation | None,
    note: str = "",
    item: PostalItem | None = None,
    handover: Handover | None = None,
) -> Dossier:
    """Save the dossier, close it if nothing is owed any more, and log the step."""
    if dossier.status in CLOSED and not dossier.papers.filter(outcome="").exists():
        dossier.closed_on = timezone.localdate(at)
    dossier.save()
    custody.record(
        dossier,
        step,
        by=by,
        at=at,
        held_by=held_by,
        note=note,
        item=item,
        handover=handover,
    )
    return dossier


def lock(dossier: Dossier) -> Dossier:
    """The dossier as it stands now; others wait until this transaction ends.

    Raises ``Conflict`` when an import that brought it was undone meanwhile.
    """
    try:
        return Dossier.objects.select_for_update().get(pk=dossier.pk)
    except Dossier.DoesNotExist as error:
        raise Conflict(
            _(
                "Dossier %(code)s is no longer here: the import that brought it was "
                "undone."
            )
            % {"code": dossier}
        ) from error


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


def check_unchanged(dossier: Dossier, seen: int | None) -> None:
    """The log ends where it ended when the page was opened.

    ``seen`` is the sequence of the entry that was the last then; None asks nothing.
    """
    last = dossier.custody.order_by("-sequence").first()
    if seen is not None and seen != last.sequence:
        raise Conflict(
            _(
                "%(name)s has changed this dossier meanwhile: %(note)s. Compare, "
                "and save again if yours is right."
            )
            % {"name": last.by, "note": last.note or last.get_step_display()}
        )


def hold(dossier: Dossier, holder: Organisation) -> None:
    """Every paper that is still with us or the post is now with ``holder``."""
    dossier.papers.filter(outcome="").update(held_by=holder)


def give_back(
    dossier: Dossier, *, givers: Collection[Organisation], kept: Collection[int] = ()
) -> None:
    """Every paper goes to the applicant, but those kept by law.

    ``kept`` holds positions (QĐ 45/2016, Đ8.3: the others go back). Raises
    ``Conflict`` as ``check_in_hand`` does.
    """
    check_in_hand(dossier, givers=givers, kept=kept)
    leave(dossier, dict.fromkeys(kept, Paper.Outcome.KEPT_BY_LAW))
    dossier.papers.filter(outcome="").update(
        held_by=None, outcome=Paper.Outcome.RETURNED
    )


def check_in_hand(
    dossier: Dossier, *, givers: Collection[Organisation], kept: Collection[int]
) -> None:
    """No original lies with somebody who is not giving it now.

    A dossier is not closed, nor sent off, over an original that is elsewhere.
    """
    elsewhere = dossier.papers.filter(
        outcome="", form=RequiredPaper.Form.ORIGINAL
    ).exclude(Q(held_by__in=givers) | Q(position__in=kept))
    if stray := elsewhere.select_related("held_by").first():
        raise Conflict(
            _(
                "The original «%(paper)s» is with %(holder)s. Record how it came "
                "back here, or open an incident, before the dossier is closed."
            )
            % {"paper": stray, "holder": stray.held_by}
        )


def leave(dossier: Dossier, outcomes: Mapping[int, str]) -> None:
    """Papers, by position, leave our hands in the way told."""
    for position, outcome in outcomes.items():
        dossier.papers.filter(position=position, outcome="").update(
            held_by=None, outcome=outcome
        )


def holder_of(dossier: Dossier) -> Organisation | None:
    """Who holds the papers: as the last entry tells it."""
    return dossier.custody.order_by("-sequence").first().held_by
