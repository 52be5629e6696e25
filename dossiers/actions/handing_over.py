"""Signing handover minutes: both sides sign, then everything happens at once.

QĐ 45/2016/QĐ-TTg, Điều 7 khoản 3-5; TT 17/2017/TT-BTTTT, Điều 5.
"""

from collections.abc import Callable
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers import permissions
from dossiers.actions.delivering import come_back, tell
from dossiers.actions.incidents import report_incident
from dossiers.actions.pausing import receive_supplement
from dossiers.actions.posting import hand_to_post, post_papers_home
from dossiers.actions.receiving import receive_registered
from dossiers.actions.scanning import (
    COUNTS,
    GOES_OUT,
    asked_for,
    listed,
    lock_open,
)
from dossiers.models import (
    Handover,
    HandoverLine,
    Incident,
    NumberSeries,
    Paper,
    PostalItem,
)
from dossiers.numbering import take_number
from dossiers.postal_statuses import UNDER_WAY, ItemStatus
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, DomainError, Invalid
from procedures.models import Leg

Kind = HandoverLine.Kind


@transaction.atomic
def sign_for_desk(handover: Handover, *, by: User, at: datetime) -> Handover:
    """The desk has counted and signs: the minutes get their number of the day.

    Raises ``Invalid`` naming the first line that cannot be signed.
    """
    handover = lock_open(handover, by)
    check_lines(handover)
    if handover.number is None:
        handover.day = timezone.localdate(at)
        handover.number = take_number(
            NumberSeries.Kind.HANDOVER, handover.desk, handover.day
        )
    handover.status = Handover.Status.DESK_SIGNED
    handover.desk_signed_by, handover.desk_signed_at = by, at
    handover.save()
    return handover


def check_lines(handover: Handover) -> None:
    """Every line says what it hands over, and what does not fit the list says why."""
    lines = list(handover.lines.select_related("dossier", "item"))
    if not lines:
        raise Invalid(_("There is nothing in these minutes yet: scan the pile first."))
    for line in lines:
        if sentence := line_fault(line):
            raise Invalid(
                _("Line %(n)d: %(fault)s") % {"n": line.position, "fault": sentence}
            )


def line_fault(line: HandoverLine) -> str:
    """What must be mended on a line before signing; empty when nothing must."""
    if line.set_aside:
        return ""
    if line.kind == Kind.UNKNOWN:
        return _(
            "«%(text)s» is not known. Enter it, or set it aside with a reason."
        ) % {"text": line.scanned}
    if line.kind in GOES_OUT and not line.item_number:
        return _("scan the number of the envelope of %(code)s.") % {
            "code": line.dossier
        }
    if line.kind == Kind.SUPPLEMENT and not line.is_complete:
        return _(
            "the supplement of %(code)s is not complete, so its clock does not start. "
            "Set it aside until it is."
        ) % {"code": line.dossier}
    if line.dossier and not line.note and _counted(line) != listed_on(line):
        return _(
            "the papers of %(code)s do not match its list. Count again, or note why."
        ) % {"code": line.dossier}
    return ""


def listed_on(line: HandoverLine) -> dict[str, int]:
    """How many papers of each form the line should have."""
    return listed(Kind(line.kind), line.dossier)


def _counted(line: HandoverLine) -> dict[str, int]:
    return {name: getattr(line, name) for name in COUNTS.values()}


@transaction.atomic
def reopen(handover: Handover, *, by: User) -> Handover:
    """Count again: possible until the post has signed. The number stays.

    Raises ``Refused``, or ``Conflict`` while others are counted in this direction.
    """
    handover = _lock_signed(handover, by)
    Organisation.objects.select_for_update().get(pk=handover.desk_id)
    counted = Handover.objects.filter(
        desk=handover.desk,
        post_office=handover.post_office,
        direction=handover.direction,
        status=Handover.Status.OPEN,
    )
    if (other := counted.first()) is not None:
        raise Conflict(
            _(
                "Minutes %(other)s are being counted already: sign or give them up first."
            )
            % {"other": other}
        )
    handover.status = Handover.Status.OPEN
    handover.desk_signed_by = handover.desk_signed_at = None
    handover.save()
    return handover


@transaction.atomic
def abandon(handover: Handover, *, by: User, reason: str = "") -> Handover:
    """Give unsigned minutes up; their lines stay readable and do nothing."""
    handover = lock_open(handover, by)
    handover.status = Handover.Status.ABANDONED
    handover.note = reason
    handover.save()
    return handover


@transaction.atomic
def sign_for_post(handover: Handover, *, by: User, at: datetime) -> Handover:
    """The postal clerk confirms with an account of the own: the minutes lock."""
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    permissions.check_can_sign_for_post(by, handover)
    handover.post_signed_by = by
    handover.post_signatory = str(by)
    return _lock_for_ever(handover, at)


@transaction.atomic
def record_paper_signature(
    handover: Handover,
    *,
    signatory: str,
    signed_at: datetime,
    scan: File,
    by: User,
) -> Handover:
    """The post signed on paper: its name, the moment and a scan of the sheet."""
    handover = _lock_signed(handover, by)
    if signed_at > timezone.now():
        raise Invalid(_("A step cannot lie in the future."))
    if timezone.localdate(signed_at) < timezone.localdate(handover.opened_at):
        raise Invalid(_("The minutes were begun after that day."))
    handover.post_signatory = signatory
    handover.scan = scan
    return _lock_for_ever(handover, signed_at)


