"""Receiving: a code, a clock, a due date, papers that are held, and one log entry."""

from datetime import date, timedelta

import pytest

from dossiers import actions
from dossiers.models import CustodyEntry, Dossier, Paper, PostalItem
from dossiers.statuses import IntakeChannel, ReturnChannel, Status
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid, Refused
from procedures.models import Leg, RequiredPaper
from procedures.working_days import TimeUnit
from tests.factories.dossiers import MONDAY, at, envelope, make_draft, receive
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.faults import (
    everything_kept,
    writes_that_leave_nothing_behind,
)

MAY_RECEIVE = {Role.CLERK}


@pytest.fixture
def procedure(office):
    return make_procedure(office)


def test_a_received_dossier_has_a_code_a_clock_and_a_due_date(office, procedure):
    dossier = receive(office, procedure)

    dossier.refresh_from_db()
    assert dossier.code == "H02.16-200601-0001"
    assert dossier.status == Status.RECEIVED
    assert dossier.clock_started_on == MONDAY
    assert dossier.due_on == date(2020, 6, 15)
    assert (dossier.processing_time, dossier.time_unit) == (10, "working_days")
    assert (dossier.agency, dossier.desk) == (office.agency, office.desk)
    assert dossier.entered_by == office.clerk
    assert (dossier.finished_on, dossier.returned_on) == (None, None)


def test_the_desk_holds_the_papers_in_the_order_in_which_they_were_handed_in(
    office, procedure
):
    papers = [
        Paper(name="Đơn", form=RequiredPaper.Form.COPY, quantity=2, sheets=4),
        Paper(name="Bằng", form=RequiredPaper.Form.ORIGINAL),
    ]

    dossier = actions.receive(
        make_draft(procedure), by=office.clerk, at=at(MONDAY), papers=papers
    )

    lines = dossier.papers.values_list("position", "name", "quantity", "sheets")
    assert list(lines) == [(1, "Đơn", 2, 4), (2, "Bằng", 1, None)]
    assert {paper.held_by for paper in dossier.papers.all()} == {office.desk}


def test_the_log_begins_with_the_receipt(office, procedure):
    dossier = receive(office, procedure)

    entry = dossier.custody.get()
    assert (entry.sequence, entry.step, entry.status) == (1, "received", "received")
    assert (entry.at, entry.by) == (dossier.received_at, office.clerk)
    assert entry.held_by == office.desk


def test_an_envelope_is_linked_under_its_tidy_number(office, procedure):
    envelope = PostalItem(number=" ee 123 456 785 vn ", leg=Leg.INTAKE)

    dossier = receive(
        office, procedure, intake_channel=IntakeChannel.PUBLIC_POST, item=envelope
    )

    item = dossier.postal_items.get()
    assert (item.number, item.leg) == ("EE123456785VN", Leg.INTAKE)


def test_one_envelope_may_carry_several_dossiers(office, procedure):
    first = receive(office, procedure, item=envelope(1))
    second = receive(office, procedure, item=envelope(1))

    assert set(PostalItem.objects.get().dossiers.all()) == {first, second}


def test_an_envelope_of_another_agency_is_refused_whole(
    office, other_office, procedure
):
    receive(other_office, item=envelope(1))
    before = everything_kept()

    with pytest.raises(Conflict, match="already used by another desk"):
        receive(office, procedure, item=envelope(1))

    assert everything_kept() == before


@pytest.mark.parametrize(
    ("received_on", "days", "unit", "due_on"),
    [
        pytest.param(
            date(2020, 1, 20), 10, TimeUnit.WORKING_DAYS, date(2020, 2, 10), id="Tết"
        ),
        pytest.param(
            date(2025, 12, 31),
            2,
            TimeUnit.WORKING_DAYS,
            date(2026, 1, 6),
            id="a swap that only our table knows",
        ),
        pytest.param(
            date(2026, 11, 20),
            3,
            TimeUnit.WORKING_DAYS,
            date(2026, 11, 26),
            id="the new holiday of 24 November",
        ),
        pytest.param(MONDAY, 0, TimeUnit.WORKING_DAYS, MONDAY, id="at once"),
        pytest.param(
            MONDAY,
            5,
            TimeUnit.CALENDAR_DAYS,
            date(2020, 6, 8),
            id="calendar days that end on a Saturday",
        ),
    ],
)
@pytest.mark.usefixtures("known_calendar_days")
def test_the_due_date_follows_the_official_calendar(
    office, received_on, days, unit, due_on
):
    procedure = make_procedure(office, processing_time=days, time_unit=unit)

    assert receive(office, procedure, on=received_on).due_on == due_on


