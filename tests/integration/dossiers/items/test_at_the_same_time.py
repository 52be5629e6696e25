"""Two people at one item: real threads, real transactions, on either database."""

from datetime import date
from functools import partial

import pytest

from dossiers import actions, custody
from dossiers.models import Incident, PostalItem
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import Status, Step
from postal_tthc.errors import Conflict
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at
from tests.integration.dossiers.test_at_the_same_time import all_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days"),
]

NOW = at(date(2020, 6, 10))
MANY = 6


@pytest.fixture
def item(office) -> PostalItem:
    """Two results in one envelope, so that there is something to lock in order."""
    item = dossier_at(Status.WITH_POST, office).postal_items.get()
    second = dossier_at(Status.RESULT_READY, office, return_channel="public_post")
    actions.hand_to_post(
        second,
        PostalItem(number=item.number, leg=Leg.RETURN),
        by=office.clerk,
        at=at(item.posted_on, 10),
    )
    return item


def outcomes(answers: list[object]) -> tuple[int, list[object]]:
    """How many went through, and what the others got."""
    failed = [answer for answer in answers if isinstance(answer, Exception)]
    return len(answers) - len(failed), failed


def test_an_item_is_delivered_once(office, item):
    people = [office.clerk, office.postal_clerk] * (MANY // 2)

    answers = all_at_once(
        *(partial(actions.deliver, item, by=person, at=NOW) for person in people)
    )

    done, refused = outcomes(answers)
    assert done == 1
    assert {type(error) for error in refused} == {Conflict}
    assert item.events.filter(status=ItemStatus.DELIVERED).count() == 1
    for dossier in item.dossiers.all():
        assert dossier.custody.filter(step=Step.DELIVERED).count() == 1
    assert custody.verify().breaks == []


def test_an_item_does_not_arrive_and_come_back_at_once(office, item):
    actions.record_attempt(item, Reason.REFUSED_IT, by=office.clerk, at=NOW)

    answers = all_at_once(
        partial(actions.deliver, item, by=office.postal_clerk, at=NOW),
        partial(actions.come_back, item, by=office.clerk, at=NOW),
    )

    done, refused = outcomes(answers)
    assert (done, [type(error) for error in refused]) == (1, [Conflict])
    item.refresh_from_db()
    ends = {dossier.status for dossier in item.dossiers.all()}
    expected = {
        ItemStatus.DELIVERED: {Status.RETURNED},
        ItemStatus.CAME_BACK: {Status.UNDELIVERED},
    }
    assert ends == expected[ItemStatus(item.status)]
    assert custody.verify().breaks == []


def test_a_delivery_and_its_dossier_taken_back_wait_for_one_another(office, item):
    """Whoever comes second is told; nobody waits for ever."""
    dossier = item.dossiers.earliest("pk")

    answers = all_at_once(
        partial(actions.deliver, item, by=office.postal_clerk, at=NOW),
        partial(actions.take_back, dossier, reason="Nhầm", by=office.leader, at=NOW),
    )

    _done, refused = outcomes(answers)
    assert all(isinstance(error, Conflict) for error in refused), refused
    assert custody.verify().breaks == []


def test_an_attempt_is_written_down_once(office, item):
    attempt = partial(
        actions.record_attempt, item, Reason.ABSENT, by=office.postal_clerk, at=NOW
    )

    done, refused = outcomes(all_at_once(*[attempt] * MANY))

    assert done == 1
    assert {type(error) for error in refused} == {Conflict}
    assert item.events.filter(status=ItemStatus.ATTEMPTED).count() == 1


def test_one_case_is_opened(office, item):
    case = partial(actions.open_silence_case, item, by=office.clerk, at=NOW)

    done, refused = outcomes(all_at_once(*[case] * MANY))

    assert done == 1
    assert {type(error) for error in refused} == {Conflict}
    assert Incident.objects.count() == 1


def test_a_paper_is_lost_once(office):
    dossier = dossier_at(Status.PROCESSING, office, on=MONDAY)
    report = partial(
        actions.report_incident,
        Incident.Kind.LOST,
        dossier=dossier,
        papers=[1],
        found_out_on=NOW.date(),
        description="Thất lạc",
        by=office.case_officer,
        at=NOW,
    )

    done, refused = outcomes(all_at_once(*[report] * MANY))

    assert done == 1
    assert {type(error) for error in refused} == {Conflict}
    assert Incident.objects.count() == 1
