"""Two people act on one dossier at the same moment: one wins, the other is told.

Real threads and real transactions, on either database.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models import Count

from dossiers import actions, custody
from dossiers.models import (
    CustodyEntry,
    Dossier,
    Notice,
    NumberSeries,
    PostalEvent,
    PostalItem,
)
from dossiers.postal_statuses import Reason
from dossiers.statuses import ReturnChannel, Status
from postal_tthc.errors import Conflict, DomainError
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, receive
from tests.factories.offices import Office
from tests.integration.dossiers.test_at_the_same_time import all_at_once
from tests.integration.dossiers.verbs import DUE, STEPS, ended_with_papers_here

pytestmark = pytest.mark.django_db(transaction=True)

LATER = at(MONDAY + timedelta(days=9))
WHY = {"reason": "Sai thẩm quyền"}
Act = Callable[..., Any]


def posted(serial: int) -> Act:
    item = partial(envelope, serial, Leg.RETURN)
    return lambda dossier, **who: actions.hand_to_post(dossier, item(), **who)


mark_ready, refuse = actions.mark_result_ready, partial(actions.refuse, **WHY)
withdraw = partial(actions.withdraw, **WHY)
discontinue = partial(actions.discontinue, **WHY)
ask_payment = partial(actions.request_payment, **WHY)
ask_papers = partial(actions.request_supplement, **WHY, legal_basis="Luật Hộ tịch")
new_date = partial(actions.reappoint, new_date=DUE + timedelta(days=1), **WHY)
# The status before, and what the two do. Each pair excludes one another.
PAIRS: dict[str, tuple[Status, Act, Act]] = {
    "received twice": (Status.REGISTERED, *[actions.receive_registered] * 2),
    "finished twice": (Status.PROCESSING, mark_ready, mark_ready),
    "refused twice": (Status.PROCESSING, refuse, refuse),
    "finished and refused": (Status.PROCESSING, mark_ready, refuse),
    "finished and discontinued": (Status.PROCESSING, mark_ready, discontinue),
    "finished and withdrawn": (Status.PROCESSING, mark_ready, withdraw),
    "two payments asked for": (Status.PROCESSING, ask_payment, ask_payment),
    "two supplements asked for": (Status.PROCESSING, ask_papers, ask_papers),
    "two supplements in": (
        Status.AWAITING_SUPPLEMENT,
        *[STEPS["receive_supplement"].act] * 2,
    ),
    "paid twice": (Status.AWAITING_PAYMENT, *[actions.record_payment] * 2),
    "two new dates": (Status.PROCESSING, new_date, new_date),
    "given out twice": (Status.RESULT_READY, *[actions.return_result] * 2),
    "two envelopes": (Status.RESULT_READY, posted(81), posted(82)),
    "one envelope twice": (Status.RESULT_READY, posted(83), posted(83)),
}


def at_once(office: Office, dossier: Dossier, *acts: Act) -> list[Any]:
    return all_at_once(
        *[lambda act=act: act(dossier, by=office.clerk, at=LATER) for act in acts]
    )


def assert_one_won(answers: list[Any]) -> None:
    """One was done; the other is told why not, in a sentence about the dossier."""
    losers = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(loser) for loser in losers] == [Conflict], answers
    assert len(str(losers[0])) > 20


def assert_nothing_is_doubled() -> None:
    """Every row is there once, and every log holds."""
    assert custody.verify().breaks == []
    twice = CustodyEntry.objects.values("dossier", "step").annotate(n=Count("pk"))
    assert not twice.filter(n__gt=1).exists()
    events = PostalEvent.objects.values("item", "status").annotate(n=Count("pk"))
    assert not events.filter(n__gt=1).exists()
    notices = Notice.objects.values("dossier", "kind").annotate(n=Count("pk"))
    assert not notices.filter(n__gt=1).exists()


@pytest.mark.parametrize("name", PAIRS)
def test_of_two_who_act_on_one_dossier_one_wins(office, name):
    status, *acts = PAIRS[name]
    out = ReturnChannel.PUBLIC_POST if "envelope" in name else ReturnChannel.COUNTER
    dossier = dossier_at(status, office, return_channel=out)
    entries, papers = dossier.custody.count(), dossier.papers.count()

    answers = at_once(office, dossier, *acts)

    assert_one_won(answers)
    assert_nothing_is_doubled()
    assert dossier.custody.count() == entries + 1
    assert dossier.papers.count() <= papers + 1
    assert PostalItem.objects.count() <= 1
    day = "200610" if name == "received twice" else "200601"
    assert Dossier.objects.get().code == f"H02.16-{day}-0001"
    assert NumberSeries.objects.get().last == 1


@pytest.mark.parametrize(
    "second", [actions.give_papers_back, STEPS["post_papers_home"].act]
)
def test_papers_that_wait_go_home_once(office, second):
    dossier = ended_with_papers_here(office)
    entries = dossier.custody.count()

    answers = at_once(office, dossier, actions.give_papers_back, second)

    assert_one_won(answers)
    assert_nothing_is_doubled()
    assert dossier.custody.count() == entries + 1


def envelope_with_two(office: Office) -> PostalItem:
    """An envelope that the post has, with the results of two dossiers."""
    out = {"return_channel": ReturnChannel.PUBLIC_POST}
    for _ in range(2):
        dossier = dossier_at(Status.RESULT_READY, office, **out)
        posted(85)(dossier, by=office.clerk, at=at(MONDAY + timedelta(days=3)))
    return PostalItem.objects.get()


@pytest.mark.parametrize("second", ["deliver", "come_back"])
def test_an_envelope_arrives_once(office, second):
    item = envelope_with_two(office)
    day = at(MONDAY + timedelta(days=4))
    actions.record_attempt(item, Reason.REFUSED_IT, by=office.clerk, at=day)

    answers = all_at_once(
        lambda: actions.deliver(item, by=office.postal_clerk, at=LATER),
        lambda: getattr(actions, second)(item, by=office.clerk, at=LATER),
    )

    assert_one_won(answers)
    assert_nothing_is_doubled()
    statuses = set(Dossier.objects.values_list("status", flat=True))
    assert statuses in ({Status.RETURNED}, {Status.UNDELIVERED})
    assert [dossier.custody.count() for dossier in Dossier.objects.all()] == [5, 5]


def test_an_attempt_is_written_down_once(office):
    item = envelope_with_two(office)

    answers = all_at_once(
        *[
            lambda by=by: actions.record_attempt(item, Reason.ABSENT, by=by, at=LATER)
            for by in (office.clerk, office.postal_clerk)
        ]
    )

    assert_one_won(answers)
    assert_nothing_is_doubled()


def test_two_who_take_back_one_delivery_from_two_dossiers_undo_it_once(office):
    item = envelope_with_two(office)
    actions.deliver(item, by=office.postal_clerk, at=LATER)
    dossiers = list(item.dossiers.order_by("pk"))

    answers = all_at_once(
        *[
            lambda dossier=dossier: actions.take_back(
                dossier, reason="Nhầm", by=office.leader, at=LATER, seen=5
            )
            for dossier in dossiers
        ]
    )

    assert_one_won(answers)
    assert_nothing_is_doubled()
    for dossier in dossiers:
        dossier.refresh_from_db()
        assert dossier.status == Status.WITH_POST
        assert dossier.custody.count() == 6


def test_two_who_take_back_at_once_take_one_step_back(office):
    dossier = dossier_at(Status.RESULT_READY, office)
    seen = dossier.custody.count()

    answers = all_at_once(
        *[
            lambda by=by: actions.take_back(
                dossier, reason="Nhầm", by=by, at=LATER, seen=seen
            )
            for by in (office.leader, office.case_officer)
        ]
    )

    assert_one_won(answers)
    dossier.refresh_from_db()
    assert dossier.status == Status.PROCESSING
    assert dossier.custody.count() == seen + 1


@pytest.mark.parametrize("round_", range(3))
def test_taking_back_while_the_post_delivers_waits_its_turn(office, round_):
    """Whoever comes first, nobody is left waiting for ever and nothing is torn."""
    item = envelope_with_two(office)
    first, second = item.dossiers.order_by("pk")

    answers = all_at_once(
        lambda: actions.deliver(item, by=office.postal_clerk, at=LATER),
        lambda: actions.take_back(second, reason="Nhầm", by=office.leader, at=LATER),
        lambda: actions.take_back(first, reason="Nhầm", by=office.leader, at=LATER),
    )

    failed = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(error, DomainError) for error in failed), failed
    assert custody.verify().breaks == []
    for dossier in (first, second):
        dossier.refresh_from_db()
        inside = dossier.postal_items.exists()
        assert inside == (dossier.status != Status.RESULT_READY)


def test_a_result_that_joins_an_envelope_as_it_is_delivered_is_in_or_out(office):
    item = envelope_with_two(office)
    out = {"return_channel": ReturnChannel.PUBLIC_POST}
    third = dossier_at(Status.RESULT_READY, office, **out)
    day = at(MONDAY + timedelta(days=3))

    answers = all_at_once(
        lambda: actions.deliver(item, by=office.postal_clerk, at=LATER),
        lambda: posted(85)(third, by=office.clerk, at=day),
    )

    failed = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(error, Conflict) for error in failed), failed
    assert len(failed) <= 1
    assert custody.verify().breaks == []
    item.refresh_from_db()
    third.refresh_from_db()
    is_inside = item.dossiers.filter(pk=third.pk).exists()
    expected = {
        (True, "delivered"): Status.RETURNED,
        (True, "accepted"): Status.WITH_POST,
        (False, "delivered"): Status.RESULT_READY,
    }
    assert third.status == expected[is_inside, item.status]


def test_a_step_and_the_news_of_another_dossier_do_not_wait_for_one_another(office):
    item = envelope_with_two(office)
    first, second = item.dossiers.order_by("pk")
    changes = {"applicant_phone": "0912345678"}

    answers = all_at_once(
        lambda: actions.correct(second, changes, by=office.clerk, at=LATER),
        lambda: actions.correct(first, changes, by=office.clerk, at=LATER),
        lambda: actions.deliver(item, by=office.postal_clerk, at=LATER),
    )

    failed = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(error, Conflict) for error in failed), failed
    assert custody.verify().breaks == []
    assert set(Dossier.objects.values_list("status", flat=True)) == {Status.RETURNED}


def test_one_power_cut_book_line_is_typed_in_once(office):
    procedure = dossier_at(Status.RECEIVED, office).procedure

    answers = all_at_once(*[lambda: receive(office, procedure, book_line="3/7")] * 2)

    assert_one_won(answers)
    assert Dossier.objects.filter(book_line="3/7").count() == 1
