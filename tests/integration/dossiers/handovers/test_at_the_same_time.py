"""Two people at the same minutes: one wins, the other gets a sentence."""

from datetime import timedelta

import pytest

from dossiers import actions
from dossiers.custody import verify
from dossiers.models import Dossier, Handover, PostalItem
from dossiers.statuses import Status, Step
from postal_tthc.errors import Conflict
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, register
from tests.factories.handovers import Direction, begin, bring_in, scan, sign
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.test_at_the_same_time import all_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("known_calendar_days"),
]
TUESDAY = at(MONDAY + timedelta(days=1))


def conflicts(answers: list[object]) -> list[object]:
    """What lost; anything else that was raised fails the test."""
    raised = [x for x in answers if isinstance(x, Exception)]
    assert [x for x in raised if not isinstance(x, Conflict)] == []
    return raised


def test_two_clerks_who_begin_at_once_count_in_the_same_minutes(office):
    answers = all_at_once(*[lambda: begin(office, TUESDAY)] * 4)

    assert conflicts(answers) == []
    assert Handover.objects.count() == 1


def test_the_same_envelope_scanned_by_two_is_one_line(office):
    register(office, item=envelope(1))
    handover = begin(office, TUESDAY)

    answers = all_at_once(
        *[lambda: scan(handover, envelope(1).number, office, TUESDAY)] * 4
    )

    assert sorted(answers) == ["added", "double", "double", "double"]
    assert handover.lines.count() == 1


def test_two_signatures_of_the_desk_give_one_number(office):
    handover = begin(office, TUESDAY)
    scan(handover, register(office), office, TUESDAY)

    answers = all_at_once(
        *[lambda: actions.sign_for_desk(handover, by=office.clerk, at=TUESDAY)] * 3
    )

    assert len(conflicts(answers)) == 2
    handover.refresh_from_db()
    assert handover.number == 1


def test_two_signatures_of_the_post_start_each_clock_once(office):
    procedure = make_procedure(office)
    dossiers = [register(office, procedure=procedure) for _ in range(5)]
    handover = begin(office, TUESDAY)
    for dossier in dossiers:
        scan(handover, dossier, office, TUESDAY)
    handover = actions.sign_for_desk(handover, by=office.clerk, at=TUESDAY)

    answers = all_at_once(
        *[lambda: actions.sign_for_post(handover, by=office.postal_clerk, at=TUESDAY)]
        * 3
    )

    assert len(conflicts(answers)) == 2
    codes = sorted(Dossier.objects.values_list("code", flat=True))
    assert codes == [f"H02.16-200602-{n:04}" for n in range(1, 6)]
    assert verify().breaks == []


def test_signing_and_counting_again_at_once_leave_one_truth(office):
    handover = begin(office, TUESDAY)
    dossier = register(office)
    scan(handover, dossier, office, TUESDAY)
    handover = actions.sign_for_desk(handover, by=office.clerk, at=TUESDAY)

    answers = all_at_once(
        lambda: actions.sign_for_post(handover, by=office.postal_clerk, at=TUESDAY),
        lambda: actions.reopen(handover, by=office.clerk),
    )

    assert len(conflicts(answers)) == 1
    handover.refresh_from_db()
    dossier.refresh_from_db()
    is_locked = handover.status == Handover.Status.LOCKED
    assert is_locked == (dossier.status == Status.RECEIVED)


def test_a_line_cancelled_by_two_is_cancelled_once(office):
    dossier, handover = bring_in(register(office), office, TUESDAY)

    answers = all_at_once(
        *[
            lambda: actions.cancel_line(
                handover, 1, reason="Nhầm", by=office.clerk, at=TUESDAY
            )
        ]
        * 3
    )

    assert len(conflicts(answers)) == 2
    assert dossier.custody.filter(step=Step.CANCELLED_LINE).count() == 1
    assert handover.lines.count() == 2


def test_minutes_and_a_single_handing_over_do_not_send_a_result_twice(office):
    dossier = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    day = at(MONDAY + timedelta(days=3))
    handover = begin(office, day, Direction.OUT)
    scan(handover, dossier.code, office, day)
    scan(handover, envelope(1).number, office, day)
    handover = actions.sign_for_desk(handover, by=office.clerk, at=day)

    answers = all_at_once(
        lambda: actions.sign_for_post(handover, by=office.postal_clerk, at=day),
        lambda: actions.hand_to_post(
            dossier, PostalItem(number=envelope(2).number), by=office.clerk, at=day
        ),
    )

    assert len(conflicts(answers)) == 1
    dossier.refresh_from_db()
    assert dossier.status == Status.WITH_POST
    assert dossier.postal_items.count() == 1


def test_one_after_the_other_both_minutes_of_a_day_have_their_number(office):
    for number in (1, 2):
        handover = begin(office, TUESDAY)
        scan(handover, register(office), office, TUESDAY)
        assert sign(handover, office, TUESDAY).number == number
