"""The complaint to the post about an item: an official letter to be signed.

TT 17/2017/TT-BTTTT, Điều 8: within six months from the end of the transit time.
NĐ 30/2020/NĐ-CP, Phụ lục I: the layout of a letter.
"""

from typing import Any

from django.utils import timezone

from dossiers.incident_rules import REISSUED_AFTER, floor_of
from dossiers.item_history import attempts, last_news
from dossiers.models import Incident, PostalEvent
from dossiers.printing.notices import SEALED
from dossiers.printing.sheets import Sheet, Signature, head_of
from postal_tthc.lib.vietnamese import write_date, write_number
from procedures.transit import answer_days, norm_on

Kind = Incident.Kind

# What the letter is about, after «V/v».
SUBJECTS: dict[str, str] = {
    Kind.SILENCE: "khiếu nại bưu gửi chậm, chưa có thông tin",
    Kind.LOST: "khiếu nại bưu gửi bị mất, thất lạc",
    Kind.DAMAGED: "khiếu nại bưu gửi bị hư hỏng",
    Kind.SEAL: "khiếu nại về niêm phong của bưu gửi",
    Kind.COUNT: "khiếu nại về số lượng giấy tờ trong bưu gửi",
}
CLOSING = "Rất mong nhận được sự phối hợp của Quý đơn vị./."
POST_OFFICE = "Bưu điện tỉnh"  # an old item may not say which
# What is claimed at least (NĐ 47/2011/NĐ-CP, Điều 25).
CLAIMS: dict[str, str] = {
    Kind.SILENCE: "hoàn trả cước dịch vụ trong trường hợp bưu gửi được phát chậm so "
    "với thời gian toàn trình đã công bố",
    Kind.LOST: "bồi thường thiệt hại với mức tối thiểu bằng 04 (bốn) lần cước của "
    "dịch vụ đã sử dụng (bao gồm cả hoàn trả cước)",
}


def context(incident: Incident) -> dict[str, Any]:
    """The facts of the letter. Number and day are written in by the records office."""
    item = incident.item
    inside = list(item.dossiers.select_related("agency", "procedure").order_by("pk"))
    agency = inside[0].agency if inside else incident.opened_by.organisation.scope
    norm = item.posted_on and norm_on(item.route, item.posted_on)
    floor = floor_of(incident.kind, incident.liable)
    claimed = incident.compensation_due_dong
    if claimed is None and floor:
        claimed = floor.dong(item.postage_dong)
    return {
        "sheet": Sheet("Khiếu nại bưu gửi", "", (), (CLOSING,), "A4"),
        "head": head_of(agency, None, number="Số: ………/………"),
        "agency": agency,
        "incident": incident,
        "item": item,
        "subject": SUBJECTS[incident.kind],
        "to": item.post_office.name if item.post_office else POST_OFFICE,
        "dossiers": inside,
        "norm_source": norm.source if norm else "",
        "news": _news(last_news(item)),
        "attempts": len(attempts(item)),
        "answer_days": f"{answer_days(item.route):02}",
        "claim": CLAIMS.get(incident.kind, ""),
        "asks_anew": incident.kind in REISSUED_AFTER,
        "claimed": write_number(claimed) if claimed else "",
        "postage": write_number(item.postage_dong) if item.postage_dong else "",
        "signatures": [Signature("THỦ TRƯỞNG CƠ QUAN", hint=SEALED)],
    }


def _news(event: PostalEvent | None) -> str:
    if event is None:
        return ""
    day = write_date(timezone.localdate(event.at))
    place = f", {event.place}" if event.place else ""
    return f"{event.get_status_display()} ({day}{place})"
