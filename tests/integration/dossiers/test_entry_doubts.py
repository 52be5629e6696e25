"""What looks wrong but may be right: asked once, then believed."""

import pytest

from dossiers.models import Dossier
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
