"""Accounts and organisations: for the administrator, and nothing is deleted."""

from datetime import date

import pytest
from auditlog.models import LogEntry

from postal_tthc.accounts.models import Organisation, OrganisationIdentifier, User
from postal_tthc.accounts.roles import Role
from tests.factories.offices import PASSWORD
from tests.integration.dossiers.pages import fields_of

ADMIN = "/admin/"
USERS, ORGANISATIONS = "/admin/accounts/user/", "/admin/accounts/organisation/"
NEW_PASSWORD = "Con-trau-di-truoc-cai-cay"
NOT_ADMINISTRATORS = [role for role in Role if role != Role.ADMINISTRATOR]


@pytest.fixture
def administrator(sign_in):
    return sign_in(Role.ADMINISTRATOR)


def page_of(row: User | Organisation, rest: str = "change/") -> str:
    return f"{ADMIN}accounts/{row._meta.model_name}/{row.pk}/{rest}"


def every_page(office) -> list[str]:
    return [
        ADMIN,
        USERS,
        f"{USERS}add/",
        page_of(office.clerk),
        page_of(office.clerk, "password/"),
        page_of(office.clerk, "history/"),
        ORGANISATIONS,
        f"{ORGANISATIONS}add/",
        page_of(office.agency),
        page_of(office.agency, "history/"),
    ]


def test_the_administrator_opens_every_page(administrator, office):
    answers = {page: administrator.get(page).status_code for page in every_page(office)}

    assert set(answers.values()) == {200}, answers


def test_people_are_found_by_name_and_role(administrator, office):
    page = administrator.get(USERS, {"q": "Leader", "role__exact": "leader"})

    assert office.leader.username in page.text
    assert office.clerk.username not in page.text


def test_the_administrator_moves_a_person_to_another_role(administrator, office):
    fields = fields_of(administrator.get(page_of(office.clerk)))

    answer = administrator.post(
        page_of(office.clerk), {**fields, "role": "leader", "full_name": "Lê Thị C"}
    )

    office.clerk.refresh_from_db()
    assert answer.status_code == 302
    assert (office.clerk.role, office.clerk.full_name) == (Role.LEADER, "Lê Thị C")
    assert office.clerk.check_password(PASSWORD)
    assert not office.clerk.is_staff


def test_a_person_is_switched_off_instead_of_deleted(administrator, office):
    fields = fields_of(administrator.get(page_of(office.clerk)))
    del fields["is_active"]

    administrator.post(page_of(office.clerk), fields)

    office.clerk.refresh_from_db()
    assert not office.clerk.is_active


def new_person(office, **changes: str) -> dict[str, str]:
    return {
        "username": "hoa",
        "full_name": "Phạm Thị Hoa",
        "organisation": str(office.desk.pk),
        "role": "clerk",
        "usable_password": "true",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
        **changes,
    }


def test_a_new_person_may_sign_in(administrator, client, office):
    administrator.post(f"{USERS}add/", new_person(office))

    assert User.objects.get(username="hoa").organisation == office.desk
    assert client.login(username="hoa", password=NEW_PASSWORD)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("username", "clerk-SNV", "already exists"),
        ("username", "", "required"),
        ("full_name", " ", "required"),
        ("organisation", "", "required"),
        ("role", "", "required"),
        ("role", "king", "valid choice"),
        ("password2", "12345678901", "didn’t match"),
    ],
)
def test_a_person_without_name_place_or_role_is_not_added(
    administrator, office, field, value, sentence
):
    people = User.objects.count()

    page = administrator.post(f"{USERS}add/", new_person(office, **{field: value}))

    form = page.context["adminform"].form
    assert sentence in " ".join(form.errors[field])
    assert User.objects.count() == people


def test_a_forgotten_password_is_set_anew(administrator, office):
    typed = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

    administrator.post(page_of(office.clerk, "password/"), typed)

    office.clerk.refresh_from_db()
    assert office.clerk.check_password(NEW_PASSWORD)


