"""What looks wrong but may be right: asked once, then believed."""

from datetime import timedelta

import pytest

from dossiers import actions, entry_rules
from dossiers.models import Dossier, PostalItem
from dossiers.statuses import IntakeChannel, ReturnChannel, Status
from procedures.models import Leg
from tests.factories.dossiers import (
    MONDAY,
    at,
    dossier_at,
    envelope,
    make_draft,
    receive,
)
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import fields_of
from tests.integration.dossiers.typed import typed

NEW = "/dossiers/new/"
BY_POST = {"intake_channel": "public_post", "return_channel": "public_post"}
ELSEWHERE = {
    **BY_POST,
    "return_same_as_applicant": None,
    "return_name": "B",
    "return_address": "Số 2",
}
# Field, a first and a second wrong value, a right one, what else must be typed.
DOUBTS = {
    "phone": ("applicant_phone", "12345", "0112 345 678", "0912345678", {}),
    "personal id": (
        "applicant_id_number",
        "097090000001",
        "12345",
        "024090000001",
        {},
    ),
    "tax code": (
        "applicant_id_number",
        "0100109107",
        "12",
        "0100109106",
        {"applicant_kind": "business"},
    ),
    "phone of the authorised": (
        "representative_phone",
        "1",
        "2",
        "0204 3854 321",
        {"representative_name": "B"},
    ),
    "id of the authorised": (
        "representative_id_number",
        "1",
        "2",
        "121234567",
        {"representative_name": "B"},
    ),
    "phone of the addressee": ("return_phone", "1", "2", "+84912345678", ELSEWHERE),
    "item number": (
        "item_number",
        "EE123456789VN",
        "EE12345678VN",
        "EE123456785VN",
        BY_POST,
    ),
}
each_doubt = pytest.mark.parametrize(
    ("field", "wrong", "other", "right", "rest"), DOUBTS.values(), ids=DOUBTS
)


@pytest.fixture
def save(sign_in):
    client = sign_in("clerk")
    return lambda fields: client.post(NEW, fields)


@pytest.fixture
def procedure(office):
    return make_procedure(office)


def asked_about(response) -> list[str]:
    assert response.status_code == 422
    assert not Dossier.objects.exists()
    return [field for field, _sentence in response.context["form"].doubts]


@each_doubt
def test_a_doubt_is_asked_about_once_and_then_believed(
    save, procedure, field, wrong, other, right, rest
):
    fields = typed(procedure, **rest, **{field: wrong})

    asked = save(fields)

    assert asked_about(asked) == [field]
    assert f"«{wrong}»" in asked.text
    again = fields_of(asked)
    accepted = again.pop("accepted_doubts")
    del fields["accepted_doubts"]
    assert fields.items() <= again.items()
    assert save({**again, "accepted_doubts": accepted}).status_code == 302
    assert Dossier.objects.count() == 1


@each_doubt
def test_another_wrong_value_is_asked_about_again(
    save, procedure, field, wrong, other, right, rest
):
    first = save(typed(procedure, **rest, **{field: wrong}))

    second = save({**fields_of(first), field: other})

    assert asked_about(second) == [field]
    assert save(fields_of(second)).status_code == 302


@each_doubt
def test_a_right_value_is_not_asked_about(
    save, procedure, field, wrong, other, right, rest
):
    first = save(typed(procedure, **rest, **{field: wrong}))

    assert save({**fields_of(first), field: right}).status_code == 302


def test_a_second_doubt_beside_an_accepted_one_is_asked_about(save, procedure):
    first = save(typed(procedure, applicant_phone="1"))

    second = save({**fields_of(first), "applicant_id_number": "2"})

    assert asked_about(second) == ["applicant_phone", "applicant_id_number"]


def test_faults_come_first_and_a_doubt_is_still_asked_about_after_them(save, procedure):
    first = save(typed(procedure, applicant_phone="1", applicant_name=""))
    assert asked_about(first) == []

    second = save({**fields_of(first), "applicant_name": "Nguyễn Văn A"})

    assert asked_about(second) == ["applicant_phone"]


def test_a_copied_phone_is_asked_about_once_not_twice(save, procedure):
    response = save(typed(procedure, **BY_POST, applicant_phone="1"))

    assert asked_about(response) == ["applicant_phone"]


def test_an_item_number_is_no_matter_when_nothing_came_by_post(save, procedure):
    assert save(typed(procedure, item_number="nonsense")).status_code == 302


def test_a_doubtful_number_with_markup_is_shown_as_text(save, procedure):
    response = save(typed(procedure, applicant_phone="<script>alert(1)</script>"))

    assert asked_about(response) == ["applicant_phone"]
    assert "<script>alert" not in response.text
    assert save(fields_of(response)).status_code == 302


def test_an_accepted_doubt_is_shown_on_the_page_of_the_dossier(sign_in, procedure):
    client = sign_in("clerk")
    asked = client.post(NEW, typed(procedure, applicant_phone="12345"))

    page = client.post(NEW, fields_of(asked), follow=True)

    assert "«12345» does not look like a Vietnamese phone number." in page.text


