"""Which forms a dossier can be printed on now."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.models import Dossier, Notice
from postal_tthc.lib.vietnamese import write_date
from procedures.models import OfficialForm

Kind = OfficialForm.Kind


@dataclass(frozen=True)
class Offer:
    """A form to print: its name on the screen, and its address."""

    title: str
    address: str


def offers(dossier: Dossier) -> list[Offer]:
    """Receipt and control slip once it has a code; notices that stand; envelopes."""
    found = []
    if has_receipt(dossier):
        for kind, name in (
            (Kind.RECEIPT, "dossiers:print_receipt"),
            (Kind.CONTROL_SLIP, "dossiers:print_control_slip"),
        ):
            found.append(Offer(str(kind.label), reverse(name, args=[dossier.code])))
    for notice in dossier.notices.filter(is_void=False):
        day = write_date(timezone.localdate(notice.issued_at))
        title = _("%(form)s of %(day)s") % {
            "form": Notice.Kind(notice.kind).label,
            "day": day,
        }
        address = reverse("dossiers:print_notice", args=[dossier.reference, notice.pk])
        found.append(Offer(title, address))
    for item in dossier.postal_items.all():
        title = f"{Kind.POSTING_SLIP.label} {item.number}"
        found.append(Offer(title, reverse("dossiers:print_slip", args=[item.pk])))
    return found


def has_receipt(dossier: Dossier) -> bool:
    """Whether it has been received: what is only announced has no receipt."""
    return dossier.code is not None and dossier.clock_started_on is not None
