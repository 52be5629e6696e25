"""The page behind the QR code: where the papers are, and never whose they are."""

from datetime import date, timedelta

import pytest

from dossiers import actions
from dossiers.actions.incidents import report_incident
from dossiers.models import Incident, Paper
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import EXPECTED, ReturnChannel, Status, Step
from tests.factories.dossiers import at, dossier_at, envelope, register, take
from tests.factories.printing import HOME, PEOPLE, received
from tests.integration.dossiers.printing.conftest import words_of

pytestmark = pytest.mark.usefixtures("known_norms_and_forms")
DAY = date(2020, 6, 1)
PRIVATE = PEOPLE | HOME | {"representative_name": "Phạm Thị Người Nộp Thay"}
PRIVATE |= {
    "applicant_id_number": "024190000001",
    "representative_phone": "0911222333",
    "note": "Ghi chú của quầy",
}


@pytest.fixture
def read(client):
    """The words of the public page of a dossier, in English, without a sign-in."""

    def words(dossier) -> str:
        client.cookies["django_language"] = "en"
        response = client.get(f"/d/{dossier.public_token}/")
        assert response.status_code == 200
        return words_of(response.text)

    return words


@pytest.mark.parametrize("status", Status)
def test_no_person_is_named_in_any_state(client, office, status):
    dossier = dossier_at(status, office, on=DAY, **PRIVATE)
    Paper.objects.filter(dossier=dossier).update(name="Bằng của Nguyễn Thị Hồng Hạnh")

    page = client.get(f"/d/{dossier.public_token}/").text

    private = {
        value
        for name, value in PRIVATE.items()
        if name.startswith(("applicant", "representative", "return_")) or name == "note"
    } - {ReturnChannel.PUBLIC_POST}
    people = {str(person) for person in office.people.values()}
    told = {"Sai thẩm quyền", "Xin rút", "Không bổ sung", "Thiếu giấy tờ"}
    items = {item.number for item in dossier.postal_items.all()}
    for words in private | people | told | items | {"Bằng của"}:
        assert words not in page, words


@pytest.mark.parametrize("status", Status)
def test_it_can_be_read_in_every_state(read, office, status):
    dossier = dossier_at(status, office, on=DAY, **PRIVATE)

    words = read(dossier)

    assert dossier.reference in words
    assert str(status.label) in words


def test_the_papers_are_with_the_post_since_an_hour(read, office):
    dossier = dossier_at(Status.RESULT_READY, office, on=date(2020, 9, 14), **HOME)
    actions.hand_to_post(
        dossier,
        envelope(3, "return"),
        by=office.clerk,
        at=at(date(2020, 9, 16), 14) + timedelta(minutes=5),
    )

    words = read(dossier)

    assert "With the post since 14:05, 16/09/2020 Bưu điện UBND 1 original" in words
    assert "The post is bringing the result." in words
    assert "Delivery expected by 18/09/2020" in words
    assert "Last step 14:05, 16/09/2020" in words


def test_papers_at_different_places_are_told_apart(read, office):
    dossier = take(Step.PROCESSING, received(office, DAY), office, at(DAY, hour=10))
    take(Step.SUPPLEMENT_REQUESTED, dossier, office, at(DAY, hour=11))
    actions.receive_supplement(
        dossier,
        by=office.clerk,
        at=at(DAY, hour=15),
        papers=[Paper(name="x", form="copy", quantity=2)],
    )

    words = read(dossier)

    assert (
        "With the agency since 10:00, 01/06/2020 Sở SNV 1 original 2 certified copies "
        "1 copy At the one-stop desk since 15:00, 01/06/2020 Một cửa SNV 2 copies"
        in words
    )


