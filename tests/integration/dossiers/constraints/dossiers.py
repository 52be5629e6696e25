"""Bad dossiers: the second one has just been received."""

from datetime import date, timedelta

from dossiers.models import Dossier
from dossiers.statuses import (
    ENDED_EARLY,
    EXPECTED,
    FINISHED,
    OPEN,
    PAUSED,
    ReturnChannel,
    Status,
)
from tests.factories.dossiers import MONDAY, dossier_at, envelope, receive
from tests.factories.offices import Office

MODELS = (Dossier,)
DAY, BEFORE = date(2020, 6, 4), MONDAY - timedelta(days=1)
DUE = date(2020, 6, 16)
ENDED = {"finished_on": DAY, "closing_reason": "x"}
READY = {"status": Status.RESULT_READY, "finished_on": DAY}
SENT = {"status": Status.RETURNED, "finished_on": DAY, "returned_on": DAY}

KNOWN = [
    ("dossier_status_is_known", {"status": "lost"}),
    ("dossier_status_is_known", {"status": ""}),
    ("dossier_intake_channel_is_known", {"intake_channel": "pigeon"}),
    ("dossier_return_channel_is_known", {"return_channel": "other_courier"}),
    ("dossier_applicant_kind_is_known", {"applicant_kind": "ghost"}),
    ("dossier_clock_policy_is_known", {"clock_policy": "hurry"}),
    ("dossier_why_not_post_is_known", {"why_not_post": "rain"}),
    ("dossier_has_sensible_sets", {"sets": 0}),
    ("dossier_has_an_applicant", {"applicant_name": ""}),
    (
        "dossier_returned_by_post_has_an_address",
        {"return_channel": ReturnChannel.PUBLIC_POST, "return_name": "A"},
    ),
    (
        "dossier_returned_by_post_has_an_address",
        {"return_channel": ReturnChannel.PUBLIC_POST, "return_address": "Số 1"},
    ),
]
FIT = "dossier_days_fit_its_status"
DAYS_OF_A_STATUS = [
    # Not received yet: the clock of the second dossier runs already.
    *[(FIT, {"status": status}) for status in sorted(EXPECTED)],
    # The work goes on, and yet it is finished, or has no day by which it is due.
    *[
        (FIT, {"status": status, "clock_stopped_on": stopped, **more})
        for status in sorted(OPEN)
        for stopped in [DAY if status in PAUSED else None]
        for more in ({"finished_on": DAY}, {"due_on": None})
    ],
    # Finished, and no day says when; or it left, and no day says so.
    *[(FIT, {"status": status, "closing_reason": "x"}) for status in sorted(FINISHED)],
    *[(FIT, {"status": status, **ENDED, "returned_on": DAY}) for status in ENDED_EARLY],
    *[(FIT, {"status": status, "closing_reason": "x"}) for status in ENDED_EARLY],
    *[
        (FIT, {**SENT, "status": status, missing: None})
        for status in (Status.WITH_POST, Status.UNDELIVERED, Status.RETURNED)
        for missing in ("finished_on", "returned_on", "due_on")
    ],
    (FIT, {**READY, "returned_on": DAY}),
    (FIT, {**READY, "due_on": None}),
]
DAYS_AGAINST_DAYS = [
    ("dossier_with_a_clock_has_a_code", {"code": None}),
    ("dossier_stands_still_while_it_waits", {"clock_stopped_on": DAY}),
    *[
        ("dossier_stands_still_while_it_waits", {"status": status})
        for status in sorted(PAUSED)
    ],
    ("dossier_is_due_after_its_clock_starts", {"due_on": BEFORE}),
    ("dossier_is_reappointed_after_it_is_due", {"reappointed_to": DUE}),
    (
        "dossier_is_finished_after_its_clock_starts",
        {**READY, "finished_on": BEFORE},
    ),
    (
        "dossier_is_returned_after_it_is_finished",
        {**SENT, "returned_on": MONDAY + timedelta(days=1)},
    ),
    ("dossier_is_closed_after_its_work", {"closed_on": DAY}),
    ("dossier_is_closed_after_its_work", {**READY, "closed_on": DAY}),
    ("dossier_is_closed_after_its_work", {**SENT, "closed_on": MONDAY}),
    *[
        (
            "dossier_ended_early_has_a_reason",
            {"status": status, "finished_on": DAY, "closing_reason": ""},
        )
        for status in ENDED_EARLY
    ],
]
BAD = [
    (Dossier, constraint, bad)
    for constraint, bad in (*KNOWN, *DAYS_OF_A_STATUS, *DAYS_AGAINST_DAYS)
]
# An unknown status has no days that fit it; each database names another check first.
ALSO_BROKEN = {"dossier_status_is_known": FIT}
DOUBLES = [
    (Dossier, ["code"], {}),
    (Dossier, ["public_token"], {}),
    (Dossier, ["desk", "book_line"], {}),
]


def make_rows(office: Office) -> dict[type, list]:
    dossier_at(Status.PROCESSING, office, item=envelope(1), book_line="3/7")
    receive(office, on=MONDAY + timedelta(days=1), item=envelope(2), book_line="3/8")
    return {Dossier: list(Dossier.objects.order_by("pk"))}