def _lock_signed(handover: Handover, by: User) -> Handover:
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    permissions.check_can_hand_over(by, handover.desk)
    if handover.status != Handover.Status.DESK_SIGNED:
        raise Conflict(
            _(
                "Minutes %(minutes)s are «%(status)s»: only what the desk alone has signed can be changed so."
            )
            % {"minutes": handover, "status": handover.get_status_display().lower()}
        )
    return handover


def _lock_for_ever(handover: Handover, at: datetime) -> Handover:
    """Everything on the minutes happens at the moment of the second signature.

    The minutes are saved last: a scan is not stored when a line fails.
    """
    handover.status = Handover.Status.LOCKED
    handover.signed_at = at
    lines = handover.lines.filter(set_aside=False).select_related("dossier", "item")
    for line in lines.order_by("position"):
        try:
            EFFECTS[Kind(line.kind)](line, handover, at)
        except DomainError as error:
            raise type(error)(
                _("Line %(n)d: %(fault)s") % {"n": line.position, "fault": error}
            ) from error
    handover.save()
    return handover


def _dossier_in(line: HandoverLine, handover: Handover, at: datetime) -> None:
    clerk = handover.desk_signed_by
    receive_registered(line.dossier, by=clerk, at=at, handover=handover)
    _arrived(line, clerk, at)
    if _counted(line) != listed_on(line) or not line.is_complete:
        _report(line, Incident.Kind.COUNT, line.note, clerk, at)


def _supplement_in(line: HandoverLine, handover: Handover, at: datetime) -> None:
    clerk = handover.desk_signed_by
    papers = [Paper(**paper) for paper in asked_for(line.dossier)]
    receive_supplement(
        line.dossier, by=clerk, at=at, papers=papers, handover=handover, note=line.note
    )
    _arrived(line, clerk, at)


def _came_back(line: HandoverLine, handover: Handover, at: datetime) -> None:
    item = PostalItem.objects.get(pk=line.item_id)
    if item.status in UNDER_WAY:  # once for all the dossiers inside
        come_back(
            item, by=handover.desk_signed_by, at=at, note=line.note, handover=handover
        )


def _remittance(line: HandoverLine, handover: Handover, at: datetime) -> None:
    PostalItem.objects.filter(pk=line.item_id).update(
        remitted_on=timezone.localdate(at)
    )


def _result_out(line: HandoverLine, handover: Handover, at: datetime) -> None:
    hand_to_post(
        line.dossier,
        _envelope(line, handover),
        by=handover.desk_signed_by,
        at=at,
        kept=line.kept,
        handover=handover,
        note=line.note,
    )
    _link_envelope(line)


def _papers_out(line: HandoverLine, handover: Handover, at: datetime) -> None:
    post_papers_home(
        line.dossier,
        _envelope(line, handover),
        by=handover.desk_signed_by,
        at=at,
        handover=handover,
    )
    _link_envelope(line)


def _envelope(line: HandoverLine, handover: Handover) -> PostalItem:
    return PostalItem(
        number=line.item_number,
        leg=Leg.RETURN,
        post_office=handover.post_office,
        seal_number=line.seal_number,
        postage_dong=line.postage_dong,
        collect_dong=line.fees_dong,
        recovers=line.recovers,
    )


def _link_envelope(line: HandoverLine) -> None:
    line.item = PostalItem.objects.get(number=line.item_number, leg=Leg.RETURN)
    line.save(update_fields=["item"])


def _arrived(line: HandoverLine, clerk: User, at: datetime) -> None:
    """The envelope has come to the desk; its seal is compared as it is opened."""
    if line.item is None:
        return
    item = PostalItem.objects.select_for_update().get(pk=line.item_id)
    if item.status in UNDER_WAY or item.status == ItemStatus.PREPARED:
        item.delivered_on = timezone.localdate(at)
        item.delivered_to = str(clerk)
        item = tell(item, ItemStatus.DELIVERED, by=clerk, at=at)
    if item.collect_dong and line.fees_dong >= item.collect_dong:
        item.remitted_on = timezone.localdate(at)
    item.opened_seal_number = line.seal_number
    item.save()
    if item.seal_number and line.seal_number != item.seal_number:
        told = _("Sealed as «%(packed)s», opened as «%(opened)s».") % {
            "packed": item.seal_number,
            "opened": line.seal_number,
        }
        _report(line, Incident.Kind.SEAL, told, clerk, at)


def _report(
    line: HandoverLine, kind: Incident.Kind, told: str, clerk: User, at: datetime
) -> None:
    report_incident(
        kind,
        by=clerk,
        at=at,
        found_out_on=timezone.localdate(at),
        description=told or line.get_kind_display(),
        dossier=line.dossier,
        item=line.item,
    )


EFFECTS: dict[Kind, Callable[[HandoverLine, Handover, datetime], None]] = {
    Kind.DOSSIER: _dossier_in,
    Kind.SUPPLEMENT: _supplement_in,
    Kind.CAME_BACK: _came_back,
    Kind.REMITTANCE: _remittance,
    Kind.RESULT: _result_out,
    Kind.PAPERS: _papers_out,
}
