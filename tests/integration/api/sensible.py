"""What a program that knows its business would send, where the least is not enough."""

from typing import Any

from procedures.models import Decision, Procedure
from tests.factories.dossiers import envelope
from tests.integration.api.routes import Operation, There, body_of

THEN = "2020-06-03T09:00:00+07:00"
# Beside the least that the schema asks for.
MORE: dict[str, dict[str, Any]] = {
    "dossiers_take_back": {"reason": "Nhầm hồ sơ"},
    "dossiers_reappointed": {"new_date": "2020-06-30", "at": THEN},
    "dossiers_supplement_requested": {"at": THEN},
    "dossiers_handed_to_post": {"accept_doubts": True},
    "dossiers_correct": {"note": "Gọi buổi sáng"},
    "items_correct": {"postage_dong": 26_000},
    "items_news": {"status": "in_transit"},
    "handovers_write_line": {"note": "Đếm lại"},
    "incidents_report": {"kind": "damaged", "papers": [1]},
    "incidents_follow_up": {"liability_basis": "Biên bản"},
    "incidents_resolve": {"outcome": "explained"},
    "reports_start": {"periods": ["2020-H1"]},
    "reports_change": {"recipients": "Như trên\nLưu: VT"},
    "reports_send": {"number": 7, "dated_on": "2020-10-06"},
    "reports_save_words": {
        "paragraphs": [{"section": "tasks", "text": "Tiếp tục tuyên truyền."}]
    },
    "outreach_record": {"held_on": "2020-06-01"},
    "outreach_correct": {"reached": 40},
    "totals_enter": {
        "rows": [{"procedure": "9.000001", "received": 4}],
        "reason": "Đếm lại",
    },
}
ENTRIES = ("dossiers_receive", "dossiers_register")


def body(operation: Operation, there: There, place: int) -> Any:
    """The body for the thing at this place of its list."""
    told = body_of(operation)
    if told is None:
        return None
    told |= MORE.get(operation.name, {})
    if operation.name in ENTRIES:
        code = Procedure.objects.get(pk=there["procedures"][0]).code
        told |= {"procedure": code, "received_at": "2020-06-01T09:00:00+07:00"}
    if operation.name == "dossiers_handed_to_post":
        told["item_number"] = envelope(77).number
    if operation.name == "handovers_scan":
        told["scanned"] = str(there["dossiers"][place % len(there["dossiers"])])
    if operation.name == "incidents_report":
        told["dossier"] = there["dossiers"][place % len(there["dossiers"])]
    if operation.name == "reports_change":
        told["legal_bases"] = list(Decision.objects.values_list("pk", flat=True))
    return told
