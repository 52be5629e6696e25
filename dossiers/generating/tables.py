"""The tables that synthetic dossiers fill: their columns, and what never changes."""

from typing import Any

from dossiers.postal_statuses import Payer, Service
from procedures.models import TransitNorm

NOTE = "Dữ liệu tổng hợp để thử (mẫu)"
# Room in the numbers of rows: so many rows of a kind one dossier has at most.
ENTRIES, PAPERS, ITEMS, EVENTS = 16, 4, 2, 8

Rows = dict[str, list[tuple[Any, ...]]]


def _names(words: str) -> list[str]:
    return words.split()


# What each row says for itself, in this order.
COLUMNS: dict[str, list[str]] = {
    "dossier": _names(
        "id code public_token agency_id desk_id procedure_id processing_time "
        "time_unit clock_policy applicant_kind applicant_name applicant_id_number "
        "applicant_phone applicant_email applicant_address representative_name "
        "intake_channel return_channel return_name return_phone return_address "
        "received_at clock_started_on due_on clock_stopped_on status finished_on "
        "returned_on closed_on why_not_post closing_reason entered_by_id search_text "
        "last_seal"
    ),
    "paper": _names("id dossier_id position name form held_by_id outcome"),
    "item": _names(
        "id number leg post_office_id status recipient_name recipient_phone "
        "recipient_address posted_on expected_on news_due_on delivered_on "
        "delivered_to postage_dong"
    ),
    "carried": _names("id postalitem_id dossier_id"),
    "event": _names("id item_id status reason at by_id recorded_at"),
    "entry": _names(
        "id dossier_id sequence step status at by_id held_by_id item_id state note "
        "recorded_at previous_seal seal"
    ),
}
# What all rows of a table say alike: it need not be dealt, sent and bound each time.
FIXED: dict[str, dict[str, str | int | None]] = {
    "dossier": {
        "sets": 1,
        "representative_id_number": "",
        "representative_phone": "",
        "book_line": "",
        "reappointed_to": None,
        "note": NOTE,
    },
    "paper": {"quantity": 1, "sheets": None},
    "item": {
        "service": Service.DOSSIER_POST.value,
        "route": TransitNorm.Route.WITHIN_PROVINCE.value,
        "proof_of_posting": "",
        "seal_number": "",
        "opened_seal_number": "",
        "payer": Payer.APPLICANT.value,
        "collect_dong": 0,
        "recovers": "",
        "remitted_on": None,
    },
    "carried": {},
    "event": {"place": "", "note": "", "is_void": 0},
    "entry": {"handover_id": None},
}


def empty() -> Rows:
    """No rows of any table."""
    return {name: [] for name in COLUMNS}
