"""The entry page: what is typed becomes a dossier, for clerks only."""

from datetime import date

import pytest
from django.urls import reverse

from dossiers.models import Dossier, PostalItem
from dossiers.statuses import Status
from postal_tthc.accounts.roles import Role
from tests.factories.dossiers import MONDAY, at, envelope, receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import fields_of
from tests.integration.dossiers.typed import papers, typed

NEW = "/dossiers/new/"
BY_POST = {
    "intake_channel": "public_post",
    "item_number": "ee 123 456 785 vn",
    "return_channel": "public_post",
}


@pytest.fixture
def procedure(office):
    return make_procedure(office, code="1.000142", name="Thi tuyển công chức")


@pytest.fixture
def save(sign_in):
    """Send what was typed, as the clerk."""
    client = sign_in("clerk")
    return lambda fields: client.post(NEW, fields)


def test_what_was_typed_is_received_at_the_counter(save, office, procedure):
    response = save(typed(procedure, sets="2", note="Gấp"))

    dossier = Dossier.objects.get()
    assert response.status_code == 302
    assert response.url == dossier.get_absolute_url()
    assert dossier.code == "H02.16-200601-0001"
    assert (dossier.procedure, dossier.sets) == (procedure, 2)
    assert (dossier.received_at, dossier.due_on) == (at(MONDAY), date(2020, 6, 15))
    assert dossier.applicant_name == "Nguyễn Văn A"
    assert dossier.applicant_address == "Số 1 đường Hùng Vương"
    assert (dossier.note, dossier.entered_by) == ("Gấp", office.clerk)


def test_the_clerk_is_told_code_and_due_date(sign_in, procedure):
    page = sign_in("clerk").post(NEW, typed(procedure), follow=True)

    assert (
        "Dossier H02.16-200601-0001 was received; the answer is due on 15/06/2020."
        in page.text
    )


def test_both_legs_by_post_with_envelope_and_copied_address(save, procedure):
    save(typed(procedure, **BY_POST))

    dossier = Dossier.objects.get()
    assert dossier.intake_channel == dossier.return_channel == "public_post"
    assert dossier.return_name == "Nguyễn Văn A"
    assert dossier.return_phone == "0912 345 678"
    assert dossier.return_address == "Số 1 đường Hùng Vương"
    assert [(i.number, i.leg) for i in dossier.postal_items.all()] == [
        ("EE123456785VN", "intake")
    ]


def test_the_result_may_go_to_another_address(save, procedure):
    elsewhere = {
        "return_same_as_applicant": None,
        "return_name": "Trần Thị B",
        "return_phone": "0912345679",
        "return_address": "Số 2",
    }

    save(typed(procedure, **BY_POST, **elsewhere))

    dossier = Dossier.objects.get()
    assert (dossier.return_name, dossier.return_address) == ("Trần Thị B", "Số 2")


def test_what_belongs_to_the_post_is_dropped_when_nothing_goes_by_post(save, procedure):
    left_over = {
        "item_number": "EE123456785VN",
        "return_same_as_applicant": None,
        "return_name": "Trần Thị B",
        "return_address": "Số 2",
    }

    save(typed(procedure, **left_over))

    dossier = Dossier.objects.get()
    assert (dossier.return_name, dossier.return_address) == ("", "")
    assert not PostalItem.objects.exists()


def test_papers_are_kept_in_order_and_empty_lines_left_out(save, procedure):
    save(typed(procedure, **papers("Đơn", "", "  ", "Bằng", quantity="3", sheets="7")))

    lines = Dossier.objects.get().papers.values_list("name", "quantity", "sheets")
    assert list(lines) == [("Đơn", 3, 7), ("Bằng", 1, None)]


def test_a_dossier_may_come_without_papers(save, procedure):
    save(typed(procedure, **papers()))

    assert not Dossier.objects.get().papers.exists()


@pytest.mark.parametrize(
    "code",
    ["1.000142", " 1.000142 ", "1.000142 Thi tuyển công chức", "0142", "42"],
)
def test_a_code_may_be_typed_whole_or_by_its_last_digits(save, procedure, code):
    save(typed(code))

    assert Dossier.objects.get().procedure == procedure


