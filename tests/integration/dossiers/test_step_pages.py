"""The small pages of the steps: a day, a reason, and what they refuse."""

import pytest
from django.utils import timezone

from dossiers import actions
from dossiers.models import Dossier
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, at, dossier_at, receive
from tests.factories.offices import Office
from tests.integration.dossiers.faults import everything_kept
from tests.integration.dossiers.pages import fields_of

DAY = {"on": "10/06/2020"}
REASON = {"reason": "Sai thẩm quyền"}
LAW = {"legal_basis": "Luật Hộ tịch"}
# Step, the status it starts from, what is typed, where it leads, what is said.
STEPS = {
    "received": (Status.REGISTERED, DAY, Status.RECEIVED, "received"),
    "processing": (Status.RECEIVED, DAY, Status.PROCESSING, "being processed"),
    "supplement_requested": (
        Status.PROCESSING,
        {**DAY, **REASON, **LAW},
        Status.AWAITING_SUPPLEMENT,
        "supplement requested",
    ),
    "supplemented": (Status.AWAITING_SUPPLEMENT, DAY, Status.RECEIVED, "received"),
    "payment_requested": (
        Status.PROCESSING,
        {**DAY, **REASON},
        Status.AWAITING_PAYMENT,
        "payment requested",
    ),
    "paid": (Status.AWAITING_PAYMENT, DAY, Status.PROCESSING, "being processed"),
    "reappointed": (
        Status.PROCESSING,
        {**DAY, **REASON, "new_date": "18/06/2020"},
        Status.PROCESSING,
        "being processed",
    ),
    "result_ready": (Status.PROCESSING, DAY, Status.RESULT_READY, "result ready"),
    "returned": (Status.RESULT_READY, DAY, Status.RETURNED, "result returned"),
    "refused": (Status.PROCESSING, {**DAY, **REASON}, Status.REFUSED, "refused"),
    "withdrawn": (Status.RECEIVED, {**DAY, **REASON}, Status.WITHDRAWN, "withdrawn"),
    "discontinued": (
        Status.AWAITING_PAYMENT,
        {**DAY, **REASON},
        Status.DISCONTINUED,
        "discontinued",
    ),
}
each_step = pytest.mark.parametrize(
    ("step", "start", "fields", "ends", "said"),
    [(step, *rest) for step, rest in STEPS.items()],
    ids=STEPS,
)


@pytest.fixture
def clerk(sign_in):
    return sign_in("clerk")


def address(dossier: Dossier, step: str) -> str:
    return f"{dossier.get_absolute_url()}{step}/"


@each_step
def test_a_step_is_made_and_said(clerk, office, step, start, fields, ends, said):
    dossier = dossier_at(start, office)

    page = clerk.post(address(dossier, step), fields, follow=True)

    dossier.refresh_from_db()
    assert page.redirect_chain == [(dossier.get_absolute_url(), 302)]
    assert f"Dossier {dossier.code}: {said}." in page.text
    assert (dossier.status, dossier.custody.last().step) == (ends, step)
    assert timezone.localdate(dossier.custody.last().at).isoformat() == "2020-06-10"


@each_step
def test_the_page_offers_today(
    clerk, office, time_machine, step, start, fields, ends, said
):
    dossier = dossier_at(start, office)
    time_machine.move_to(at(MONDAY, hour=0), tick=False)  # still Sunday in UTC

    assert fields_of(clerk.get(address(dossier, step)))["on"] == "01/06/2020"


@each_step
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        pytest.param("", "This field is required", id="none"),
        pytest.param("29/02/2021", "Enter a valid date", id="no such day"),
        pytest.param("31/12/9999", "This day is in the future", id="future"),
        pytest.param("01/01/0001", "this one cannot be earlier", id="year 1"),
        pytest.param("31/05/2020", "this one cannot be earlier", id="too early"),
        pytest.param("10/06/2020\x00", "Enter a valid date", id="NUL"),
    ],
)
def test_a_bad_day_is_told_and_nothing_is_lost(
    clerk, office, step, start, fields, ends, said, day, sentence
):
    dossier = dossier_at(start, office)
    before = everything_kept()
    fields = {**fields, "on": day}

    page = clerk.post(address(dossier, step), fields)

    assert page.status_code == 422
    assert sentence in page.text
    assert fields.items() <= fields_of(page).items()
    assert everything_kept() == before


def take_back_and_do_again(dossier: Dossier, office: Office) -> None:
    """The clerk, who makes it, is the one who may take it back."""
    actions.take_back(dossier, reason="x", by=office.leader, at=at(MONDAY))
    actions.start_processing(dossier, by=office.clerk, at=at(MONDAY))


NEEDS_A_REASON = {
    "supplement_requested": Status.RECEIVED,
    "payment_requested": Status.PROCESSING,
    "reappointed": Status.RECEIVED,
    "refused": Status.RECEIVED,
    "withdrawn": Status.RECEIVED,
    "discontinued": Status.PROCESSING,
    "take-back": Status.PROCESSING,
}


@pytest.mark.parametrize("step", NEEDS_A_REASON)
@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "This field is required"),
        (" \n\t ", "This field is required"),
        ("x" * 501, "at most 500"),
        ("a\x00b", "Null characters"),
    ],
)
def test_without_a_fit_reason_nothing_is_written(clerk, office, step, reason, sentence):
    dossier = dossier_at(NEEDS_A_REASON[step], office)
    if step == "take-back":
        take_back_and_do_again(dossier, office)
    before = everything_kept()

    typed = {**DAY, "reason": reason, "new_date": "18/06/2020"}
    page = clerk.post(address(dossier, step), typed)

    assert page.status_code == 422
    assert sentence in page.text
    assert fields_of(page)["reason"].strip() == reason.strip()
    assert everything_kept() == before


def test_a_reason_is_kept_and_shown_as_text(clerk, office):
    dossier = receive(office)
    markup = "<script>alert(1)</script>"

    page = clerk.post(
        address(dossier, "withdrawn"), {**DAY, "reason": markup}, follow=True
    )

    dossier.refresh_from_db()
    assert dossier.closing_reason == markup
    assert "<script>alert" not in page.text


def test_the_last_step_is_taken_back_with_its_reason(clerk, office):
    dossier = dossier_at(Status.RETURNED, office)

    page = clerk.post(address(dossier, "take-back"), REASON, follow=True)

    dossier.refresh_from_db()
    assert dossier.status == Status.RESULT_READY
    assert f"The last step of dossier {dossier.code} was taken back." in page.text
    assert "Sai thẩm quyền" in page.text


def test_a_step_made_meanwhile_by_somebody_else_is_told(clerk, office):
    dossier = dossier_at(Status.RETURNED, office)

    page = clerk.get(address(dossier, "returned"))

    assert page.status_code == 409
    assert f"{dossier.code} is «Result returned»" in page.text


@pytest.mark.parametrize("step", ["delivered", "posted", "no-such-step", "PROCESSING"])
def test_a_step_that_does_not_exist_is_not_found(clerk, office, step):
    assert clerk.get(address(receive(office), step)).status_code == 404