def test_an_organisation_is_renamed_and_gets_its_new_identifier(administrator, office):
    fields = fields_of(administrator.get(page_of(office.agency)))
    new = {
        "name": "Sở Nội vụ",
        "identifiers-TOTAL_FORMS": "2",
        "identifiers-1-organisation": str(office.agency.pk),
        "identifiers-1-value": "H05.16",
        "identifiers-1-used_from": "01/07/2025",
    }

    answer = administrator.post(page_of(office.agency), {**fields, **new})

    office.agency.refresh_from_db()
    assert answer.status_code == 302
    assert office.agency.name == "Sở Nội vụ"
    assert office.agency.identifier_on(date(2025, 6, 30)) == "H02.16"
    assert office.agency.identifier_on(date(2025, 7, 1)) == "H05.16"


@pytest.mark.parametrize("value", ["H2", "h02.16", "Z02", "00.00.16.H02", "H02.16-1"])
def test_an_identifier_of_no_known_form_is_told(administrator, office, value):
    fields = fields_of(administrator.get(page_of(office.agency)))

    page = administrator.post(
        page_of(office.agency), {**fields, "identifiers-0-value": value}
    )

    assert "Write H02.16 (new form) or 000.00.16.H02 (old form)." in page.text
    assert OrganisationIdentifier.objects.get().value == "H02.16"


def test_what_the_administrator_changes_is_logged_without_the_password(
    administrator, office
):
    fields = fields_of(administrator.get(page_of(office.clerk)))
    administrator.post(page_of(office.clerk), {**fields, "role": "leader"})
    administrator.post(
        page_of(office.clerk, "password/"),
        {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    entries = LogEntry.objects.get_for_object(office.clerk).filter(actor__isnull=False)
    assert [entry.actor for entry in entries] == [office.administrator]
    assert entries[0].changes_dict["role"] == ["clerk", "leader"]


@pytest.mark.parametrize("who", ["clerk", "agency"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_is_deleted(administrator, office, who, method):
    row = getattr(office, who)

    answer = getattr(administrator, method)(page_of(row, "delete/"), {"post": "yes"})

    assert answer.status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("address", [USERS, ORGANISATIONS])
def test_deleting_is_not_even_offered(administrator, office, address):
    page = administrator.get(address)
    people, places = User.objects.count(), Organisation.objects.count()

    administrator.post(
        address, {"action": "delete_selected", "_selected_action": "1", "post": "yes"}
    )

    assert "delete" not in page.text.lower()
    assert (User.objects.count(), Organisation.objects.count()) == (people, places)


@pytest.mark.parametrize("role", NOT_ADMINISTRATORS)
def test_no_other_role_opens_a_page(sign_in, office, role):
    client = sign_in(role)

    answers = [client.get(page) for page in every_page(office)]

    assert {answer.status_code for answer in answers} == {302}
    assert {answer.url.split("?")[0] for answer in answers} == {"/admin/login/"}


@pytest.mark.parametrize("role", NOT_ADMINISTRATORS)
def test_a_staff_mark_alone_opens_nothing(sign_in, office, role):
    User.objects.update(is_staff=True)
    client = sign_in(role)

    answers = {page: client.get(page).status_code for page in every_page(office)[1:]}

    assert set(answers.values()) == {403}, answers
    assert client.post(f"{USERS}add/", new_person(office)).status_code == 403


def test_an_administrator_without_the_staff_mark_stays_outside(sign_in):
    User.objects.update(is_staff=False)

    answer = sign_in(Role.ADMINISTRATOR).get(ADMIN)

    assert (answer.status_code, answer.url) == (302, "/admin/login/?next=/admin/")


def test_nobody_makes_himself_a_superuser(administrator, office):
    own = office.administrator
    fields = fields_of(administrator.get(page_of(own)))

    administrator.post(page_of(own), {**fields, "is_superuser": "on", "groups": "1"})

    own.refresh_from_db()
    assert not own.is_superuser


def test_the_first_superuser_of_a_new_office_may_enter_the_others(client, office):
    superuser = User.objects.create_superuser("root", password=PASSWORD)
    client.force_login(superuser)

    client.post(f"{USERS}add/", new_person(office))

    assert User.objects.filter(username="hoa").exists()
