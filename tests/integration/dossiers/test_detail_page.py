"""The page of a dossier: what it is, where it stands, and the buttons that fit."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers import actions
from dossiers.statuses import IntakeChannel, ReturnChannel, Status, Step
from postal_tthc.accounts.roles import Role
from procedures.models import Leg
from tests.factories.dossiers import (
    MONDAY,
    at,
    dossier_at,
    envelope,
    receive,
    take,
)
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import Page

BY_POST = {
    "intake_channel": IntakeChannel.PUBLIC_POST,
    "return_channel": ReturnChannel.PUBLIC_POST,
}
# The buttons that a role finds at a status, when the case officer has made the
# steps up to the result, the clerk the others, and the postal clerk the delivery:
# written by hand.
END_OPEN = {"refused", "withdrawn", "correct"}
PAUSED = {"withdrawn", "discontinued", "correct"}
AT_WORK = {
    "result_ready",
    "supplement_requested",
    "payment_requested",
    "reappointed",
    "refused",
    "discontinued",
}
OF_THE_CLERK = {
    Status.REGISTERED: {"received", *END_OPEN},
    Status.ANNOUNCED: END_OPEN,
    Status.RECEIVED: {"processing", "supplement_requested", "reappointed", *END_OPEN},
    Status.PROCESSING: {*AT_WORK, *END_OPEN},
    Status.AWAITING_SUPPLEMENT: {"supplemented", *PAUSED},
    Status.AWAITING_PAYMENT: {"paid", *PAUSED},
    Status.RESULT_READY: {"handed_to_post", "correct"},
    Status.WITH_POST: {"correct", "take-back"},
    Status.UNDELIVERED: {"handed_to_post", "returned", "correct", "take-back"},
    Status.WITHDRAWN: {"take-back"},
}
OF_THE_OFFICER = {
    Status.REGISTERED: {"refused"},
    Status.ANNOUNCED: {"refused"},
    Status.RECEIVED: {"processing", "supplement_requested", "reappointed", "refused"},
    Status.PROCESSING: {*AT_WORK, "take-back"},
    Status.AWAITING_SUPPLEMENT: {"discontinued", "take-back"},
    Status.AWAITING_PAYMENT: {"discontinued", "take-back"},
    Status.RESULT_READY: {"take-back"},
    Status.REFUSED: {"take-back"},
    Status.DISCONTINUED: {"take-back"},
}
AT_THE_BEGINNING = {Status.REGISTERED, Status.ANNOUNCED, Status.RECEIVED}
BUTTONS = {
    Role.CLERK: OF_THE_CLERK,
    Role.CASE_OFFICER: OF_THE_OFFICER,
    Role.POSTAL_CLERK: {Status.RETURNED: {"take-back"}},
    Role.LEADER: {
        status: {"take-back"} for status in Status if status not in AT_THE_BEGINNING
    },
}
# Told in the log by other pages than those of the steps.
WITHOUT_A_PAGE = {
    "registered",
    "announced",
    "imported",
    "came_back",
    "delivered",
    "corrected",
    "incident",
    "cancelled_line",
    "taken_back",
}
EVERY_BUTTON = {*map(str, Step), "correct", "take-back"} - WITHOUT_A_PAGE


def buttons(page, dossier) -> set[str]:
    """The last part of the address of each button of a step."""
    own = dossier.get_absolute_url()
    parts = {x.removeprefix(own).strip("/") for x in Page(page).links}
    return parts & (EVERY_BUTTON | WITHOUT_A_PAGE)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", Role)
def test_the_buttons_are_those_that_would_work(sign_in, office, role, status):
    dossier = dossier_at(status, office, **BY_POST)

    page = sign_in(role).get(dossier.get_absolute_url())

    offered = buttons(page, dossier)
    assert offered == BUTTONS.get(role, {}).get(status, set())
    for button in offered:
        address = f"{dossier.get_absolute_url()}{button}/"
        assert page.client.get(address).status_code == 200


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", Role)
def test_what_is_not_offered_is_refused_at_the_door(sign_in, office, role, status):
    dossier = dossier_at(status, office, **BY_POST)
    client = sign_in(role)
    offered = BUTTONS.get(role, {}).get(status, set())

    answers = {
        part: client.get(f"{dossier.get_absolute_url()}{part}/").status_code
        for part in EVERY_BUTTON - offered
    }

    assert set(answers.values()) <= {403, 409}, answers


def test_what_is_told_by_other_pages_has_none_of_its_own(sign_in, office):
    address = receive(office).get_absolute_url()
    client = sign_in("clerk")

    answers = {part: client.get(f"{address}{part}/") for part in WITHOUT_A_PAGE}

    assert {answer.status_code for answer in answers.values()} == {404}


def test_a_dossier_is_opened_by_its_provisional_number_and_by_its_code(sign_in, office):
    dossier = dossier_at(Status.REGISTERED, office)
    client, provisional = sign_in("clerk"), dossier.get_absolute_url()
    assert client.get(provisional).status_code == 200

    dossier = take(Step.RECEIVED, dossier, office, at(MONDAY))

    assert dossier.get_absolute_url() != provisional
    assert dossier.code in client.get(provisional).text
    assert client.get(dossier.get_absolute_url()).status_code == 200


def test_every_interval_of_the_clock_explains_the_date(sign_in, office):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office)
    take(Step.SUPPLEMENTED, dossier, office, at(MONDAY + timedelta(days=7)))

    page = sign_in("clerk").get(dossier.get_absolute_url()).text

    clock = page[page.index("Answer due on") : page.index("What happened")]
    for words in (
        "Mon 01/06/2020</strong> Received, and the receipt given",
        "Due on Mon 15/06/2020.",
        "Wed 03/06/2020</strong> stopped: a supplement was asked for",
        "Mon 08/06/2020</strong> The supplement was complete: the whole time is",
        "Due on Mon 22/06/2020.",
    ):
        assert words in clock, words


def test_a_clock_that_stands_still_says_so_and_is_not_late(sign_in, office):
    dossier = dossier_at(Status.AWAITING_PAYMENT, office)

    page = sign_in("clerk").get(dossier.get_absolute_url()).text

    badge = page[page.index("Answer due on") :].split("</p>")[0]
    assert "clock stands still" in badge
    assert "late" not in badge


def test_the_page_tells_everything_about_the_dossier(sign_in, office):
    procedure = make_procedure(office, name="Thi tuyển công chức")
    dossier = receive(
        office,
        procedure,
        **BY_POST,
        item=envelope(1),
        applicant_id_number="024090000001",
        applicant_phone="0912345678",
        applicant_email="a@example.vn",
        applicant_address="Số 1",
        representative_name="Trần Thị B",
        return_name="Lê Thị C",
        return_address="Số 3",
        note="Gấp",
        sets=2,
    )

    page = sign_in("clerk").get(dossier.get_absolute_url()).text

    for words in (
        dossier.code,
        "Thi tuyển công chức",
        procedure.code,
        "Sở SNV",
        "Một cửa SNV",
        "Nguyễn Văn A",
        "024090000001",
        "0912345678",
        "a@example.vn",
        "Số 1",
        "Trần Thị B",
        "Lê Thị C",
        "Số 3",
        "Gấp",
        "EA000000014VN",
        "Bằng tốt nghiệp",
        "15/06/2020",
        "10 working days",
        "09:00, 01/06/2020",
        "papers at Một cửa SNV",
    ):
        assert words in page, words


def test_the_timeline_is_told_newest_first(sign_in, office):
    dossier = dossier_at(Status.RETURNED, office)

    page = sign_in("clerk").get(dossier.get_absolute_url()).text

    timeline = page[page.index("What happened") :]
    steps = [
        "Result returned",
        "Result ready",
        "Handed to the case officer",
        "Received",
    ]
    places = [timeline.index(f"<strong>{step}</strong>") for step in steps]
    assert places == sorted(places)


def test_a_paper_that_left_says_how(sign_in, office):
    dossier = dossier_at(Status.RESULT_READY, office)
    actions.return_result(
        dossier, by=office.clerk, at=at(MONDAY + timedelta(days=9)), kept=[1]
    )

    page = sign_in("clerk").get(dossier.get_absolute_url()).text

    assert "Kept by law" in page
    assert "Given back" not in page


def test_an_item_number_that_is_not_s10_is_marked(sign_in, office):
    item = envelope(1)
    item.number = "BĐ 123"
    dossier = receive(office, **BY_POST, item=item)

    assert "not an S10 number" in sign_in("clerk").get(dossier.get_absolute_url()).text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (MONDAY, "14 days left"),
        (MONDAY + timedelta(days=13), "1 day left"),
        (MONDAY + timedelta(days=14), "due today"),
        (MONDAY + timedelta(days=15), "1 day late"),
    ],
)
def test_an_open_dossier_says_how_it_stands_today(
    sign_in, office, time_machine, day, words
):
    dossier = receive(office)
    client = sign_in("clerk")
    time_machine.move_to(at(day, hour=10), tick=False)

    assert words in client.get(dossier.get_absolute_url()).text


@pytest.mark.parametrize(
    ("finished", "words"),
    [(13, "1 day early"), (14, "on time"), (15, "1 day late")],
)
def test_a_finished_dossier_is_judged_by_the_day_it_was_finished(
    sign_in, office, finished, words
):
    dossier = dossier_at(Status.PROCESSING, office)
    finished_at = at(MONDAY + timedelta(days=finished), hour=23)
    actions.mark_result_ready(dossier, by=office.clerk, at=finished_at)

    assert words in sign_in("clerk").get(dossier.get_absolute_url()).text


def test_markup_in_what_was_typed_is_shown_as_text(sign_in, office):
    markup = "<script>alert(1)</script>"
    dossier = receive(
        office,
        **BY_POST,
        applicant_name=markup,
        applicant_address=markup,
        return_address=markup,
        representative_name=markup,
        note=markup,
    )
    actions.withdraw(
        dossier, reason=markup, by=office.clerk, at=at(MONDAY + timedelta(days=1))
    )

    page = sign_in("clerk").get(dossier.get_absolute_url()).text

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 6


def test_a_refused_dossier_owes_nothing_and_shows_the_reason(sign_in, office):
    dossier = dossier_at(Status.REFUSED, office)

    page = sign_in("clerk").get(dossier.get_absolute_url()).text

    assert "Sai thẩm quyền" in page
    assert "late" not in page[page.index("Answer due on") :]


def test_the_page_is_read_and_never_posted_to(sign_in, office):
    dossier = receive(office)

    assert sign_in("clerk").post(dossier.get_absolute_url()).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_log(
    sign_in, office, django_assert_max_num_queries
):
    dossier = dossier_at(Status.RESULT_READY, office, **BY_POST, item=envelope(1))
    client, later = sign_in("clerk"), at(MONDAY + timedelta(days=9))

    def look() -> None:
        client.get(dossier.get_absolute_url())

    with CaptureQueriesContext(connection) as at_first:
        look()
    for _ in range(10):
        item = envelope(9, Leg.RETURN)
        actions.hand_to_post(dossier, item, by=office.clerk, at=later)
        actions.take_back(dossier, reason="x", by=office.leader, at=later)

    with django_assert_max_num_queries(len(at_first)):
        look()
