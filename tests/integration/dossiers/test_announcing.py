"""Not received yet: announced by the post or the desk, or registered."""

from datetime import timedelta

import pytest

from dossiers.models import Dossier, PostalEvent, PostalItem
from dossiers.statuses import Status
from postal_tthc.accounts.models import Organisation
from postal_tthc.accounts.roles import Role
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, envelope, receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.pages import fields_of
from tests.integration.dossiers.typed import papers, typed

NEW = "/dossiers/new/"
NUMBER = "EE123456785VN"
ENVELOPE = {
    "item_number": "ee 123 456 785 vn",
    "seal_number": "NP 0017",
    "service": "express",
    "route": "between_provinces",
    "postage_dong": "30000",
    "payer": "agency",
    "fees_dong": "150000",
}


@pytest.fixture
def procedure(office):
    return make_procedure(office)


@pytest.fixture
def postal_clerk(sign_in):
    return sign_in("postal_clerk")


def announced(procedure, **changes):
    """What the postal clerk's page sends."""
    fields = typed(procedure, **{**ENVELOPE, "intake_channel": "public_post"})
    return {k: v for k, v in {**fields, **changes}.items() if v is not None}


def test_the_postal_clerk_announces_what_was_posted(postal_clerk, office, procedure):
    page = postal_clerk.post(NEW, announced(procedure), follow=True)

    dossier = Dossier.objects.get()
    assert dossier.status == Status.ANNOUNCED
    assert (dossier.code, dossier.due_on) == (None, None)
    assert (dossier.desk, dossier.agency) == (office.desk, office.agency)
    assert dossier.entered_by == office.postal_clerk
    assert (
        f"Dossier TB-{dossier.pk} was announced to Một cửa SNV. "
        "It is received with the handover minutes." in page.text
    )
    item = dossier.postal_items.get()
    assert (item.number, item.leg, item.post_office) == (
        NUMBER,
        Leg.INTAKE,
        office.post_office,
    )
    assert (item.seal_number, item.service, item.route) == (
        "NP 0017",
        "express",
        "between_provinces",
    )
    assert (item.postage_dong, item.payer, item.collect_dong) == (
        30_000,
        "agency",
        150_000,
    )
    assert item.posted_on == MONDAY
    assert PostalEvent.objects.get(item=item).at == at(MONDAY)
    assert [paper.held_by for paper in dossier.papers.all()] == [office.post_office]


def test_the_way_in_is_the_post_whatever_is_sent(postal_clerk, procedure):
    postal_clerk.post(NEW, announced(procedure, intake_channel="counter"))

    assert Dossier.objects.get().intake_channel == "public_post"


def test_a_procedure_of_any_agency_of_the_province_goes_to_its_own_desk(
    postal_clerk, office
):
    agency = Organisation.objects.create(
        kind="agency", parent=office.province, name="Sở Y tế", symbol="SYT"
    )
    procedure = make_procedure(office)
    type(procedure).objects.filter(pk=procedure.pk).update(agency=agency)

    postal_clerk.post(NEW, announced(procedure))

    assert Dossier.objects.get().desk == agency  # it has no desk of its own


def test_the_postal_page_has_no_button_to_receive(postal_clerk):
    page = postal_clerk.get(NEW)

    assert "Announce a dossier" in page.text
    for missing in ("Save as registered", 'value="counter"', "id_intake_channel_0"):
        assert missing not in page.text.split("4. How the result")[0]
    assert fields_of(page)["route"] == "within_province"


def test_a_postal_clerk_cannot_receive_whatever_is_pressed(postal_clerk, procedure):
    for button in ("save", "next", "register"):
        number = {"save": 1, "next": 2, "register": 3}[button]
        fields = announced(procedure, item_number=envelope(number).number)
        postal_clerk.post(NEW, {**fields, button: "1"})

    assert {x.status for x in Dossier.objects.all()} == {Status.ANNOUNCED}
    assert Dossier.objects.count() == 3


FAULTS = {
    "no item number": ({"item_number": ""}, "item_number", "required"),
    "not by post": ({}, "intake_channel", "may not go by public post"),
    "posted tomorrow": ({"received_on": "31/12/2099"}, "received_on", "in the future"),
    "less than nothing": ({"fees_dong": "-1"}, "fees_dong", "greater than or equal"),
    "another province": ({"procedure_code": "9.999999"}, "procedure_code", "9.999999"),
}


