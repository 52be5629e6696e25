"""Phiếu gửi hồ sơ: what sender and postman sign (QĐ 45/2016/QĐ-TTg, Điều 6 and 9).

TT 17/2017/TT-BTTTT, Điều 9 says what must stand in it. One for each envelope.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from dossiers import custody
from dossiers.models import CustodyEntry, Dossier, Paper, PostalItem
from dossiers.postal_statuses import Payer, Service
from dossiers.printing.receipt import submitter, without_repetition
from dossiers.printing.sheets import (
    ABOVE_THE_POST,
    Head,
    Kind,
    Signature,
    head_of,
    sheet_on,
)
from dossiers.statuses import Step
from procedures import transit
from procedures.models import Leg

SERVICES: dict[Service, str] = {
    Service.DOSSIER_POST: "Bưu chính công ích (gửi hồ sơ, chuyển trả kết quả TTHC)",
    Service.EXPRESS: "Chuyển phát nhanh",
    Service.REGISTERED: "Bưu phẩm bảo đảm",
    Service.ORDINARY: "Bưu phẩm thường",
}
PAYERS: dict[Payer, str] = {
    Payer.APPLICANT: "người nộp hồ sơ",
    Payer.AGENCY: "cơ quan giải quyết thủ tục hành chính",
    Payer.POST: "bưu chính (do lỗi của bưu chính)",
}
MANY_SENDERS = "Nhiều người gửi (theo danh mục hồ sơ dưới đây)"


@dataclass(frozen=True)
class Correspondent:
    """Who sends or receives; empty where nothing is known."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Contents:
    """What of one dossier lies in the envelope."""

    dossier: Dossier
    papers: Sequence[Paper]
    has_result: bool


def context(item: PostalItem, dossiers: Collection[Dossier]) -> dict[str, Any]:
    """The slip of an envelope.

    ``dossiers`` are those in it that the visitor may see; of others only their
    number is told.
    """
    day = item.posted_on or timezone.localdate()
    first = next(iter(dossiers))
    contents = [_contents(item, dossier) for dossier in dossiers]
    comes_in = item.leg == Leg.INTAKE
    sender, receiver = _desk(first), _applicant(item, dossiers)
    if comes_in:
        sender, receiver = receiver, sender
    return {
        "sheet": sheet_on(Kind.POSTING_SLIP, day),
        "head": _head(item, day),
        "item": item,
        "comes_in": comes_in,
        "sender": sender,
        "receiver": receiver,
        "contents": contents,
        "unseen": item.dossiers.count() - len(contents),
        "only": first if item.dossiers.count() == 1 else None,
        "has_results": any(each.has_result for each in contents),
        "service": SERVICES[Service(item.service)],
        "payer": PAYERS[Payer(item.payer)],
        "answer_days": transit.answer_days(item.route),
        "signatures": (
            Signature("NGƯỜI GỬI", name=sender.name if comes_in else ""),
            Signature("NHÂN VIÊN BƯU CHÍNH"),
        ),
    }


def _head(item: PostalItem, day: date) -> Head:
    if item.post_office:
        return head_of(item.post_office, day)
    desk = item.dossiers.first().desk
    return Head(ABOVE_THE_POST, "BƯU ĐIỆN", head_of(desk, day).place_and_day)


def _desk(dossier: Dossier) -> Correspondent:
    return Correspondent(without_repetition(dossier.desk))


def _applicant(item: PostalItem, dossiers: Collection[Dossier]) -> Correspondent:
    """The other side: as the envelope tells it, else as its dossiers agree."""
    first = next(iter(dossiers))
    if item.leg == Leg.RETURN and item.recipient_name:
        is_applicant = item.recipient_name == first.applicant_name
        return Correspondent(
            item.recipient_name,
            item.recipient_address,
            item.recipient_phone,
            first.applicant_email if is_applicant else "",
        )
    told = {
        Correspondent(
            submitter(x), x.applicant_address, x.applicant_phone, x.applicant_email
        )
        for x in dossiers
    }
    return told.pop() if len(told) == 1 else Correspondent(MANY_SENDERS)


def _contents(item: PostalItem, dossier: Dossier) -> Contents:
    entry = _departure(item, dossier)
    inside = custody.state_of(entry)["papers"]
    if entry.state is not None and entry.item_id == item.pk:
        inside = {key for key, where in inside.items() if where == entry.held_by_id}
    papers = [x for x in dossier.papers.all() if str(x.position) in inside]
    has_result = item.leg == Leg.RETURN and entry.step != Step.PAPERS_MOVED
    return Contents(dossier, papers, has_result)


def _departure(item: PostalItem, dossier: Dossier) -> CustodyEntry:
    """The entry that tells what went into the envelope.

    One received or returned in a single step tells it without naming the envelope.
    """
    log = dossier.custody.select_related("held_by").order_by("sequence")
    step = Step.RECEIVED if item.leg == Leg.INTAKE else Step.RETURNED
    told = log.filter(item=item).first() or log.filter(step=step).first()
    return told or log.last()