@pytest.mark.parametrize(
    ("status", "where"),
    [
        (Status.REGISTERED, "Still with the applicant"),
        (Status.ANNOUNCED, "With the post since 09:00, 01/06/2020"),
        (Status.RECEIVED, "At the one-stop desk since 09:00, 01/06/2020"),
        (Status.PROCESSING, "With the agency since 09:00, 02/06/2020"),
        (Status.RESULT_READY, "At the one-stop desk since 09:00, 03/06/2020"),
        (Status.WITH_POST, "With the post since 09:00, 04/06/2020"),
        (Status.UNDELIVERED, "At the one-stop desk since 09:00, 05/06/2020"),
        (Status.RETURNED, "Given back to the applicant, 09:00, 04/06/2020"),
        (Status.REFUSED, "Given back to the applicant, 09:00, 02/06/2020"),
    ],
)
def test_it_says_who_has_the_papers(read, office, status, where):
    assert where in read(dossier_at(status, office, on=DAY))


def test_what_was_lost_on_the_way_is_not_hidden(read, office):
    dossier = dossier_at(Status.WITH_POST, office, on=DAY)
    report_incident(
        Incident.Kind.LOST,
        by=office.clerk,
        at=at(date(2020, 6, 10), 15),
        found_out_on=date(2020, 6, 10),
        description="Bí mật",
        item=dossier.postal_items.get(),
    )

    words = read(dossier)

    assert "Reported lost, 15:00, 10/06/2020" in words
    assert "What the post carries has been reported lost." in words
    assert "The post is bringing the result." not in words
    assert "Delivery expected by" not in words
    assert "Bí mật" not in words


def test_what_comes_back_is_not_called_underway(read, office):
    dossier = dossier_at(Status.WITH_POST, office, on=DAY)
    item = dossier.postal_items.get()
    told = {"by": office.postal_clerk, "at": at(date(2020, 6, 5))}
    actions.record_attempt(item, Reason.MOVED, **told)
    actions.record_news(item, ItemStatus.COMING_BACK, **told)

    words = read(dossier)

    assert "brings it back to the desk" in words
    assert "Delivery expected by" not in words


def test_what_the_law_keeps_is_told(read, office):
    dossier = dossier_at(Status.RESULT_READY, office, on=DAY)
    dossier = actions.return_result(
        dossier, by=office.clerk, at=at(DAY + timedelta(days=3)), kept=[1]
    )

    assert "Kept on file by law since 09:00, 04/06/2020 1 original" in read(dossier)


def test_a_failed_delivery_says_when_the_post_tries_again(read, office):
    dossier = dossier_at(Status.WITH_POST, office, on=DAY)
    actions.record_attempt(
        dossier.postal_items.get(),
        Reason.ABSENT,
        by=office.postal_clerk,
        at=at(date(2020, 6, 5)),
    )

    words = read(dossier)

    assert "The post tells: «Delivery failed», 09:00, 05/06/2020." in words
    assert "It tries again from 09/06/2020 on." in words
    assert "Delivery expected by" not in words
    assert "Nobody at home" not in words


def test_while_it_is_worked_on_both_promises_are_shown(read, office, time_machine):
    dossier = received(office, DAY, **HOME)
    time_machine.move_to(at(date(2020, 6, 10)), tick=False)

    words = read(dossier)

    assert "Answer due on 15/06/2020" in words
    assert "Delivery expected by 17/06/2020" in words
    assert "over" not in words


def test_a_late_answer_is_called_late_and_promises_no_delivery(
    read, office, time_machine
):
    dossier = received(office, DAY, **HOME)
    time_machine.move_to(at(date(2020, 6, 16)), tick=False)

    words = read(dossier)

    assert "This day is over. Please ask the one-stop desk." in words
    assert "Delivery expected by" not in words


@pytest.mark.parametrize(
    ("today", "is_late"), [(date(2020, 6, 8), False), (date(2020, 6, 9), True)]
)
def test_a_delivery_that_should_have_come_is_called_late(
    read, office, time_machine, today, is_late
):
    dossier = dossier_at(Status.WITH_POST, office, on=DAY)  # posted on the 4th
    time_machine.move_to(at(today), tick=False)

    words = read(dossier)

    assert "Delivery expected by 08/06/2020" in words
    assert ("This day is over" in words) is is_late