@pytest.mark.parametrize(("changes", "field", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_and_nothing_is_lost(
    postal_clerk, office, changes, field, told
):
    procedure = make_procedure(office, by_post=field != "intake_channel")
    fields = announced(procedure, **changes)

    page = postal_clerk.post(NEW, fields)

    assert page.status_code == 422
    assert told in str(page.context["form"].errors[field])
    assert fields.items() <= fields_of(page).items()
    assert not Dossier.objects.exists()
    assert not PostalItem.objects.exists()


def test_a_second_dossier_joins_the_envelope_and_its_fees_are_not_lost_in_silence(
    postal_clerk, office, procedure
):
    postal_clerk.post(NEW, announced(procedure))

    page = postal_clerk.post(NEW, announced(procedure))
    assert page.status_code == 422
    assert "The fees in this envelope were written" in page.text
    asked = postal_clerk.post(NEW, announced(procedure, fees_dong=""))
    assert "was announced on" in asked.text
    postal_clerk.post(NEW, fields_of(asked))

    assert PostalItem.objects.get().dossiers.count() == 2


def test_the_promise_is_told_with_its_condition(postal_clerk, procedure):
    fragment = postal_clerk.get(f"{NEW}promise/", announced(procedure))

    assert "Answer due on, if the desk takes it in that day" in fragment.text


def test_the_desk_saves_what_comes_by_post_as_announced(sign_in, office, procedure):
    fields = typed(procedure, intake_channel="public_post", item_number=NUMBER)

    page = sign_in("clerk").post(NEW, {**fields, "register": "1"}, follow=True)

    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.code) == (Status.ANNOUNCED, None)
    assert "was announced to Một cửa SNV" in page.text
    assert [paper.held_by for paper in dossier.papers.all()] == [office.post_office]


def test_announcing_asks_for_the_item_number_at_its_field(sign_in, procedure):
    fields = typed(procedure, intake_channel="public_post")

    page = sign_in("clerk").post(NEW, {**fields, "register": "1"})

    assert page.status_code == 422
    assert page.context["form"].errors["item_number"] == [
        "It comes by post: write the number of its postal item."
    ]
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("channel", ["counter", "online", "other_courier"])
def test_the_desk_saves_what_it_only_knows_of_as_registered(
    sign_in, office, procedure, channel
):
    fields = typed(procedure, intake_channel=channel)

    page = sign_in("clerk").post(NEW, {**fields, "register": "1"}, follow=True)

    dossier = Dossier.objects.get()
    assert (dossier.status, dossier.code) == (Status.REGISTERED, None)
    assert dossier.received_at == at(MONDAY)
    assert (
        f"Dossier TB-{dossier.pk} was registered at Một cửa SNV. Its code, its clock "
        "and its papers begin when it is received." in page.text
    )


def test_registering_and_going_on_leads_to_an_empty_page(sign_in, procedure):
    fields = typed(procedure, intake_channel="online")

    page = sign_in("clerk").post(NEW, {**fields, "register": "1", "next": "1"})

    assert page.url == NEW
    assert Dossier.objects.get().status == Status.REGISTERED


def test_a_number_of_another_desk_keeps_everything_typed(
    postal_clerk, other_office, procedure
):
    receive(other_office, item=envelope(1))
    fields = announced(procedure, item_number="EA000000014VN", fees_dong="")

    page = postal_clerk.post(NEW, fields)

    assert page.status_code == 422
    assert "already used by another desk" in page.text
    assert fields.items() <= fields_of(page).items()
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("role", Role)
def test_who_sees_the_promise_is_who_enters(sign_in, role):
    may = role in (Role.CLERK, Role.POSTAL_CLERK)

    answer = sign_in(role).get(f"{NEW}promise/")

    assert answer.status_code == (200 if may else 403)


def test_papers_are_counted_line_by_line(postal_clerk, procedure):
    lines = papers("Đơn", "Bằng", quantity="2", sheets="5")

    postal_clerk.post(NEW, announced(procedure, **lines))

    kept = Dossier.objects.get().papers.values_list("name", "quantity", "sheets")
    assert list(kept) == [("Đơn", 2, 5), ("Bằng", 1, None)]


def test_the_transit_time_starts_on_the_day_of_acceptance(
    postal_clerk, procedure, known_norms_and_forms
):
    fields = announced(procedure, route="within_province")
    postal_clerk.post(NEW, fields)

    # J+4 working days, as the appointment slip is to be brought back.
    assert PostalItem.objects.get().expected_on == MONDAY + timedelta(days=4)
