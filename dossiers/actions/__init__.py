"""The verbs: one function, one transaction, one entry in the log."""

from dossiers.actions.correcting import correct
from dossiers.actions.correcting_items import correct_item
from dossiers.actions.countering import cancel_line
from dossiers.actions.delivering import (
    come_back,
    deliver,
    record_attempt,
    record_news,
    void_last_news,
)
from dossiers.actions.drafting import discard_draft, keep_draft
from dossiers.actions.handing_over import (
    abandon,
    record_paper_signature,
    reopen,
    sign_for_desk,
    sign_for_post,
)
from dossiers.actions.incidents import open_silence_case, report_incident
from dossiers.actions.moving import (
    discontinue,
    give_papers_back,
    mark_result_ready,
    refuse,
    return_result,
    start_processing,
    withdraw,
)
from dossiers.actions.opening import enter_totals, remove_month
from dossiers.actions.pausing import (
    reappoint,
    receive_supplement,
    record_payment,
    request_payment,
    request_supplement,
)
from dossiers.actions.posting import hand_to_post, post_papers_home
from dossiers.actions.receiving import receive, receive_registered, register
from dossiers.actions.resolving import follow_up, resolve_incident
from dossiers.actions.scanning import open_handover, remove_line, scan, write_line
from dossiers.actions.undoing import take_back

__all__ = [
    "abandon",
    "cancel_line",
    "come_back",
    "correct",
    "correct_item",
    "deliver",
    "discard_draft",
    "discontinue",
    "enter_totals",
    "follow_up",
    "give_papers_back",
    "hand_to_post",
    "keep_draft",
    "mark_result_ready",
    "open_handover",
    "open_silence_case",
    "post_papers_home",
    "reappoint",
    "receive",
    "receive_registered",
    "receive_supplement",
    "record_attempt",
    "record_news",
    "record_paper_signature",
    "record_payment",
    "refuse",
    "register",
    "remove_line",
    "remove_month",
    "reopen",
    "report_incident",
    "request_payment",
    "request_supplement",
    "resolve_incident",
    "return_result",
    "scan",
    "sign_for_desk",
    "sign_for_post",
    "start_processing",
    "take_back",
    "void_last_news",
    "withdraw",
    "write_line",
]
