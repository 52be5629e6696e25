"""A power cut after any write of a signature leaves nothing behind."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from dossiers import actions
from dossiers.models import Handover
from dossiers.statuses import Status
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, register
from tests.factories.handovers import Direction, begin, bring_in, scan
from tests.factories.offices import Office
from tests.integration.dossiers.faults import writes_that_leave_nothing_behind

TUESDAY = at(MONDAY + timedelta(days=1))
LATER = at(MONDAY + timedelta(days=4))


def _counted_in(office: Office) -> Handover:
    item = envelope(1)
    item.seal_number = "S-1"
    register(office, item=item)
    register(office, item=envelope(2))
    handover = begin(office, TUESDAY)
    for serial in (1, 2):
        scan(handover, envelope(serial).number, office, TUESDAY)
    return handover


def _counted_out(office: Office) -> Handover:
    dossier = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    handover = begin(office, LATER, Direction.OUT)
    scan(handover, dossier.code, office, LATER)
    scan(handover, envelope(3).number, office, LATER)
    return handover


def opening(office: Office) -> Callable[[], object]:
    return lambda: begin(office, TUESDAY)


def scanning(office: Office) -> Callable[[], object]:
    handover = _counted_in(office)
    return lambda: scan(handover, envelope(9).number, office, TUESDAY)


def removing(office: Office) -> Callable[[], object]:
    handover = _counted_in(office)
    return lambda: actions.remove_line(handover, 1, by=office.clerk)


def writing(office: Office) -> Callable[[], object]:
    line = _counted_in(office).lines.first()
    return lambda: actions.write_line(line, {"fees_dong": 5}, by=office.clerk)


def signing_for_the_desk(office: Office) -> Callable[[], object]:
    handover = _counted_in(office)
    return lambda: actions.sign_for_desk(handover, by=office.clerk, at=TUESDAY)


def signing_for_the_post(office: Office) -> Callable[[], object]:
    handover = actions.sign_for_desk(_counted_in(office), by=office.clerk, at=TUESDAY)
    return lambda: actions.sign_for_post(handover, by=office.postal_clerk, at=TUESDAY)


def signing_results_out(office: Office) -> Callable[[], object]:
    handover = actions.sign_for_desk(_counted_out(office), by=office.clerk, at=LATER)
    return lambda: actions.sign_for_post(handover, by=office.postal_clerk, at=LATER)


def counting_again(office: Office) -> Callable[[], object]:
    handover = actions.sign_for_desk(_counted_in(office), by=office.clerk, at=TUESDAY)
    return lambda: actions.reopen(handover, by=office.clerk)


def giving_up(office: Office) -> Callable[[], object]:
    handover = _counted_in(office)
    return lambda: actions.abandon(handover, by=office.clerk)


def cancelling(office: Office) -> Callable[[], object]:
    _dossier, handover = bring_in(register(office), office, TUESDAY)
    return lambda: actions.cancel_line(
        handover, 1, reason="Nhầm", by=office.clerk, at=TUESDAY
    )


VERBS = [
    opening,
    scanning,
    removing,
    writing,
    signing_for_the_desk,
    signing_for_the_post,
    signing_results_out,
    counting_again,
    giving_up,
    cancelling,
]


@pytest.mark.parametrize("prepare", VERBS)
def test_a_power_cut_after_any_write_leaves_nothing_behind(office, prepare):
    assert writes_that_leave_nothing_behind(prepare(office)) > 0