def test_a_result_that_waits_past_its_day_is_expected_from_today_on(
    read, office, time_machine
):
    dossier = dossier_at(Status.RESULT_READY, office, on=DAY, **HOME)
    time_machine.move_to(at(date(2020, 6, 10)), tick=False)
    assert "Delivery expected by 17/06/2020" in read(dossier)

    time_machine.move_to(at(date(2020, 6, 22)), tick=False)
    assert "Delivery expected by 24/06/2020" in read(dossier)


def test_what_has_been_delivered_is_news_no_more(read, office):
    dossier = dossier_at(
        Status.RETURNED, office, on=DAY, return_channel=ReturnChannel.PUBLIC_POST
    )

    words = read(dossier)

    assert "Given back to the applicant" in words
    assert "The post tells" not in words


def test_while_the_clock_stands_still_no_delivery_is_promised(
    read, office, time_machine
):
    dossier = dossier_at(Status.AWAITING_SUPPLEMENT, office, on=DAY, **HOME)
    time_machine.move_to(at(date(2020, 6, 4)), tick=False)

    assert "Delivery expected by" not in read(dossier)


def test_a_clock_that_stands_still_is_not_late(read, office):
    words = read(dossier_at(Status.AWAITING_SUPPLEMENT, office, on=DAY, **HOME))

    assert "The time stands still for now" in words
    assert "This day is over" not in words
    assert "Delivery expected by" not in words


def test_a_new_date_takes_the_place_of_the_apology(read, office):
    dossier = received(office, DAY)
    dossier = actions.reappoint(
        dossier,
        new_date=date(2020, 6, 22),
        reason="Bí mật",
        by=office.case_officer,
        at=at(DAY, hour=10),
    )

    words = read(dossier)

    assert "New date promised with an apology: 22/06/2020" in words
    assert "Bí mật" not in words


@pytest.mark.parametrize("status", sorted(EXPECTED))
def test_before_it_is_received_no_day_is_promised(read, office, status):
    words = read(register(office, Status(status), on=DAY))

    assert "The time begins when the desk receives the dossier." in words


def test_a_dossier_without_papers_is_itself_somewhere(read, office):
    dossier = received(office, DAY, papers=())
    take(Step.PROCESSING, dossier, office, at(DAY, hour=10))

    words = read(dossier)

    assert "With the agency since 10:00, 01/06/2020 Sở SNV" in words
    assert "original" not in words


def test_a_step_taken_back_is_not_told(read, office):
    dossier = dossier_at(Status.PROCESSING, office, on=DAY)
    actions.take_back(dossier, reason="Nhầm", by=office.leader, at=at(date(2020, 6, 9)))

    words = read(dossier)

    assert "Handed to the case officer" not in words
    assert "At the one-stop desk" in words


@pytest.mark.parametrize("token", ["nothing", "x" * 22, "-", "TB-1"])
def test_an_unknown_address_is_told_kindly(client, office, token):
    client.cookies["django_language"] = "en"
    dossier = received(office, DAY)

    answer = client.get(f"/d/{token}/")

    assert answer.status_code == 404
    assert "please scan the square code on your receipt again" in answer.text
    assert dossier.code not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_code_of_a_dossier_does_not_open_it(client, office):
    dossier = received(office, DAY)

    assert client.get(f"/d/{dossier.code}/").status_code == 404
    assert client.get(f"/d/{dossier.pk}/").status_code == 404


def test_nobody_keeps_the_page_or_tells_its_address(client, office, settings):
    settings.SECURE_REFERRER_POLICY = "unsafe-url"
    answer = client.get(f"/d/{received(office, DAY).public_token}/")

    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text


def test_it_speaks_vietnamese_first_and_english_on_request(client, office):
    address = f"/d/{received(office, DAY).public_token}/"
    assert '<html lang="vi">' in client.get(address).text

    answer = client.post("/language/", {"language": "en", "next": address})

    assert answer.url == address
    assert '<html lang="en">' in client.get(address).text


def test_it_is_read_and_never_posted_to(client, office):
    address = f"/d/{received(office, DAY).public_token}/"

    assert client.post(address).status_code == 405


def test_each_dossier_has_an_address_of_its_own(office):
    first, second = received(office, DAY), received(office, DAY)

    assert first.public_token != second.public_token
    assert len(first.public_token) >= 22
