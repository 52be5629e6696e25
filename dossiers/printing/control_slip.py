"""Phiếu kiểm soát quá trình giải quyết hồ sơ, written by the custody log.

TT 01/2018/TT-VPCP, Mẫu 05; TT 03/2025/TT-VPCP, Mẫu 06.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from dossiers import permissions
from dossiers.deadlines import Timeliness, timeliness
from dossiers.models import CustodyEntry, Dossier, PostalItem
from dossiers.printing.sheets import Kind, head_of, sheet_on
from dossiers.statuses import IntakeChannel, ReturnChannel, Step
from postal_tthc.accounts.models import Organisation
from procedures.models import Leg

APPLICANT = "Người nộp hồ sơ"
POST = "Bưu chính công ích"
# Lines left to be written by hand while the dossier goes on.
LEAST_LINES = 4
RESULTS: dict[Timeliness, str] = {
    Timeliness.EARLY: "Trước hạn",
    Timeliness.ON_TIME: "Đúng hạn",
    Timeliness.OVERDUE: "Quá hạn",
}
# The papers come from outside: from the applicant, or the post for him.
COMES_IN = frozenset({Step.RECEIVED, Step.SUPPLEMENTED})
NOTES: dict[Step, str] = {
    Step.ANNOUNCED: "Gửi hồ sơ qua bưu chính",
    Step.SUPPLEMENTED: "Bổ sung hồ sơ",
    Step.RESULT_READY: "Kết quả giải quyết",
    Step.HANDED_TO_POST: "Chuyển trả kết quả",
    Step.CAME_BACK: "Phát không thành công, chuyển hoàn",
    Step.DELIVERED: "Trả kết quả",
    Step.RETURNED: "Trả kết quả",
    Step.REFUSED: "Từ chối giải quyết, trả lại hồ sơ",
    Step.WITHDRAWN: "Người nộp rút hồ sơ",
    Step.DISCONTINUED: "Dừng giải quyết, trả lại hồ sơ",
    Step.PAPERS_MOVED: "Trả lại giấy tờ",
}


@dataclass(frozen=True)
class Transfer:
    """One line: from whose hands into whose, and what stands for the signatures.

    A name is that of whoever recorded it, on the side he belongs to. ``vouchers``
    are documents of the post and their numbers; they stand instead of signatures.
    """

    giver: str
    receiver: str
    at: datetime
    giver_name: str
    receiver_name: str
    vouchers: tuple[tuple[str, str], ...]
    result: str
    note: str


def context(dossier: Dossier) -> dict[str, Any]:
    """The slip of a received dossier, in the regime of the day of receipt."""
    day = timezone.localdate(dossier.received_at)
    found = transfers(dossier)
    blank = 0 if dossier.closed_on else max(LEAST_LINES - len(found), 1)
    return {
        "sheet": sheet_on(Kind.CONTROL_SLIP, day),
        "head": head_of(dossier.desk, day),
        "dossier": dossier,
        "transfers": found,
        "blank_lines": range(blank),
        "results": list(RESULTS.values()),
    }


def transfers(dossier: Dossier) -> list[Transfer]:
    """Every change of hands that stands, oldest first."""
    found, holder = [], None
    for entry in permissions.standing_moves(dossier):
        comes_in = entry.step in COMES_IN
        if comes_in or entry.held_by != holder:
            item = _item(dossier, entry)
            giver = _from_outside(entry, item) if comes_in else holder
            found.append(_transfer(dossier, entry, giver, item))
        holder = entry.held_by
    return found


def _transfer(
    dossier: Dossier,
    entry: CustodyEntry,
    giver: Organisation | None,
    item: PostalItem | None,
) -> Transfer:
    step, vouchers = Step(entry.step), _vouchers(entry, item)
    signs = "" if vouchers else str(entry.by)
    result = ""
    if step == Step.RESULT_READY:
        days = dossier.due_on, dossier.finished_on
        result = RESULTS[timeliness(*days, dossier.finished_on)]
    return Transfer(
        giver=giver.name if giver else _outside(entry, vouchers),
        receiver=entry.held_by.name if entry.held_by else APPLICANT,
        at=entry.at,
        giver_name=signs if entry.by.organisation == giver else "",
        receiver_name=signs if entry.by.organisation == entry.held_by else "",
        vouchers=vouchers,
        result=result,
        note=NOTES.get(step, ""),
    )


def _outside(entry: CustodyEntry, vouchers: tuple[tuple[str, str], ...]) -> str:
    """Who gives what no organisation of ours gives."""
    return POST if vouchers and entry.step in COMES_IN else APPLICANT


def _from_outside(entry: CustodyEntry, item: PostalItem | None) -> Organisation | None:
    """The post office that brought it; None for the applicant, or when unknown."""
    if entry.handover:
        return entry.handover.post_office
    return item.post_office if item else None


def _item(dossier: Dossier, entry: CustodyEntry) -> PostalItem | None:
    """The envelope of a line: told by the entry, by its minutes, or by the leg.

    The leg answers for dossiers received or returned in one step with it.
    """
    if entry.item:
        return entry.item
    if entry.handover:
        line = entry.handover.lines.filter(dossier=dossier).first()
        return line.item if line else None
    leg = None
    if entry.step == Step.RECEIVED:
        by_post = dossier.intake_channel == IntakeChannel.PUBLIC_POST
        leg = Leg.INTAKE if by_post else None
    elif entry.step == Step.RETURNED and entry.state is None:
        by_post = dossier.return_channel == ReturnChannel.PUBLIC_POST
        leg = Leg.RETURN if by_post else None
    items = dossier.postal_items.filter(leg=leg).order_by("pk")
    return items.first() if leg else None


def _vouchers(
    entry: CustodyEntry, item: PostalItem | None
) -> tuple[tuple[str, str], ...]:
    told = []
    if item:
        told.append(("Số hiệu bưu gửi", item.number))
        if item.proof_of_posting:
            told.append(("Chứng từ bưu chính", item.proof_of_posting))
    if entry.handover:
        told.append(("Biên bản giao nhận", entry.handover.code))
    return tuple(told)
