"""Somebody moves a dossier while another has a step's page open: told, nothing lost."""

import pytest
from django.utils import timezone

from dossiers import actions
from tests.factories.dossiers import MONDAY, at, receive
from tests.integration.dossiers.faults import everything_kept
from tests.integration.dossiers.pages import fields_of

TODAY = {"on": f"{timezone.localdate():%d/%m/%Y}"}
WORDS = {"reason": "Không thuộc thẩm quyền", "legal_basis": "Điều 19", "number": "7/TB"}


@pytest.fixture
def clerk(sign_in):
    return sign_in("clerk")


def test_a_step_that_is_no_longer_possible_keeps_what_was_typed(clerk, office):
    dossier = receive(office)
    address = f"{dossier.get_absolute_url()}refused/"
    clerk.get(address)
    actions.withdraw(dossier, reason="Xin rút", by=office.clerk, at=at(MONDAY))
    before = everything_kept()

    page = clerk.post(address, {**TODAY, **WORDS})

    assert page.status_code == 422
    assert f"Dossier {dossier.code} is «Withdrawn»" in page.text
    assert WORDS.items() <= fields_of(page).items()
    assert everything_kept() == before


def test_a_step_that_is_still_possible_is_asked_about_once(clerk, office):
    """Withdrawn by one while the other has just handed it to the case officer."""
    dossier = receive(office)
    address = f"{dossier.get_absolute_url()}withdrawn/"
    opened = fields_of(clerk.get(address))
    actions.start_processing(dossier, by=office.case_officer, at=at(MONDAY))
    before = everything_kept()

    page = clerk.post(address, {**opened, **TODAY, "reason": "Xin rút"})

    assert page.status_code == 422
    assert (
        "Case officer SNV has changed this dossier meanwhile: "
        "Handed to the case officer." in page.text
    )
    again = fields_of(page)
    assert again["reason"] == "Xin rút"
    assert everything_kept() == before

    assert clerk.post(address, again).status_code == 302
    dossier.refresh_from_db()
    assert dossier.closing_reason == "Xin rút"


def test_nothing_is_asked_when_nobody_moved_it(clerk, office):
    dossier = receive(office)
    address = f"{dossier.get_absolute_url()}withdrawn/"

    fields = {**fields_of(clerk.get(address)), "reason": "Xin rút"}

    assert clerk.post(address, fields).status_code == 302


def test_opening_a_step_that_is_not_possible_says_so_at_once(clerk, office):
    dossier = receive(office)

    assert clerk.get(f"{dossier.get_absolute_url()}returned/").status_code == 409


def test_who_may_not_do_it_is_refused_whatever_was_typed(sign_in, office):
    dossier = receive(office)

    page = sign_in("leader").post(
        f"{dossier.get_absolute_url()}refused/", {**TODAY, **WORDS}
    )

    assert page.status_code == 403


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 5000, "²"])
def test_a_broken_mark_is_no_conflict(clerk, office, seen):
    dossier = receive(office)

    page = clerk.post(
        f"{dossier.get_absolute_url()}processing/", {**TODAY, "seen": seen}
    )

    assert page.status_code == 302
