"""The steps of a dossier: what each does, on which day, and to whom it is refused.

From which status and by which role a step is made is tried in ``test_moves``.
"""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from dossiers import actions
from dossiers.models import Dossier
from dossiers.statuses import IntakeChannel, Status
from postal_tthc.accounts.models import User
from postal_tthc.errors import Conflict, Invalid, Refused
from tests.factories.dossiers import MONDAY, at, dossier_at
from tests.integration.dossiers.faults import everything_kept
from tests.integration.dossiers.verbs import STEPS, Verb

DAY = date(2020, 6, 10)
WEDNESDAY = date(2020, 6, 3)
each_step = pytest.mark.parametrize("verb", STEPS.values(), ids=STEPS)
WRITTEN_AS = {
    "receive_registered": "received",
    "start_processing": "processing",
    "request_supplement": "supplement_requested",
    "receive_supplement": "supplemented",
    "request_payment": "payment_requested",
    "record_payment": "paid",
    "reappoint": "reappointed",
    "mark_result_ready": "result_ready",
    "hand_to_post": "handed_to_post",
    "return_result": "returned",
    "refuse": "refused",
    "withdraw": "withdrawn",
    "discontinue": "discontinued",
    "give_papers_back": "papers_moved",
    "post_papers_home": "papers_moved",
}


def make(verb: Verb, dossier: Dossier, by: User, *, on: date = DAY) -> Dossier:
    return verb.act(dossier, by=by, at=at(on))


@pytest.mark.parametrize("name", STEPS)
def test_a_step_changes_the_status_and_is_logged(office, name):
    verb = STEPS[name]
    before = verb.ready(office)
    entries = before.custody.count()

    dossier = make(verb, before, office.clerk)

    dossier.refresh_from_db()
    entry = dossier.custody.last()
    assert dossier.status == verb.ends
    assert dossier.custody.count() == entries + 1
    assert (entry.step, entry.status) == (WRITTEN_AS[name], verb.ends)
    assert (entry.at, entry.by) == (at(DAY), office.clerk)


@each_step
def test_a_step_is_refused_to_another_office(office, other_office, verb):
    dossier = verb.ready(office)
    before = everything_kept()

    with pytest.raises(Refused, match="belongs to another organisation"):
        make(verb, dossier, other_office.clerk)

    assert everything_kept() == before


@each_step
def test_a_step_cannot_lie_in_the_future(office, verb):
    dossier = verb.ready(office)
    before = everything_kept()

    with pytest.raises(Invalid, match="cannot lie in the future"):
        verb.act(dossier, by=office.clerk, at=timezone.now() + timedelta(minutes=1))

    assert everything_kept() == before


@each_step
def test_a_step_is_not_earlier_than_the_step_before_it(office, verb):
    dossier = verb.ready(office)
    last = timezone.localdate(dossier.custody.last().at)
    before = everything_kept()

    with pytest.raises(Conflict, match=f"made on {last:%d/%m/%Y}"):
        make(verb, dossier, office.clerk, on=last - timedelta(days=1))

    assert everything_kept() == before
    assert make(verb, dossier, office.clerk, on=last).status == verb.ends


@each_step
def test_on_one_day_a_step_is_not_before_the_hour_of_the_step_before(office, verb):
    dossier = verb.ready(office)
    last = dossier.custody.last().at

    verb.act(dossier, by=office.clerk, at=last - timedelta(hours=3))

    assert dossier.custody.last().at == last


DAYS = {
    # name: finished, returned, clock stopped, closed
    "start_processing": (None, None, None, None),
    "request_supplement": (None, None, DAY, None),
    "receive_supplement": (None, None, None, None),
    "request_payment": (None, None, DAY, None),
    "record_payment": (None, None, None, None),
    "reappoint": (None, None, None, None),
    "mark_result_ready": (DAY, None, None, None),
    "hand_to_post": (WEDNESDAY, DAY, None, None),
    "return_result": (WEDNESDAY, DAY, None, DAY),
    "refuse": (DAY, None, None, DAY),
    "withdraw": (DAY, None, None, DAY),
    "discontinue": (DAY, None, None, DAY),
    "give_papers_back": (WEDNESDAY, None, None, DAY),
    "post_papers_home": (WEDNESDAY, None, None, None),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_step_keeps_its_days(office, name):
    dossier = make(STEPS[name], STEPS[name].ready(office), office.clerk)

    dossier.refresh_from_db()
    assert (
        dossier.finished_on,
        dossier.returned_on,
        dossier.clock_stopped_on,
        dossier.closed_on,
    ) == DAYS[name]


@pytest.mark.parametrize("name", ["refuse", "withdraw", "discontinue"])
def test_an_early_end_keeps_its_reason(office, name):
    dossier = make(STEPS[name], STEPS[name].ready(office), office.clerk)

    dossier.refresh_from_db()
    assert dossier.closing_reason == "Sai thẩm quyền"
    assert dossier.custody.last().note == "Sai thẩm quyền"


def test_a_return_keeps_the_day_on_which_the_agency_finished(office):
    dossier = dossier_at(Status.RESULT_READY, office)

    make(STEPS["return_result"], dossier, office.clerk)

    dossier.refresh_from_db()
    assert dossier.finished_on == MONDAY + timedelta(days=2)
    assert dossier.returned_on == DAY


def test_a_result_collected_after_the_post_brought_it_back_left_when_it_first_left(
    office,
):
    dossier = dossier_at(Status.UNDELIVERED, office)
    handed_over = dossier.returned_on

    actions.return_result(dossier, by=office.clerk, at=at(DAY))

    dossier.refresh_from_db()
    assert handed_over == MONDAY + timedelta(days=3) != DAY
    assert dossier.returned_on == handed_over
    assert dossier.closed_on == DAY


def test_the_day_of_a_step_is_the_day_in_vietnam(office):
    dossier = dossier_at(Status.PROCESSING, office)
    just_after_midnight = at(DAY, hour=0)  # still the day before in UTC

    actions.mark_result_ready(dossier, by=office.clerk, at=just_after_midnight)

    dossier.refresh_from_db()
    assert dossier.finished_on == DAY


def test_what_is_received_after_it_was_registered_starts_its_clock_then(office):
    dossier = dossier_at(Status.REGISTERED, office)
    assert (dossier.code, dossier.clock_started_on, dossier.due_on) == (None,) * 3

    dossier = actions.receive_registered(dossier, by=office.clerk, at=at(WEDNESDAY))

    dossier.refresh_from_db()
    assert dossier.code == "H02.16-200603-0001"
    assert dossier.received_at == at(WEDNESDAY)
    assert dossier.clock_started_on == WEDNESDAY
    assert dossier.due_on == date(2020, 6, 17)
    assert Dossier.objects.referred_to(f"TB-{dossier.pk}").get() == dossier


def test_a_dossier_announced_by_post_is_the_post_offices_until_it_comes(office):
    dossier = dossier_at(
        Status.ANNOUNCED, office, intake_channel=IntakeChannel.PUBLIC_POST
    )

    assert dossier.papers.get().held_by == office.post_office
    assert dossier.custody.get().held_by == office.post_office
