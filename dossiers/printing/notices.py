"""What the applicant was told in writing, printed from the notice that was kept.

Mẫu 02, 03 and 04 of both circulars, and Mẫu 05 of TT 03/2025/TT-VPCP.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dossiers.models import Notice
from dossiers.printing.receipt import submitter
from dossiers.printing.sheets import Kind, Signature, head_of, sheet_on
from procedures.models import RequiredPaper

BY_HAND = "………"
SEALED = "(Ký, ghi rõ họ tên, đóng dấu)"


@dataclass(frozen=True)
class Layout:
    """Who writes a kind of notice, and what stands after its number.

    ``is_of_desk``: the one-stop desk writes it, otherwise the agency itself.
    """

    is_of_desk: bool
    symbol: str = ""


LAYOUTS: dict[Notice.Kind, Layout] = {
    Notice.Kind.SUPPLEMENT: Layout(is_of_desk=True, symbol="/HDHS"),
    Notice.Kind.REFUSAL: Layout(is_of_desk=True),
    Notice.Kind.APOLOGY: Layout(is_of_desk=False),
    Notice.Kind.DISCONTINUATION: Layout(is_of_desk=False),
}


@dataclass(frozen=True)
class Asked:
    """One line of the papers asked for: how many of each form."""

    name: str
    original: int | str = ""
    certified_copy: int | str = ""
    copy: int | str = ""


def context(notice: Notice) -> dict[str, Any]:
    """The notice in the words that were kept, on the form of the day it was given."""
    kind = Notice.Kind(notice.kind)
    layout, dossier = LAYOUTS[kind], notice.dossier
    day = timezone.localdate(notice.issued_at)
    number = notice.number or f"{BY_HAND}{layout.symbol}"
    writer = dossier.desk if layout.is_of_desk else dossier.agency
    return {
        "sheet": sheet_on(Kind(kind.value), day),
        "head": head_of(writer, day, number=f"Số: {number}"),
        "notice": notice,
        "dossier": dossier,
        "asked": [_asked(paper) for paper in notice.papers],
        "signatures": _signatures(notice),
    }


def _asked(paper: Mapping[str, Any]) -> Asked:
    form = RequiredPaper.Form(paper.get("form") or RequiredPaper.Form.ORIGINAL)
    return Asked(paper["name"], **{form.value: paper.get("quantity") or 1})


def _signatures(notice: Notice) -> tuple[Signature, ...]:
    if notice.kind == Notice.Kind.SUPPLEMENT:
        return (Signature("NGƯỜI HƯỚNG DẪN", name=str(notice.by)),)
    if notice.kind == Notice.Kind.REFUSAL:
        return (
            Signature("NGƯỜI NỘP HỒ SƠ", name=submitter(notice.dossier)),
            Signature("NGƯỜI TIẾP NHẬN HỒ SƠ", name=str(notice.by)),
        )
    return (Signature("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", hint=SEALED),)
