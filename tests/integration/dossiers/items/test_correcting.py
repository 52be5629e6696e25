"""Correcting what was written down about an envelope."""

from datetime import date

import pytest

from dossiers import actions
from dossiers.models import PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import Status, Step
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Refused
from procedures.models import Leg, TransitNorm
from tests.factories.dossiers import at, dossier_at, envelope, receive
from tests.integration.dossiers.faults import (
    everything_kept,
    writes_that_leave_nothing_behind,
)

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

LATER = at(date(2020, 6, 10))
RIGHT = "EE123456785VN"


@pytest.fixture
def item(office) -> PostalItem:
    return dossier_at(Status.WITH_POST, office).postal_items.get()


def correct(item, office, **values):
    return actions.correct_item(item, values, by=office.clerk, at=LATER)


def test_new_facts_are_kept_and_the_log_keeps_the_old_ones(office, item):
    old = item.number

    correct(
        item,
        office,
        number="ee 123456785 vn",
        postage_dong=31_000,
        service="express",
        payer="agency",
        proof_of_posting="BL 17",
        seal_number="NP-9",
    )

    item.refresh_from_db()
    entry = item.dossiers.get().custody.last()
    assert (item.number, item.postage_dong) == (RIGHT, 31_000)
    assert (item.proof_of_posting, item.seal_number) == ("BL 17", "NP-9")
    assert (entry.step, entry.item, entry.held_by) == (
        Step.CORRECTED,
        item,
        office.post_office,
    )
    assert entry.note.startswith(f"{old}: ")
    assert f"«{old}» → «{RIGHT}»" in entry.note
    assert "«» → «31000»" in entry.note
    assert "«BL 17»" in entry.note


def test_every_dossier_inside_keeps_the_correction(office, item):
    second = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    actions.hand_to_post(
        second,
        PostalItem(number=item.number, leg=Leg.RETURN),
        by=office.clerk,
        at=at(item.posted_on, 10),
    )

    correct(item, office, seal_number="NP-9")

    assert [x.custody.last().step for x in item.dossiers.all()] == ["corrected"] * 2


def test_another_route_has_another_norm(office, item):
    correct(item, office, route=TransitNorm.Route.BETWEEN_PROVINCES)

    item.refresh_from_db()
    assert item.expected_on == item.news_due_on == date(2020, 6, 10)  # J+4


def test_the_same_route_keeps_its_promise(office, item):
    TransitNorm.objects.filter(route=item.route).update(days=5)

    correct(item, office, postage_dong=1)

    item.refresh_from_db()
    assert item.expected_on == date(2020, 6, 8)


def test_a_route_does_not_wake_what_has_arrived(office, item):
    actions.deliver(item, by=office.clerk, at=LATER)

    correct(item, office, route=TransitNorm.Route.SAME_DISTRICT)

    item.refresh_from_db()
    assert (item.status, item.news_due_on) == (ItemStatus.DELIVERED, None)


def test_an_envelope_that_was_never_posted_has_no_expected_day(office):
    dossier = receive(office, item=envelope(5))

    item = correct(dossier.postal_items.get(), office, route="same_district")

    assert (item.expected_on, item.news_due_on) == (None, None)


def test_the_number_of_another_envelope_is_refused(office, item):
    other = dossier_at(Status.WITH_POST, office).postal_items.get()
    before = everything_kept()

    with pytest.raises(Conflict, match="already used by another envelope"):
        correct(item, office, number=other.number)

    assert everything_kept() == before


def test_the_same_number_may_stand_on_the_other_leg(office, item):
    receive(office, item=PostalItem(number=RIGHT, leg=Leg.INTAKE))

    assert correct(item, office, number=RIGHT).number == RIGHT


def test_nothing_changed_writes_nothing(office, item):
    before = everything_kept()

    correct(item, office, number=item.number, service=item.service)

    assert everything_kept() == before


@pytest.mark.parametrize("role", Role)
def test_desk_and_post_correct_and_nobody_else(office, item, role):
    before = everything_kept()

    if role in (Role.CLERK, Role.POSTAL_CLERK):
        actions.correct_item(
            item, {"postage_dong": 5}, by=office.people[role], at=LATER
        )
        return
    with pytest.raises(Refused, match=f"the role «{role.label}»"):
        actions.correct_item(
            item, {"postage_dong": 5}, by=office.people[role], at=LATER
        )
    assert everything_kept() == before


def test_another_office_corrects_nothing(other_office, item):
    before = everything_kept()

    with pytest.raises(Refused, match="belongs to another organisation"):
        correct(item, other_office, postage_dong=5)

    assert everything_kept() == before


def test_a_power_cut_after_any_write_leaves_nothing_behind(office, item):
    writes = writes_that_leave_nothing_behind(
        lambda: correct(item, office, postage_dong=5)
    )

    assert writes >= 3  # the item, the log, the end of its chain


def test_the_log_holds_after_a_correction_of_a_closed_dossier(office, item):
    actions.deliver(item, by=office.clerk, at=LATER)
    dossier = item.dossiers.get()

    correct(item, office, postage_dong=5)

    closed_on = dossier.closed_on
    dossier.refresh_from_db()
    assert dossier.closed_on == closed_on == date(2020, 6, 10)
    assert dossier.custody.last().step == Step.CORRECTED
