"""What each role may do: one table in the product, and the same by hand here."""

import pytest
from django.urls import reverse

from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import ABILITIES, HOME, Ability, Role

MAY = {
    Role.CLERK: {
        "see_desk",
        "receive",
        "process",
        "return",
        "announce",
        "carry",
        "read_figures",
        "keep_ledger",
    },
    Role.CASE_OFFICER: {"see_desk", "process", "read_figures"},
    Role.LEADER: {
        "see_desk",
        "take_back",
        "read_figures",
        "read_workload",
        "write_reports",
        "sign_reports",
    },
    Role.CATALOGUE_MANAGER: {
        "edit_catalogue",
        "read_figures",
        "keep_ledger",
        "write_reports",
        "enter_totals",
    },
    Role.POSTAL_CLERK: {"see_desk", "announce", "carry"},
    Role.CONSOLIDATOR: {"read_figures", "write_reports", "consolidate"},
    Role.ADMINISTRATOR: {"manage_accounts", "read_figures"},
}
TODAY, DOSSIERS, NEW, CATALOGUE, ADMIN = (
    "/dossiers/today/",
    "/dossiers/",
    "/dossiers/new/",
    "/procedures/",
    "/admin/",
)
POST = ("/dossiers/handovers/", "/dossiers/items/")
FIGURES = ("/reports/", "/reports/papers/")
LINKS = {
    Role.CLERK: [TODAY, DOSSIERS, NEW, *POST, *FIGURES, CATALOGUE],
    Role.CASE_OFFICER: [TODAY, DOSSIERS, *FIGURES, CATALOGUE],
    Role.LEADER: [TODAY, DOSSIERS, *FIGURES, CATALOGUE],
    Role.CATALOGUE_MANAGER: [DOSSIERS, *FIGURES, CATALOGUE],
    Role.POSTAL_CLERK: [TODAY, DOSSIERS, NEW, *POST, CATALOGUE],
    Role.CONSOLIDATOR: [DOSSIERS, *FIGURES, CATALOGUE],
    Role.ADMINISTRATOR: [DOSSIERS, *FIGURES, CATALOGUE, ADMIN, "/api/tokens/"],
}


@pytest.mark.parametrize("ability", Ability)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says(role, ability):
    assert User(role=role).may(ability) is (ability in MAY[role])


def test_every_role_has_its_abilities_and_its_first_page():
    assert set(ABILITIES) == set(HOME) == set(MAY) == set(Role)


@pytest.mark.parametrize("ability", Ability)
def test_without_a_role_nothing_is_allowed(ability):
    assert User(role="").may(ability) is False
    assert User(role="", is_superuser=True).may(ability) is False


@pytest.mark.parametrize("role", Role)
def test_the_links_at_the_head_are_those_the_role_may_follow(sign_in, role):
    client = sign_in(role)

    offered = client.get(CATALOGUE).context["links"]

    addresses = [reverse(link.route) for link in offered]
    assert addresses == LINKS[role]
    assert {client.get(address).status_code for address in addresses} == {200}


@pytest.mark.django_db
def test_a_stranger_is_offered_the_catalogue_alone(client):
    offered = client.get(CATALOGUE).context["links"]

    assert [reverse(link.route) for link in offered] == [CATALOGUE]
