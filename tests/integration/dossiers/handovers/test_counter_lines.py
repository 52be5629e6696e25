"""Locked minutes: a mistake is cancelled by a counter-line with its reason."""

from datetime import timedelta

import pytest

from dossiers import actions
from dossiers.custody import verify
from dossiers.models import Handover, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import Status, Step
from postal_tthc.errors import Conflict, Refused
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, register, take
from tests.factories.handovers import begin, bring_in, scan, sign

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
OUT = Handover.Direction.OUT


def cancel(handover, office, moment, position=1, by="clerk"):
    person = office.people[by]
    return actions.cancel_line(
        handover, position, reason="Ghi nhầm", by=person, at=moment
    )


def test_a_cancelled_receipt_stops_the_clock_and_keeps_the_code(office):
    dossier, handover = bring_in(register(office), office, at(TUESDAY))
    code = dossier.code

    counter = cancel(handover, office, at(TUESDAY, 15))

    dossier.refresh_from_db()
    assert dossier.status == Status.ANNOUNCED
    assert (dossier.clock_started_on, dossier.due_on) == (None, None)
    assert dossier.code == code
    assert {paper.held_by for paper in dossier.papers.all()} == {office.post_office}
    assert dossier.postal_items.get().status == ItemStatus.ACCEPTED
    assert (counter.position, counter.cancels.position) == (2, 1)
    assert verify().breaks == []

    dossier, again = bring_in(dossier, office, at(WEDNESDAY))
    assert (dossier.code, dossier.clock_started_on) == (code, WEDNESDAY)
    assert again.pk != handover.pk


def test_fees_of_a_cancelled_line_are_still_to_come(office):
    item = envelope(7)
    item.collect_dong = 20_000
    dossier, handover = bring_in(register(office, item=item), office, at(TUESDAY))
    assert dossier.postal_items.get().remitted_on == TUESDAY

    cancel(handover, office, at(TUESDAY, 15))

    assert dossier.postal_items.get().remitted_on is None


def test_a_cancelled_result_is_at_the_desk_again(office):
    dossier = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    day = MONDAY + timedelta(days=3)
    handover = begin(office, at(day), OUT)
    scan(handover, dossier.code, office, at(day))
    scan(handover, envelope(1).number, office, at(day))
    handover = sign(handover, office, at(day))

    cancel(handover, office, at(day, 15), by="leader")

    dossier.refresh_from_db()
    assert (dossier.status, dossier.returned_on) == (Status.RESULT_READY, None)
    assert {paper.held_by for paper in dossier.papers.all()} == {office.desk}
    assert not PostalItem.objects.get(leg=Leg.RETURN).dossiers.exists()


def test_a_line_is_cancelled_once(office):
    _dossier, handover = bring_in(register(office), office, at(TUESDAY))
    cancel(handover, office, at(TUESDAY, 15))

    with pytest.raises(Conflict, match="cancelled already"):
        cancel(handover, office, at(TUESDAY, 16))
    with pytest.raises(Conflict, match="cancelled already"):
        cancel(handover, office, at(TUESDAY, 16), position=2)


def test_a_dossier_that_has_gone_on_is_not_taken_away(office):
    dossier, handover = bring_in(register(office), office, at(TUESDAY))
    take(Step.PROCESSING, dossier, office, at(WEDNESDAY))

    with pytest.raises(Conflict, match="has gone on since"):
        cancel(handover, office, at(WEDNESDAY, 15))

    assert handover.lines.count() == 1


def test_what_minutes_did_is_not_taken_back_in_silence(office):
    dossier, handover = bring_in(register(office), office, at(TUESDAY))

    with pytest.raises(Conflict, match=handover.code):
        actions.take_back(dossier, reason="Nhầm", by=office.clerk, at=at(TUESDAY, 15))


@pytest.mark.parametrize("role", ["case_officer", "postal_clerk", "catalogue_manager"])
def test_others_cancel_nothing(office, role):
    dossier, handover = bring_in(register(office), office, at(TUESDAY))

    with pytest.raises(Refused):
        cancel(handover, office, at(TUESDAY, 15), by=role)

    dossier.refresh_from_db()
    assert dossier.status == Status.RECEIVED


def test_minutes_not_locked_yet_have_no_counter_lines(office):
    dossier = register(office)
    handover = begin(office, at(TUESDAY))
    scan(handover, dossier, office, at(TUESDAY))

    with pytest.raises(Conflict, match="not locked"):
        cancel(handover, office, at(TUESDAY, 15))


def test_locked_minutes_are_not_scanned_into(office):
    _dossier, handover = bring_in(register(office), office, at(TUESDAY))

    with pytest.raises(Conflict, match="not changed any more"):
        scan(handover, envelope(5).number, office, at(TUESDAY, 15))