def test_a_later_change_of_the_time_limit_leaves_the_dossier_alone(office, procedure):
    dossier = receive(office, procedure)

    procedure.processing_time = 30
    procedure.save()

    dossier.refresh_from_db()
    assert (dossier.processing_time, dossier.due_on) == (10, date(2020, 6, 15))


@pytest.mark.parametrize("role", Role)
def test_only_a_clerk_receives(office, procedure, role):
    def received():
        return actions.receive(
            make_draft(procedure), by=office.people[role], at=at(MONDAY)
        )

    if role in MAY_RECEIVE:
        assert received().entered_by == office.people[role]
        return
    before = everything_kept()
    with pytest.raises(Refused, match=f"the role «{role.label}» does not include it"):
        received()
    assert everything_kept() == before


def test_a_clerk_of_another_office_is_refused(other_office, procedure):
    with pytest.raises(Refused, match="does not receive dossiers for Sở SNV"):
        actions.receive(make_draft(procedure), by=other_office.clerk, at=at(MONDAY))

    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        pytest.param(
            {"on": MONDAY + timedelta(days=1)}, "in the future", id="tomorrow"
        ),
        pytest.param({"on": date(2009, 12, 31)}, "2010 or later", id="before 2010"),
        pytest.param({"on": date(1, 1, 1)}, "2010 or later", id="year 1"),
        pytest.param(
            {"on": date(2014, 12, 31)}, "it begins on 01/01/2015", id="not in force yet"
        ),
        pytest.param(
            {"return_channel": ReturnChannel.PUBLIC_POST, "return_address": ""},
            "write the address",
            id="by post to nowhere",
        ),
        pytest.param(
            {"return_channel": ReturnChannel.PUBLIC_POST, "return_name": ""},
            "Write the name",
            id="by post to nobody",
        ),
    ],
)
def test_what_breaks_a_rule_is_not_received(office, procedure, values, sentence):
    draft = make_draft(procedure, **values)

    with pytest.raises(Invalid, match=sentence):
        actions.receive(draft, by=office.clerk, at=at(MONDAY))

    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    "channels",
    [
        pytest.param({"intake_channel": IntakeChannel.PUBLIC_POST}, id="intake"),
        pytest.param({"return_channel": ReturnChannel.PUBLIC_POST}, id="return"),
    ],
)
def test_a_leg_that_may_not_go_by_post_is_not_received(office, channels):
    procedure = make_procedure(office, by_post=False)

    with pytest.raises(Invalid, match="Phải có mặt trực tiếp"):
        receive(office, procedure, **channels)

    assert not Dossier.objects.exists()


def test_a_power_cut_after_any_write_leaves_nothing_behind(office, procedure):
    writes = writes_that_leave_nothing_behind(
        lambda: receive(office, procedure, item=envelope(7))
    )

    # number, dossier, paper, envelope, its link, log and its end
    assert writes == 7


@pytest.mark.parametrize(
    "part",
    [
        "dossiers.actions.receiving.take_code",
        "dossiers.models.Dossier.save",
        "dossiers.models.Paper.objects.bulk_create",
        "dossiers.actions.receiving.put_in_item",
        "dossiers.custody.record",
    ],
)
def test_a_part_that_fails_leaves_nothing_behind(office, procedure, monkeypatch, part):
    receive(office, procedure)
    before = everything_kept()

    def fail(*args, **kwargs):
        raise RuntimeError(part)

    monkeypatch.setattr(part, fail)
    with pytest.raises(RuntimeError, match=part):
        receive(office, procedure, item=envelope(7))

    assert everything_kept() == before
    assert CustodyEntry.objects.count() == 1
