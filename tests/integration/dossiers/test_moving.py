"""The five moves: what each does, who may make it, from where, and on which day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone

from dossiers import actions
from dossiers.models import Dossier
from dossiers.statuses import IntakeChannel, Status
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Role
from postal_tthc.errors import Conflict, Invalid, Refused
from tests.factories.dossiers import MONDAY, at, dossier_at
from tests.integration.dossiers.faults import (
    everything_kept,
    writes_that_leave_nothing_behind,
)

DAY = date(2020, 6, 10)
FROM_OFFICE = {Role.CLERK, Role.CASE_OFFICER}
FROM_DESK = {Role.CLERK}


class Move(NamedTuple):
    """What we expect of a move, written by hand from the rules."""

    starts: set[Status]
    ends: Status
    roles: set[Role]
    act: Callable[..., Dossier]


def with_reason(verb: Callable[..., Dossier]) -> Callable[..., Dossier]:
    return lambda dossier, **how: verb(dossier, reason="Sai thẩm quyền", **how)


MOVES = {
    "start_processing": Move(
        {Status.RECEIVED},
        Status.PROCESSING,
        FROM_OFFICE,
        actions.start_processing,
    ),
    "mark_result_ready": Move(
        {Status.PROCESSING},
        Status.RESULT_READY,
        FROM_OFFICE,
        actions.mark_result_ready,
    ),
    "return_result": Move(
        {Status.RESULT_READY},
        Status.RETURNED,
        FROM_DESK,
        actions.return_result,
    ),
    "refuse": Move(
        {Status.RECEIVED, Status.PROCESSING},
        Status.REFUSED,
        FROM_OFFICE,
        with_reason(actions.refuse),
    ),
    "withdraw": Move(
        {Status.RECEIVED, Status.PROCESSING},
        Status.WITHDRAWN,
        FROM_DESK,
        with_reason(actions.withdraw),
    ),
}
each_move = pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)


def make(move: Move, dossier: Dossier, by: User, *, on: date = DAY) -> Dossier:
    return move.act(dossier, by=by, at=at(on))


def ready_for(move: Move, office, **values) -> Dossier:
    return dossier_at(min(move.starts), office, **values)


@each_move
def test_a_move_changes_the_status_and_is_logged(office, move):
    dossier = make(move, ready_for(move, office), office.clerk)

    dossier.refresh_from_db()
    entry = dossier.custody.last()
    assert dossier.status == move.ends
    assert (entry.step, entry.status) == (move.ends, move.ends)
    assert (entry.at, entry.by) == (at(DAY), office.clerk)


@each_move
@pytest.mark.parametrize("status", Status)
def test_a_move_is_made_from_its_own_statuses_only(office, move, status):
    dossier = dossier_at(status, office)
    before = everything_kept()

    if status in move.starts:
        assert make(move, dossier, office.clerk).status == move.ends
        return
    with pytest.raises(Conflict, match=f"{dossier.code} is «{status.label}»"):
        make(move, dossier, office.clerk)
    assert everything_kept() == before


@each_move
@pytest.mark.parametrize("role", Role)
def test_a_move_is_made_by_its_own_roles_only(office, move, role):
    # By post, so that everybody in the table sees the dossier.
    dossier = ready_for(move, office, intake_channel=IntakeChannel.PUBLIC_POST)
    before = everything_kept()

    if role in move.roles:
        assert make(move, dossier, office.people[role]).status == move.ends
        return
    with pytest.raises(Refused, match=f"the role «{role.label}» does not include it"):
        make(move, dossier, office.people[role])
    assert everything_kept() == before


@each_move
def test_a_move_is_refused_to_another_office(office, other_office, move):
    dossier = ready_for(move, office)
    before = everything_kept()

    with pytest.raises(Refused, match="belongs to another organisation"):
        make(move, dossier, other_office.clerk)

    assert everything_kept() == before


@each_move
def test_a_power_cut_after_any_write_of_a_move_leaves_nothing_behind(office, move):
    dossier = ready_for(move, office)

    writes = writes_that_leave_nothing_behind(lambda: make(move, dossier, office.clerk))

    assert writes >= 3  # dossier, papers, log


@each_move
@pytest.mark.parametrize(
    "part", ["dossiers.models.Dossier.save", "dossiers.custody.record"]
)
def test_a_part_of_a_move_that_fails_leaves_nothing_behind(
    office, move, part, monkeypatch
):
    dossier = ready_for(move, office)
    before = everything_kept()

    def fail(*args, **kwargs):
        raise RuntimeError(part)

    monkeypatch.setattr(part, fail)
    with pytest.raises(RuntimeError, match=part):
        make(move, dossier, office.clerk)

    assert everything_kept() == before


@each_move
def test_a_move_cannot_lie_in_the_future(office, move):
    dossier = ready_for(move, office)
    before = everything_kept()

    with pytest.raises(Invalid, match="cannot lie in the future"):
        move.act(dossier, by=office.clerk, at=timezone.now() + timedelta(minutes=1))

    assert everything_kept() == before


@each_move
def test_a_move_is_not_earlier_than_the_step_before_it(office, move):
    dossier = ready_for(move, office)
    last = timezone.localdate(dossier.custody.last().at)

    with pytest.raises(Conflict, match=f"made on {last:%d/%m/%Y}"):
        make(move, dossier, office.clerk, on=last - timedelta(days=1))

    assert make(move, dossier, office.clerk, on=last).status == move.ends


@pytest.mark.parametrize(
    ("name", "finished_on", "returned_on", "reason"),
    [
        ("start_processing", None, None, ""),
        ("mark_result_ready", DAY, None, ""),
        ("refuse", DAY, None, "Sai thẩm quyền"),
        ("withdraw", DAY, None, "Sai thẩm quyền"),
    ],
)
def test_a_move_keeps_the_days_and_the_reason(
    office, name, finished_on, returned_on, reason
):
    dossier = make(MOVES[name], ready_for(MOVES[name], office), office.clerk)

    dossier.refresh_from_db()
    assert (dossier.finished_on, dossier.returned_on) == (finished_on, returned_on)
    assert dossier.closing_reason == reason
    assert dossier.custody.last().note == reason


def test_a_return_keeps_the_day_on_which_the_agency_finished(office):
    dossier = dossier_at(Status.RESULT_READY, office)

    make(MOVES["return_result"], dossier, office.clerk)

    dossier.refresh_from_db()
    assert dossier.finished_on == MONDAY + timedelta(days=2)
    assert dossier.returned_on == DAY


def test_the_day_of_a_move_is_the_day_in_vietnam(office):
    dossier = dossier_at(Status.PROCESSING, office)
    just_after_midnight = at(DAY, hour=0)  # still the day before in UTC

    actions.mark_result_ready(dossier, by=office.clerk, at=just_after_midnight)

    dossier.refresh_from_db()
    assert dossier.finished_on == DAY
