"""Cancelling a line of locked minutes: a counter-line, never a change."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dossiers import permissions
from dossiers.actions.delivering import void
from dossiers.actions.stepping import lock
from dossiers.actions.undoing import undo
from dossiers.models import Dossier, Handover, HandoverLine, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import Step
from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict

Kind = HandoverLine.Kind


@transaction.atomic
def cancel_line(
    handover: Handover, position: int, *, reason: str, by: User, at: datetime
) -> HandoverLine:
    """Cancel one line with its reason: what it did is undone, both stay readable.

    Possible while nothing has happened to its dossier since. A dossier keeps the
    code it got. Raises ``Refused`` or ``Conflict``.
    """
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    permissions.check_can_cancel_line(by, handover)
    line = handover.lines.filter(position=position, cancels=None).first()
    if line is None or line.set_aside or hasattr(line, "cancelled_by"):
        raise Conflict(_("This line is cancelled already, or did nothing."))
    EFFECTS_UNDONE[Kind(line.kind)](line, reason, by, at)
    last = handover.lines.aggregate(last=Max("position"))["last"]
    return HandoverLine.objects.create(
        handover=handover,
        position=last + 1,
        kind=line.kind,
        dossier=line.dossier,
        item=line.item,
        scanned=line.scanned,
        cancels=line,
        note=reason,
        added_by=by,
        added_at=at,
    )


def _undo_step(
    line: HandoverLine, step: Step, reason: str, by: User, at: datetime
) -> None:
    """Undo what the line did to its dossier, if that is still the last thing."""
    dossier = lock(line.dossier)
    _undo_last(dossier, line.handover, step, reason, by, at)


def _undo_last(
    dossier: Dossier,
    handover: Handover,
    step: Step,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    last = permissions.last_move(dossier)
    if last is None or last.step != step or last.handover_id != handover.pk:
        raise Conflict(
            _(
                "Dossier %(code)s has gone on since: «%(step)s». Take the later steps "
                "back first."
            )
            % {
                "code": dossier,
                "step": last.get_step_display() if last else "",
            }
        )
    undo(dossier, Step.CANCELLED_LINE, reason=reason, by=by, at=at, handover=handover)


def _void_arrival(item: PostalItem | None, status: ItemStatus) -> None:
    event = item and item.events.filter(status=status, is_void=False).last()
    if event:
        void(item, event)
        PostalItem.objects.filter(pk=item.pk).update(
            opened_seal_number="", remitted_on=None
        )


def _dossier(line: HandoverLine, reason: str, by: User, at: datetime) -> None:
    _undo_step(line, Step.RECEIVED, reason, by, at)
    _void_arrival(line.item, ItemStatus.DELIVERED)


def _supplement(line: HandoverLine, reason: str, by: User, at: datetime) -> None:
    _undo_step(line, Step.SUPPLEMENTED, reason, by, at)
    _void_arrival(line.item, ItemStatus.DELIVERED)


def _came_back(line: HandoverLine, reason: str, by: User, at: datetime) -> None:
    """The whole envelope is with the post again, and every dossier in it."""
    for dossier in line.item.dossiers.order_by("pk"):
        _undo_last(lock(dossier), line.handover, Step.CAME_BACK, reason, by, at)
    _void_arrival(line.item, ItemStatus.CAME_BACK)


def _remittance(line: HandoverLine, reason: str, by: User, at: datetime) -> None:
    PostalItem.objects.filter(pk=line.item_id).update(remitted_on=None)


def _result(line: HandoverLine, reason: str, by: User, at: datetime) -> None:
    _undo_step(line, Step.HANDED_TO_POST, reason, by, at)


def _papers(line: HandoverLine, reason: str, by: User, at: datetime) -> None:
    _undo_step(line, Step.PAPERS_MOVED, reason, by, at)


EFFECTS_UNDONE: dict[Kind, Callable[[HandoverLine, str, User, datetime], None]] = {
    Kind.DOSSIER: _dossier,
    Kind.SUPPLEMENT: _supplement,
    Kind.CAME_BACK: _came_back,
    Kind.REMITTANCE: _remittance,
    Kind.RESULT: _result,
    Kind.PAPERS: _papers,
}