def said_about(response) -> str:
    """The one sentence asked about the number on the envelope, as it is shown."""
    ((field, sentence),) = response.context["form"].doubts
    assert field == "item_number"
    assert response.status_code == 422
    assert sentence in response.text
    return sentence


def with_item(procedure, number: str) -> dict[str, str]:
    return typed(procedure, **{**BY_POST, "item_number": number})


THURSDAY = MONDAY + timedelta(days=3)


def sent_out(place: Office, item: PostalItem) -> Dossier:
    dossier = dossier_at(
        Status.RESULT_READY, place, return_channel=ReturnChannel.PUBLIC_POST
    )
    return actions.hand_to_post(dossier, item, by=place.clerk, at=at(THURSDAY))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        pytest.param(
            "ee 123 456 789 vn",
            "«EE123456789VN»: the check digit does not fit. Did you mean one of these: "
            "EE123457689VN, EE123456785VN, EE123456799VN? "
            "Compare it with the envelope.",
            id="check digit",
        ),
        pytest.param(
            "EO.793.894.5I5.VN",
            "«EO7938945I5VN» is not of the form S10: two letters, nine digits, two "
            "letters. Did you mean EO793894515VN? Compare it with the envelope.",
            id="a letter for a digit",
        ),
        pytest.param(
            "bg 12.345",
            "«BG12.345» is not of the form S10: two letters, nine digits, two letters. "
            "Compare it with the envelope.",
            id="another form",
        ),
        pytest.param(
            "JE123456785VN",
            "«JE123456785VN»: no service has numbers that begin with J. "
            "Compare it with the envelope.",
            id="reserved indicator",
        ),
    ],
)
def test_a_doubt_about_an_item_number_says_what_may_have_been_meant(
    save, procedure, number, sentence
):
    asked = save(with_item(procedure, number))

    assert said_about(asked) == sentence
    assert save(fields_of(asked)).status_code == 302


def announce(place: Office, item: PostalItem) -> Dossier:
    by_post = {"intake_channel": IntakeChannel.PUBLIC_POST}
    draft = make_draft(make_procedure(place), **by_post)
    return actions.register(draft, by=place.postal_clerk, at=at(MONDAY), item=item)


def test_the_number_of_an_announced_envelope_is_the_one_that_was_meant(
    save, office, other_office, procedure
):
    announce(other_office, envelope(8))
    announce(office, envelope(2))

    asked = save(with_item(procedure, "EA000000082VN"))

    assert said_about(asked) == (
        "«EA000000082VN»: the check digit does not fit. "
        "Did you mean EA000000028VN, which is expected? Compare it with the envelope."
    )
    assert save(fields_of(asked)).status_code == 302


def test_an_announced_envelope_is_asked_about_before_it_is_written_down_again(
    save, office, procedure
):
    announced = announce(office, envelope(1))

    asked = save(with_item(procedure, "EA000000014VN"))

    assert said_about(asked) == (
        f"«EA000000014VN» was announced on 01/06/2020, for dossier {announced}. "
        "Receive that one, or save again if this is another."
    )
    assert Dossier.objects.get() == announced
    assert save(fields_of(asked)).status_code == 302


def test_an_envelope_used_before_is_asked_about_with_the_dossier_in_it(
    save, office, procedure
):
    known = receive(office, procedure, item=envelope(1))

    asked = save(with_item(procedure, "EA000000014VN"))

    assert said_about(asked) == (
        "«EA000000014VN» was used before (intake, 01/06/2020), for dossier "
        f"{known.code}. If this dossier is in the same envelope, save again."
    )
    assert save(fields_of(asked)).status_code == 302
    assert known.postal_items.get().dossiers.count() == 2


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_number_that_once_went_out_is_asked_about_when_it_comes_in(
    save, office, other_office, procedure, is_ours
):
    place = office if is_ours else other_office
    sent = sent_out(place, envelope(1, Leg.RETURN))

    asked = save(with_item(procedure, "EA000000014VN"))

    whose = f"for dossier {sent.code}" if is_ours else "at another desk"
    assert said_about(asked) == (
        "«EA000000014VN» was used before (return of the result, 04/06/2020), "
        f"{whose}. Compare it with the envelope."
    )
    assert is_ours or sent.code not in asked.text
    assert save(fields_of(asked)).status_code == 302


def test_an_envelope_is_no_longer_used_once_the_step_was_taken_back(
    save, office, procedure
):
    sent = sent_out(office, envelope(1, Leg.RETURN))
    actions.take_back(sent, reason="Nhầm", by=office.clerk, at=at(THURSDAY, 10))

    assert save(with_item(procedure, "EA000000014VN")).status_code == 302


def test_without_a_desk_nothing_is_said_of_earlier_uses(office):
    receive(office, item=envelope(1))

    assert list(entry_rules.doubt_item_number("EA000000014VN")) == []
    assert len(list(entry_rules.doubt_item_number("EA000000041VN"))) == 1
