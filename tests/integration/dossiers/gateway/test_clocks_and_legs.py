"""News a little ahead of our clock, and a number that stands on both legs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dossiers.models import GatewayEvent, PostalItem
from dossiers.statuses import Status
from procedures.models import Leg
from tests.factories.dossiers import MONDAY, at, dossier_at, receive
from tests.integration.dossiers.gateway.pushing import open_gateway, push, told

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def item(office) -> PostalItem:
    open_gateway(office)
    return dossier_at(Status.WITH_POST, office).postal_items.get()


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(0, "applied"), (3, "applied"), (5, "applied"), (6, "contradicts")],
)
def test_news_that_runs_ahead_of_our_clock_is_of_now_while_clocks_may_differ(
    item, time_machine, minutes, code
):
    time_machine.move_to(at(FRIDAY), tick=False)
    ahead = timezone.now() + timedelta(minutes=minutes)

    answer = push(told(item, "in_transit", ahead.isoformat()))

    assert answer.json()["code"] == code
    told_at = [event.at for event in item.events.filter(status="in_transit")]
    assert told_at == ([timezone.now()] if code == "applied" else [])


def test_a_number_on_both_legs_means_the_one_the_post_has(office, item):
    """A later dossier came in an envelope that bears the number of our result."""
    coming = PostalItem(number=item.number, leg=Leg.INTAKE)
    arrived = receive(office, item=coming).postal_items.get()
    assert arrived.pk > item.pk

    answer = push(told(item, "in_transit", at(FRIDAY).isoformat()))

    assert answer.json()["code"] == "applied"
    assert GatewayEvent.objects.get().item == item
    arrived.refresh_from_db()
    assert arrived.status == "delivered"
