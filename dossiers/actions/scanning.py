"""Filling handover minutes: one field that takes what is scanned, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from dossiers import expected, permissions
from dossiers.actions.posting import post_office_of
from dossiers.item_numbers import tidy
from dossiers.models import Dossier, Handover, HandoverLine, Notice, PostalItem
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Invalid
from procedures.models import Leg, RequiredPaper

Kind = HandoverLine.Kind
GOES_OUT = (Kind.RESULT, Kind.PAPERS)
# The postman hands over what he collected for the agency (QĐ 45/2016, Đ7.5).
BRINGS_FEES = (Kind.DOSSIER, Kind.REMITTANCE)
LONGEST_SCAN = 100
MOST_LINES = 500
COUNTS = {
    RequiredPaper.Form.ORIGINAL: "originals",
    RequiredPaper.Form.CERTIFIED_COPY: "certified_copies",
    RequiredPaper.Form.COPY: "copies",
}
# What the clerk writes on a line.
LINE_FACTS = (
    "originals",
    "certified_copies",
    "copies",
    "is_complete",
    "seal_number",
    "fees_dong",
    "item_number",
    "postage_dong",
    "recovers",
    "kept",
    "note",
    "set_aside",
)


@dataclass(frozen=True)
class Scanned:
    """What a scan did: added, envelope, double, unknown or wrong; and in words."""

    outcome: str
    sentence: str
    lines: tuple[HandoverLine, ...] = ()


@transaction.atomic
def open_handover(
    desk: Organisation,
    direction: Handover.Direction,
    *,
    by: User,
    at: datetime,
    post_office: Organisation | None = None,
) -> Handover:
    """The minutes being counted in this direction; begun if there are none.

    Two clerks who begin at once count in the same minutes.
    """
    permissions.check_can_hand_over(by, desk)
    # One after the other: the desk's row is what everybody waits for.
    Organisation.objects.select_for_update().get(pk=desk.pk)
    handover, _is_new = Handover.objects.get_or_create(
        desk=desk,
        post_office=post_office or post_office_of(desk, by),
        direction=direction,
        status=Handover.Status.OPEN,
        defaults={"opened_by": by, "opened_at": at},
    )
    return handover


@transaction.atomic
def scan(handover: Handover, text: str, *, by: User, at: datetime) -> Scanned:
    """Take what was scanned or typed: a dossier code or an item number.

    Nothing that was scanned is lost: what is unknown becomes a line of its own,
    to be entered or set aside. Raises ``Refused``, ``Conflict`` or ``Invalid``.
    """
    handover = lock_open(handover, by)
    text = tidy(text)[:LONGEST_SCAN]
    if not text:
        raise Invalid(_("Scan or type a dossier code or an item number."))
    if handover.lines.count() >= MOST_LINES:
        raise Conflict(
            _("These minutes have %(n)d lines: sign them and begin new ones.")
            % {"n": MOST_LINES}
        )
    found = _meant(handover, text, by)
    if not found:
        return _scan_unknown(handover, text, by=by, at=at)
    possible = [x for x in found if isinstance(x, expected.Expected)]
    if not possible:
        return Scanned("wrong", _not_now(handover, found[0]))
    present = {expected.key_of(line) for line in handover.lines.all()}
    new = [x for x in possible if x.key not in present]
    if not new:
        return Scanned("double", _("%(text)s: already scanned.") % {"text": text})
    # An envelope that was unknown when first scanned and has been entered since.
    handover.lines.filter(kind=Kind.UNKNOWN, scanned=text).delete()
    lines = tuple(_add(handover, x, text, by=by, at=at) for x in new)
    return Scanned("added", _in_words(text, lines), lines)


def _meant(handover: Handover, text: str, by: User) -> list[Any]:
    """What the text may mean here; dossiers as they are when nothing of them fits."""
    direction = handover.direction
    visible = Dossier.objects.visible_to(by).filter(desk=handover.desk)
    dossiers = list(visible.referred_to(text)) or list(
        visible.filter(postal_items__in=_items(handover, text))
        .distinct()
        .order_by("pk")
    )
    found: list[Any] = [
        expected.Expected(kind, dossier, _item_of(dossier, kind, text))
        for dossier in dossiers
        if (kind := expected.kind_for(direction, dossier))
    ]
    if handover.is_in:
        owing = PostalItem.objects.owing().filter(dossiers__in=dossiers).distinct()
        found += [expected.Expected(Kind.REMITTANCE, None, item) for item in owing]
    return found or dossiers


def _items(handover: Handover, text: str) -> QuerySet[PostalItem]:
    """The envelopes of that number that may be in the pile."""
    items = PostalItem.objects.filter(number=text)
    return items if handover.is_in else items.filter(leg=Leg.RETURN)


def _item_of(dossier: Dossier, kind: Kind, text: str) -> PostalItem | None:
    """The envelope it comes in; what goes out has none before it is packed."""
    if kind in GOES_OUT:
        return None
    leg = Leg.RETURN if kind == Kind.CAME_BACK else Leg.INTAKE
    items = dossier.postal_items.filter(leg=leg).order_by("-pk")
    if kind == Kind.SUPPLEMENT:
        # What brought the dossier itself does not bring its supplement.
        items = items.filter(delivered_on=None)
    return items.filter(number=text).first() or items.first()


def _scan_unknown(handover: Handover, text: str, *, by: User, at: datetime) -> Scanned:
    """Going out, a number nobody knows is the envelope of the newest line."""
    line = None if handover.is_in else _waiting_for_envelope(handover)
    if line:
        line.item_number = text[:30]
        line.save(update_fields=["item_number"])
        return Scanned(
            "envelope",
            _("%(item)s: envelope of dossier %(code)s.")
            % {"item": text, "code": line.dossier},
            (line,),
        )
    if handover.lines.filter(Q(scanned=text) | Q(item_number=text)).exists():
        return Scanned("double", _("%(text)s: already scanned.") % {"text": text})
    line = HandoverLine.objects.create(
        handover=handover,
        position=_next_position(handover),
        kind=Kind.UNKNOWN,
        scanned=text,
        added_by=by,
        added_at=at,
    )
    return Scanned(
        "unknown",
        _("%(text)s: not known here. Enter it, or set it aside.") % {"text": text},
        (line,),
    )


def _waiting_for_envelope(handover: Handover) -> HandoverLine | None:
    newest = handover.lines.order_by("-position").first()
    waits = newest and newest.kind in GOES_OUT and not newest.item_number
    return newest if waits else None


def _add(
    handover: Handover, found: expected.Expected, text: str, *, by: User, at: datetime
) -> HandoverLine:
    line = HandoverLine(
        handover=handover,
        position=_next_position(handover),
        kind=found.kind,
        dossier=found.dossier,
        item=found.item,
        scanned=text,
        added_by=by,
        added_at=at,
        **listed(found.kind, found.dossier),
    )
    if found.kind in BRINGS_FEES and found.item:
        line.fees_dong = found.item.collect_dong
    if found.kind == Kind.REMITTANCE:
        line.recovers = found.item.recovers
    line.save()
    return line


def listed(kind: Kind, dossier: Dossier | None) -> dict[str, int]:
    """How many papers of each form should be in the pile for a dossier.

    Of a supplement what was asked for; else the papers that have not gone home.
    """
    counted = dict.fromkeys(COUNTS.values(), 0)
    if dossier is None:
        return counted
    papers = (
        [(x["form"], x["quantity"]) for x in asked_for(dossier)]
        if kind == Kind.SUPPLEMENT
        # Not filtered by the database: pages bring the papers of all lines at once.
        else [(x.form, x.quantity) for x in dossier.papers.all() if not x.outcome]
    )
    for form, quantity in papers:
        counted[COUNTS[RequiredPaper.Form(form)]] += quantity
    return counted


def asked_for(dossier: Dossier) -> list[dict[str, Any]]:
    """The papers that the last request to supplement asks for."""
    notices = dossier.notices.filter(kind=Notice.Kind.SUPPLEMENT, is_void=False)
    last = notices.last()
    return last.papers if last else []


@transaction.atomic
def remove_line(handover: Handover, position: int, *, by: User) -> HandoverLine:
    """Undo a scan before anything is signed; the answer is what was removed."""
    handover = lock_open(handover, by)
    line = handover.lines.filter(position=position).first()
    if line is None:
        raise Conflict(_("This line is not there any more."))
    HandoverLine.objects.filter(pk=line.pk).delete()
    return line


@transaction.atomic
def write_line(
    line: HandoverLine, facts: Mapping[str, Any], *, by: User
) -> HandoverLine:
    """Write what was counted on a line, before anything is signed.

    ``facts`` has names from ``LINE_FACTS``.
    """
    handover = lock_open(line.handover, by)
    line = handover.lines.get(pk=line.pk)
    for name in LINE_FACTS:
        setattr(line, name, facts.get(name, getattr(line, name)))
    if (line.set_aside or not line.is_complete) and not line.note:
        raise Invalid(_("Say why this line is incomplete or set aside."))
    line.save()
    return line


def lock_open(handover: Handover, by: User) -> Handover:
    """The locked minutes, still being counted, of a desk this person works for."""
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    permissions.check_can_hand_over(by, handover.desk)
    if handover.status != Handover.Status.OPEN:
        raise Conflict(
            _("Minutes %(minutes)s are «%(status)s» and are not changed any more.")
            % {"minutes": handover, "status": handover.get_status_display().lower()}
        )
    return handover


def _next_position(handover: Handover) -> int:
    return (handover.lines.aggregate(last=Max("position"))["last"] or 0) + 1


def _not_now(handover: Handover, dossier: Dossier) -> str:
    values = {"code": dossier, "status": dossier.get_status_display()}
    if handover.is_in:
        return _("%(code)s is «%(status)s»: nothing of it comes in.") % values
    return _("%(code)s is «%(status)s»: nothing of it goes out with the post.") % values


def _in_words(text: str, lines: tuple[HandoverLine, ...]) -> str:
    kinds = ", ".join(
        f"{line.get_kind_display()} {line.dossier or line.item}" for line in lines
    )
    return f"{text}: {kinds}"
