"""Taking the last move back: the dossier stands as before, the log keeps both."""

from datetime import timedelta

import pytest

from dossiers import actions
from dossiers.models import Dossier, Paper, PostalItem
from dossiers.statuses import IntakeChannel, ReturnChannel, Status
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Refused
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope
from tests.integration.dossiers.faults import (
    everything_kept,
    writes_that_leave_nothing_behind,
)

LATER = at(MONDAY + timedelta(days=9))
# The status before the last move, when `dossier_at` went the shortest way.
BEFORE = {
    Status.PROCESSING: Status.RECEIVED,
    Status.RESULT_READY: Status.PROCESSING,
    Status.RETURNED: Status.RESULT_READY,
    Status.REFUSED: Status.RECEIVED,
    Status.WITHDRAWN: Status.RECEIVED,
}
# Who takes back what the case officer did: that officer, or the leader.
MAY_TAKE_BACK_AN_OFFICERS_MOVE = {Role.CASE_OFFICER, Role.LEADER}


def take_back(dossier: Dossier, by: User) -> Dossier:
    return actions.take_back(dossier, reason="Nhầm hồ sơ", by=by, at=LATER)


def state(dossier: Dossier) -> dict[str, object]:
    """Where it stands: everything but the log."""
    row = Dossier.objects.filter(pk=dossier.pk).values().get()
    return {**row, "papers": list(dossier.papers.values())}


@pytest.mark.parametrize("status", BEFORE)
def test_a_move_taken_back_leaves_the_dossier_as_it_was(office, status):
    dossier = dossier_at(status, office)

    take_back(dossier, office.leader)

    untouched = state(dossier_at(BEFORE[status], office))
    taken_back = state(dossier)
    for row in (untouched, taken_back):
        for own in ("id", "code", "procedure_id", "search_text"):
            row.pop(own)
        for paper in row["papers"]:
            del paper["id"], paper["dossier_id"]
    assert taken_back == untouched


@pytest.mark.parametrize("status", BEFORE)
def test_the_log_keeps_the_move_and_its_taking_back(office, status):
    dossier = dossier_at(status, office)
    before = list(dossier.custody.values())

    take_back(dossier, office.leader)

    *kept, added = dossier.custody.values()
    assert kept == before
    assert (added["step"], added["status"]) == ("taken_back", BEFORE[status])
    assert (added["by_id"], added["at"]) == (office.leader.pk, LATER)
    assert added["note"] == "Nhầm hồ sơ"


def test_a_receipt_cannot_be_taken_back(office):
    dossier = dossier_at(Status.RECEIVED, office)
    before = everything_kept()

    with pytest.raises(Conflict, match=f"{dossier.code} has only been received"):
        take_back(dossier, office.leader)

    assert everything_kept() == before


@pytest.mark.parametrize("role", Role)
def test_the_last_move_is_taken_back_by_its_maker_or_a_leader(office, role):
    dossier = dossier_at(
        Status.PROCESSING, office, intake_channel=IntakeChannel.PUBLIC_POST
    )
    before = everything_kept()

    if role in MAY_TAKE_BACK_AN_OFFICERS_MOVE:
        assert take_back(dossier, office.people[role]).status == Status.RECEIVED
        return
    with pytest.raises(Refused, match=f"the role «{role.label}» does not include it"):
        take_back(dossier, office.people[role])
    assert everything_kept() == before


def test_a_clerk_takes_back_the_own_move(office):
    dossier = dossier_at(Status.RETURNED, office)

    assert take_back(dossier, office.clerk).status == Status.RESULT_READY


def test_a_leader_of_another_office_is_refused(office, other_office):
    dossier = dossier_at(Status.PROCESSING, office)
    before = everything_kept()

    with pytest.raises(Refused, match="belongs to another organisation"):
        take_back(dossier, other_office.leader)

    assert everything_kept() == before


def test_moves_are_taken_back_one_by_one_down_to_the_receipt(office):
    dossier = dossier_at(Status.RETURNED, office)

    statuses = [take_back(dossier, office.leader).status for _ in range(3)]

    assert statuses == [Status.RESULT_READY, Status.PROCESSING, Status.RECEIVED]
    with pytest.raises(Conflict, match="only been received"):
        take_back(dossier, office.leader)
    assert dossier.custody.count() == 7


