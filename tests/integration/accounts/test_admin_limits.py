"""An administrator manages the own people, and gains nothing by it."""

import pytest
from django.core.exceptions import ValidationError

from postal_tthc.accounts.models import Organisation, User
from tests.factories.offices import Office

PEOPLE = "/admin/accounts/user/"


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root", password="Mat-khau-rat-dai-1")


@pytest.mark.parametrize("page", ["{pk}/change/", "{pk}/password/"])
def test_superusers_and_strangers_are_out_of_reach(
    office: Office, other_office: Office, sign_in, root: User, page: str
) -> None:
    client = sign_in("administrator")
    for person in (root, other_office.clerk):
        answer = client.get(PEOPLE + page.format(pk=person.pk))
        assert answer.status_code in (302, 403, 404)


def test_nobody_gives_the_own_account_another_role(office: Office, sign_in) -> None:
    own = office.administrator
    page = sign_in("administrator").get(f"{PEOPLE}{own.pk}/change/")
    fields = page.context["adminform"].form.fields
    assert "role" not in fields
    assert "organisation" not in fields
    assert "full_name" in fields


def test_only_our_organisations_can_be_chosen(
    office: Office, other_office: Office, sign_in
) -> None:
    page = sign_in("administrator").get(f"{PEOPLE}add/")
    offered = page.context["adminform"].form.fields["organisation"].queryset
    assert office.agency in offered
    assert other_office.agency not in offered


def test_a_new_administrator_gets_in(office: Office, sign_in, client) -> None:
    sign_in("administrator").post(
        f"{PEOPLE}add/",
        {
            "username": "moi",
            "full_name": "Người Mới",
            "organisation": office.province.pk,
            "role": "administrator",
            "usable_password": "true",
            "password1": "Mat-khau-rat-dai-2",
            "password2": "Mat-khau-rat-dai-2",
        },
    )
    new = User.objects.get(username="moi")
    assert new.is_staff
    client.force_login(new)
    assert client.get("/admin/").status_code == 200


def test_an_organisation_never_stands_above_itself(office: Office) -> None:
    office.agency.parent = office.desk
    with pytest.raises(ValidationError, match="above itself"):
        office.agency.clean()
    office.agency.parent = office.agency
    with pytest.raises(ValidationError, match="above itself"):
        office.agency.clean()


def test_there_are_three_levels(office: Office) -> None:
    below = Organisation(kind="desk", name="Quầy", symbol="Q", parent=office.desk)
    with pytest.raises(ValidationError, match="three levels"):
        below.clean()
