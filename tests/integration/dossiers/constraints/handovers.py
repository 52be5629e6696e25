"""Bad handover minutes and lines; the rows are written by hand.

The second minutes are signed by the desk alone, and their second line is plain.
"""

from datetime import date

from dossiers.models import Handover, HandoverLine
from dossiers.statuses import Status
from tests.factories.dossiers import at, dossier_at
from tests.factories.offices import Office

MODELS = (Handover, HandoverLine)
DAY = date(2020, 6, 4)
FIT = "handover_signatures_fit_its_status"
BY_POST = "locked_handover_is_signed_by_the_post"
LOCKED = {"status": "locked", "signed_at": at(DAY)}
BAD = [
    (Handover, "handover_direction_is_known", {"direction": "up"}),
    (Handover, FIT, {"status": "forgotten"}),
    (Handover, FIT, {"status": "open"}),
    (Handover, FIT, {"status": "abandoned"}),
    (Handover, FIT, {"desk_signed_by": None}),
    (Handover, FIT, {"desk_signed_at": None}),
    (Handover, FIT, {"number": None}),
    (Handover, FIT, {"signed_at": at(DAY)}),
    (Handover, FIT, {"status": "locked", "post_signatory": "A", "scan": "a.pdf"}),
    (Handover, BY_POST, LOCKED),
    (Handover, BY_POST, {**LOCKED, "post_signatory": "Nguyễn Văn Bưu"}),
    (Handover, BY_POST, {**LOCKED, "scan": "handovers/a.pdf"}),
    (HandoverLine, "line_kind_is_known", {"kind": "gift"}),
    (HandoverLine, "line_names_what_it_hands_over", {"kind": "unknown"}),
    (HandoverLine, "line_names_what_it_hands_over", {"kind": "remittance"}),
    *[
        (HandoverLine, "line_names_what_it_hands_over", {"kind": kind, "dossier": None})
        for kind in ("dossier", "supplement", "came_back", "result", "papers")
    ],
    (HandoverLine, "line_that_is_not_plain_says_why", {"set_aside": True}),
    (HandoverLine, "line_that_is_not_plain_says_why", {"is_complete": False}),
]
ALSO_BROKEN = {FIT: BY_POST}
DOUBLES = [
    (
        Handover,
        ["desk", "post_office", "direction"],
        {
            "status": "open",
            "desk_signed_at": None,
            "desk_signed_by": None,
            "number": None,
        },
    ),
    (Handover, ["desk", "day", "number"], {}),
    (HandoverLine, ["handover", "position"], {}),
    (HandoverLine, ["handover", "dossier", "kind"], {}),
    (HandoverLine, ["cancels"], {}),
]


def make_rows(office: Office) -> dict[object, list]:
    signed = [
        Handover.objects.create(
            status="desk_signed",
            number=number,
            desk_signed_by=office.clerk,
            desk_signed_at=at(DAY),
            **_minutes(office),
        )
        for number in (1, 2)
    ]
    Handover.objects.create(status="open", **_minutes(office))
    plain = [
        _line(office, signed[0], position, dossier=dossier_at(Status.ANNOUNCED, office))
        for position in (1, 2)
    ]
    cancelling = [
        _line(office, signed[0], line.position + 2, cancels=line, dossier=line.dossier)
        for line in plain
    ]
    return {
        Handover: signed,
        HandoverLine: plain,
        (HandoverLine, "cancels"): cancelling,
    }


def _minutes(office: Office) -> dict[str, object]:
    return {
        "desk": office.desk,
        "post_office": office.post_office,
        "direction": "in",
        "opened_by": office.clerk,
        "opened_at": at(DAY),
        "day": DAY,
    }


def _line(office: Office, handover: Handover, position: int, **values) -> HandoverLine:
    return HandoverLine.objects.create(
        handover=handover,
        position=position,
        kind="dossier",
        scanned="EA000000014VN",
        note="Nhầm" if "cancels" in values else "",
        added_by=office.clerk,
        added_at=at(DAY),
        **values,
    )
