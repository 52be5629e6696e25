"""Handover minutes on paper (QĐ 45/2016/QĐ-TTg, Điều 7.3; TT 17/2017, Điều 5)."""

from dataclasses import dataclass, replace

from django.utils import timezone

from dossiers.models import Handover
from dossiers.printing.sheets import (
    Head,
    Kind,
    Sheet,
    Signature,
    head_of,
    moment_in_words,
    sheet_on,
)

GIVES, TAKES = "BÊN GIAO", "BÊN NHẬN"


@dataclass(frozen=True)
class Side:
    """One of the two that meet: giving or taking, which office, in whose person."""

    role: str
    office: str
    person: str


def sheet_of(handover: Handover) -> Sheet:
    """The form of the day, printed across: codes as bars need the width."""
    day = handover.day or timezone.localdate(handover.opened_at)
    return replace(sheet_on(Kind.HANDOVER_MINUTES, day), paper="A4")


def head_of_minutes(handover: Handover) -> Head:
    """The desk's head, with the number of the minutes."""
    return head_of(handover.desk, handover.day, number=f"Số: {handover.code}")


def sides_of(handover: Handover) -> tuple[Side, Side]:
    """Who gives and who takes."""
    desk = (handover.desk.name, str(handover.desk_signed_by or ""))
    post = (handover.post_office.name, handover.post_signatory)
    giving, taking = (post, desk) if handover.is_in else (desk, post)
    return Side(GIVES, *giving), Side(TAKES, *taking)


def signatures_of(handover: Handover) -> tuple[Signature, ...]:
    """Both signatories, left to right; what was signed here says when."""
    moments = {
        handover.desk.name: handover.desk_signed_at,
        handover.post_office.name: handover.signed_at if not handover.scan else None,
    }
    found = []
    for side in sides_of(handover):
        moment = moments[side.office]
        hint = "(Ký, ghi rõ họ tên)"
        if moment:
            hint = f"(Đã xác nhận trên hệ thống lúc {moment_in_words(moment)})"
        found.append(Signature(f"ĐẠI DIỆN {side.role}", hint, side.person))
    return tuple(found)
