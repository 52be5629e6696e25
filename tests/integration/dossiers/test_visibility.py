"""Who sees which dossiers: one table, and pages that know nothing of the others."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from dossiers import actions
from dossiers.models import Dossier
from dossiers.statuses import IntakeChannel, ReturnChannel, Status
from dossiers.urls import urlpatterns
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, receive
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure

OWN_POSTAL, OWN_OTHER, SISTER, OTHER = (
    "own, by post",
    "own, not by post",
    "another agency of the province, by post",
    "another province, by post",
)
OF_THE_AGENCY = {OWN_POSTAL, OWN_OTHER}
OF_THE_PROVINCE = {OWN_POSTAL, OWN_OTHER, SISTER}
SEES = {
    Role.CLERK: OF_THE_AGENCY,
    Role.CASE_OFFICER: OF_THE_AGENCY,
    Role.LEADER: OF_THE_AGENCY,
    Role.CATALOGUE_MANAGER: OF_THE_AGENCY,
    Role.POSTAL_CLERK: {OWN_POSTAL, SISTER},
    Role.CONSOLIDATOR: OF_THE_PROVINCE,
    Role.ADMINISTRATOR: OF_THE_PROVINCE,
}
ONE = {"code": "H02.16-200601-0001", "to": "processing"}
ADDRESSES = {
    pattern.name: reverse(
        f"dossiers:{pattern.name}",
        # The other parts are numbers and short words.
        kwargs={name: ONE.get(name, 1) for name in pattern.pattern.converters},
    )
    for pattern in urlpatterns
}
OF_ONE_DOSSIER = {name: x for name, x in ADDRESSES.items() if ONE["code"] in x}


@pytest.fixture
def sister_office(office):
    """Another agency of the same province."""
    agency = Organisation.objects.create(
        kind="agency", parent=office.province, name="Sở TC", symbol="STC"
    )
    agency.identifiers.create(value="H02.17", used_from="2010-01-01")
    clerk = User.objects.create(username="tc", role=Role.CLERK, organisation=agency)
    return Office(
        office.province, agency, agency, office.post_office, {Role.CLERK: clerk}
    )


@pytest.fixture
def dossiers(office, sister_office, other_office):
    by_post = {"intake_channel": IntakeChannel.PUBLIC_POST}
    return {
        OWN_POSTAL: receive(office, **by_post),
        OWN_OTHER: receive(office),
        SISTER: receive(sister_office, **by_post),
        OTHER: receive(other_office, **by_post),
    }


def seen(user, dossiers) -> set[str]:
    visible = set(Dossier.objects.visible_to(user))
    return {name for name, dossier in dossiers.items() if dossier in visible}


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_its_own_part(office, dossiers, role):
    assert seen(office.people[role], dossiers) == SEES[role]


@pytest.mark.parametrize("role", Role)
def test_each_role_of_another_province_sees_only_the_other_part(
    other_office, dossiers, role
):
    assert seen(other_office.people[role], dossiers) == {OTHER}


@pytest.mark.parametrize(
    ("channels", "is_seen"),
    [
        ({"intake_channel": IntakeChannel.PUBLIC_POST}, True),
        ({"return_channel": ReturnChannel.PUBLIC_POST}, True),
        ({"intake_channel": IntakeChannel.OTHER_COURIER}, False),
        ({"intake_channel": IntakeChannel.ONLINE}, False),
        ({}, False),
    ],
)
def test_the_post_sees_what_travels_by_public_post_only(office, channels, is_seen):
    receive(office, **channels)

    assert Dossier.objects.visible_to(office.postal_clerk).exists() is is_seen


def test_the_post_sees_the_papers_that_it_carries_home(office):
    dossier = dossier_at(Status.PROCESSING, office)
    how = {"by": office.clerk, "at": at(MONDAY.replace(day=4))}
    actions.withdraw(dossier, reason="Xin rút", gives_back=False, **how)
    assert not Dossier.objects.visible_to(office.postal_clerk).exists()

    actions.post_papers_home(dossier, envelope(1, Leg.RETURN), **how)

    assert Dossier.objects.visible_to(office.postal_clerk).get() == dossier
    assert dossier.postal_items.visible_to(office.postal_clerk).exists()


def test_a_postal_clerk_placed_in_an_agency_still_sees_only_the_post(office, dossiers):
    office.postal_clerk.organisation = office.agency

    assert seen(office.postal_clerk, dossiers) == {OWN_POSTAL}


def test_a_desk_of_the_whole_province_sees_what_came_in_at_its_own_counter(
    office, dossiers
):
    desk = Organisation.objects.create(
        kind="desk", parent=office.province, name="Trung tâm", symbol="TTPVHCC"
    )
    clerk = User.objects.create(username="tt", role=Role.CLERK, organisation=desk)
    centre = Office(office.province, office.agency, desk, desk, {Role.CLERK: clerk})
    own = receive(centre, make_procedure(office))

    assert list(Dossier.objects.visible_to(clerk)) == [own]
    assert own in Dossier.objects.visible_to(office.clerk)


def test_nobody_and_a_person_without_organisation_see_nothing(dossiers):
    stranger = User.objects.create(username="la")

    assert seen(AnonymousUser(), dossiers) == set()
    assert seen(stranger, dossiers) == set()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.django_db
def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_page(client, name, method):
    response = getattr(client, method)(ADDRESSES[name])

    assert response.status_code == 302
    assert response.url == f"/accounts/login/?next={ADDRESSES[name]}"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", OF_ONE_DOSSIER.keys() - {"detail"})
def test_a_dossier_of_another_office_is_nothing_here(
    sign_in, office, other_office, name, method
):
    receive(office)
    client = sign_in(Role.CLERK, other_office)

    response = getattr(client, method)(OF_ONE_DOSSIER[name])

    # What is only read is not posted to, whoever asks.
    assert response.status_code in ({404} if method == "get" else {404, 405})
    assert "Nguyễn Văn A" not in response.text
    assert Dossier.objects.get().status == Status.RECEIVED


@pytest.mark.parametrize("role", Role)
def test_the_page_of_a_dossier_opens_for_whoever_sees_it(
    sign_in, office, dossiers, role
):
    client = sign_in(role)

    opened = {
        name
        for name, dossier in dossiers.items()
        if client.get(dossier.get_absolute_url()).status_code == 200
    }

    assert opened == SEES[role]


@pytest.mark.parametrize("role", Role)
def test_register_and_jump_show_only_what_the_visitor_sees(sign_in, dossiers, role):
    client = sign_in(role)

    listed = {d.code for d in client.get(ADDRESSES["list"]).context["page"].rows}
    found = {
        name
        for name, dossier in dossiers.items()
        if client.get(ADDRESSES["jump"], {"q": dossier.code}).url
        == dossier.get_absolute_url()
    }

    assert listed == {dossiers[name].code for name in SEES[role]}
    assert found == SEES[role]


@pytest.mark.parametrize("code", ["H02.16-200601-9999", "<b>", "%00", "%F0%9F%93%AE"])
@pytest.mark.parametrize("rest", ["", "correct/", "take-back/", "processing/"])
def test_an_unknown_code_is_a_page_not_found(sign_in, code, rest):
    assert sign_in("clerk").get(f"/dossiers/{code}/{rest}").status_code == 404