@pytest.mark.parametrize(
    "day", ["1/6/2020", "01-06-2020", "01.06.2020", "01062020", "2020-06-01"]
)
@pytest.mark.parametrize("hour", ["9:00", "09h00", "0900", "09:00:00"])
def test_day_and_hour_may_be_typed_in_many_ways(save, procedure, day, hour):
    save(typed(procedure, received_on=day, received_time=hour))

    assert Dossier.objects.get().received_at == at(MONDAY)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        pytest.param("<script>alert(1)</script>", None, id="markup"),
        pytest.param("Nguyễn 📮 Văn", None, id="emoji"),
        pytest.param('O\'Brien & "Con" {{ x }}', None, id="quotes"),
        pytest.param("  Nguyễn   Văn\tA ", "Nguyễn Văn A", id="stray spaces"),
        pytest.param("Nguye\u0302\u0303n", "Nguyễn", id="loose marks"),
    ],
)
def test_a_name_is_kept_as_it_was_typed_and_shown_as_text(
    sign_in, procedure, name, kept
):
    page = sign_in("clerk").post(
        NEW, typed(procedure, applicant_name=name), follow=True
    )

    assert Dossier.objects.get().applicant_name == (kept or name)
    assert "<script>alert" not in page.text
    assert page.context["dossier"].applicant_name == (kept or name)


def test_save_and_next_leads_to_the_empty_page(sign_in, procedure):
    client = sign_in("clerk")

    page = client.post(NEW, typed(procedure, next="1"), follow=True)

    fields = fields_of(page)
    assert page.redirect_chain == [(NEW, 302)]
    assert Dossier.objects.count() == 1
    assert (fields["procedure_code"], fields["applicant_name"]) == ("", "")
    assert fields["papers-0-name"] == ""


def test_the_page_opens_with_the_present_day_and_hour(sign_in, time_machine):
    time_machine.move_to(at(MONDAY, hour=8), tick=False)

    fields = fields_of(sign_in("clerk").get(NEW))

    assert (fields["received_on"], fields["received_time"]) == ("01/06/2020", "08:00")
    assert (fields["intake_channel"], fields["return_channel"]) == (
        "counter",
        "counter",
    )
    assert fields["return_same_as_applicant"] == "on"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", Role)
def test_the_page_is_for_clerks_and_postal_clerks_only(
    sign_in, procedure, role, method
):
    response = getattr(sign_in(role), method)(NEW, typed(procedure))

    if role == Role.POSTAL_CLERK:
        assert "Announce a dossier" in response.text  # test_announcing
        return
    if role == Role.CLERK:
        assert response.status_code == {"get": 200, "post": 302}[method]
        return
    assert response.status_code == 403
    assert f"the role «{role.label}» does not include it" in response.text
    assert not Dossier.objects.exists()


def test_an_envelope_of_another_agency_keeps_everything_typed(
    save, procedure, other_office
):
    receive(other_office, item=envelope(1))
    fields = typed(procedure, **{**BY_POST, "item_number": "EA000000014VN"})

    response = save(fields)

    assert response.status_code == 422
    assert "EA000000014VN is already used by another desk" in response.text
    assert fields.items() <= fields_of(response).items()
    assert Dossier.objects.count() == 1


def test_an_agency_without_identifier_keeps_everything_typed(save, office, procedure):
    office.agency.identifiers.all().delete()
    fields = typed(procedure)

    response = save(fields)

    assert response.status_code == 422
    assert "Sở SNV has no agency identifier on 01/06/2020" in response.text
    assert fields.items() <= fields_of(response).items()
    assert not Dossier.objects.exists()


def test_the_next_step_is_offered_on_the_page_that_follows(sign_in, procedure):
    page = sign_in("clerk").post(NEW, typed(procedure), follow=True)

    dossier = Dossier.objects.get()
    assert dossier.status == Status.RECEIVED
    assert reverse("dossiers:step", args=[dossier.code, "processing"]) in page.text
