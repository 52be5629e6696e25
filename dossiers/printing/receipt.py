"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả: TT 01/2018 and TT 03/2025, Mẫu 01."""

from datetime import date
from typing import Any

from django.utils import timezone

from dossiers import clock, permissions, whereabouts
from dossiers.models import Dossier
from dossiers.printing.sheets import Kind, Signature, head_of, sheet_on
from dossiers.statuses import IntakeChannel, ReturnChannel, Step
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import write_date
from procedures.models import Leg
from procedures.working_days import TimeUnit

# Two copies: one travels with the control slip, one is the applicant's.
COPIES = ((1, "Lưu"), (2, "Giao khách hàng"))
UNITS = {TimeUnit.WORKING_DAYS: "ngày làm việc", TimeUnit.CALENDAR_DAYS: "ngày"}


def context(dossier: Dossier) -> dict[str, Any]:
    """What the receipt says of a received dossier, in the regime of that day."""
    received = next(
        entry
        for entry in reversed(permissions.standing_moves(dossier))
        if entry.step in (Step.RECEIVED, Step.IMPORTED)
    )
    day = timezone.localdate(dossier.received_at)
    by_post = dossier.intake_channel == IntakeChannel.PUBLIC_POST
    came_in = dossier.postal_items.filter(leg=Leg.INTAKE).order_by("pk")
    return {
        "sheet": sheet_on(Kind.RECEIPT, day),
        "head": head_of(dossier.desk, day),
        "dossier": dossier,
        "desk": without_repetition(dossier.desk),
        "copies": COPIES,
        "papers": dossier.papers.all(),
        "processing_time": _processing_time(dossier),
        "came_by_post": by_post,
        "came_in": came_in.first(),
        "handover": received.handover,
        "recounted": _recounted(dossier),
        "goes_to": _goes_to(dossier),
        "expected_delivery": _expected_delivery(dossier),
        "signatures": (
            Signature(
                "NGƯỜI NỘP HỒ SƠ",
                name="" if by_post else submitter(dossier),
                instead="(Nộp qua dịch vụ bưu chính công ích)" if by_post else "",
            ),
            Signature("NGƯỜI TIẾP NHẬN HỒ SƠ", name=str(received.by)),
        ),
    }


def submitter(dossier: Dossier) -> str:
    """Who hands it in: whoever is authorised, else the applicant."""
    return dossier.representative_name or dossier.applicant_name


def without_repetition(desk: Organisation) -> str:
    """The desk, with the name of its agency where its own does not tell it."""
    agency = desk.parent
    if agency is None or agency.kind == Organisation.Kind.PROVINCE:
        return desk.name
    return desk.name if agency.name in desk.name else f"{desk.name} – {agency.name}"


def _processing_time(dossier: Dossier) -> str:
    if not dossier.processing_time:
        return "trả kết quả ngay"
    return f"{dossier.processing_time} {UNITS[TimeUnit(dossier.time_unit)]}"


def _recounted(dossier: Dossier) -> str:
    """Why the due date is another one than the first, if it is."""
    known = clock.intervals(dossier)
    if not known or known[0].due_on == dossier.due_on:
        return ""
    return (
        f"Ngày hẹn lần đầu: {write_date(known[0].due_on)}; được tính lại từ ngày "
        f"{write_date(known[-1].start)}, khi người nộp đã bổ sung hồ sơ hoặc hoàn "
        "thành nghĩa vụ tài chính."
    )


def _goes_to(dossier: Dossier) -> str:
    if dossier.return_channel == ReturnChannel.PUBLIC_POST:
        told = (dossier.return_name, dossier.return_phone, dossier.return_address)
        return "qua dịch vụ bưu chính công ích: " + ", ".join(filter(None, told))
    if dossier.return_channel == ReturnChannel.ONLINE:
        return "trực tuyến"
    return without_repetition(dossier.desk)


def _expected_delivery(dossier: Dossier) -> date | None:
    """The due date and J+n: the post's days are outside the processing time."""
    if dossier.return_channel != ReturnChannel.PUBLIC_POST:
        return None
    return whereabouts.delivered_if_posted_on(dossier.reappointed_to or dossier.due_on)