def test_a_move_made_again_is_the_one_that_is_taken_back_next(office):
    dossier = dossier_at(Status.PROCESSING, office)
    take_back(dossier, office.leader)
    actions.withdraw(dossier, reason="Xin rút", by=office.clerk, at=LATER)

    assert take_back(dossier, office.leader).status == Status.RECEIVED


def test_a_correction_in_between_is_not_what_is_taken_back(office):
    dossier = dossier_at(Status.PROCESSING, office)
    actions.correct(
        dossier, {"applicant_phone": "0912345678"}, by=office.clerk, at=LATER
    )

    dossier = take_back(dossier, office.leader)

    assert dossier.status == Status.RECEIVED
    assert dossier.applicant_phone == "0912345678"


def test_a_move_taken_back_may_be_made_again_on_the_day_it_really_happened(office):
    dossier = dossier_at(Status.RESULT_READY, office)
    take_back(dossier, office.leader)

    actions.mark_result_ready(
        dossier, by=office.case_officer, at=at(MONDAY + timedelta(days=1))
    )

    dossier.refresh_from_db()
    assert dossier.finished_on == MONDAY + timedelta(days=1)


def test_a_corrected_phone_does_not_stand_in_the_way_of_an_earlier_day(office):
    dossier = dossier_at(Status.PROCESSING, office)
    changes = {"applicant_phone": "0912345678"}
    actions.correct(dossier, changes, by=office.clerk, at=LATER)

    actions.mark_result_ready(
        dossier, by=office.case_officer, at=at(MONDAY + timedelta(days=2))
    )

    dossier.refresh_from_db()
    assert dossier.finished_on == MONDAY + timedelta(days=2)


def test_kept_and_returned_papers_come_back_to_whoever_held_them(office):
    dossier = dossier_at(Status.RESULT_READY, office)
    actions.return_result(dossier, by=office.clerk, at=LATER, kept=[1])

    take_back(dossier, office.clerk)

    paper = dossier.papers.get()
    assert (paper.held_by, paper.outcome) == (office.desk, "")
    assert dossier.custody.last().held_by == office.desk


def test_a_result_taken_back_leaves_its_envelope_to_the_others_in_it(office):
    ours, other = (
        dossier_at(
            Status.RESULT_READY,
            office,
            intake_channel=IntakeChannel.PUBLIC_POST,
            item=envelope(n),
            return_channel=ReturnChannel.PUBLIC_POST,
        )
        for n in (1, 2)
    )
    for dossier in (ours, other):
        actions.return_result(
            dossier, by=office.clerk, at=LATER, item=envelope(3, Leg.RETURN)
        )

    take_back(ours, office.clerk)

    assert ours.postal_items.get() == PostalItem.objects.get(
        leg=Leg.INTAKE, dossiers=ours
    )
    assert PostalItem.objects.get(leg=Leg.RETURN).dossiers.get() == other


@pytest.mark.parametrize("status", BEFORE)
def test_a_power_cut_after_any_write_leaves_nothing_behind(office, status):
    by_post = {"return_channel": ReturnChannel.PUBLIC_POST}
    dossier = dossier_at(status, office, **by_post)

    writes = writes_that_leave_nothing_behind(lambda: take_back(dossier, office.leader))

    # dossier, papers, log; and the link with the envelope
    assert writes == (4 if status == Status.RETURNED else 3)


@pytest.mark.parametrize(
    "part", ["dossiers.models.Dossier.save", "dossiers.custody.record"]
)
def test_a_part_that_fails_leaves_nothing_behind(office, monkeypatch, part):
    dossier = dossier_at(Status.RETURNED, office)
    before = everything_kept()

    def fail(*args, **kwargs):
        raise RuntimeError(part)

    monkeypatch.setattr(part, fail)
    with pytest.raises(RuntimeError, match=part):
        take_back(dossier, office.leader)

    assert everything_kept() == before
    assert Paper.objects.get().outcome == Paper.Outcome.RETURNED
