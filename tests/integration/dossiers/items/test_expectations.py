"""By when an item is expected, why, and when its silence becomes an alarm."""

from datetime import date, timedelta

import pytest

from dossiers import actions
from dossiers.expectations import after_failure, call_script, why_expected
from dossiers.item_history import is_silent
from dossiers.models import PostalItem
from dossiers.postal_statuses import ItemStatus, Reason
from dossiers.statuses import Status
from procedures.models import Leg, TransitNorm
from tests.factories.dossiers import MONDAY, at, dossier_at, envelope, register

pytestmark = pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days")

Route = TransitNorm.Route
FRIDAY = date(2020, 6, 5)
TT_17 = "Thông tư số 17/2017/TT-BTTTT ngày 23/06/2017, Điều 7"


def send(office, day: date = MONDAY, **facts: object) -> PostalItem:
    """A result handed to the post on a day."""
    start = day - timedelta(days=2)
    ready = dossier_at(
        Status.RESULT_READY, office, on=start, return_channel="public_post"
    )
    item = envelope(7, Leg.RETURN)
    for name, value in facts.items():
        setattr(item, name, value)
    actions.hand_to_post(ready, item, by=office.clerk, at=at(day))
    return ready.postal_items.get()


@pytest.mark.parametrize(
    ("route", "day", "expected"),
    [
        pytest.param(Route.SAME_DISTRICT, MONDAY, date(2020, 6, 2), id="J+1"),
        pytest.param(Route.WITHIN_PROVINCE, MONDAY, date(2020, 6, 3), id="J+2"),
        pytest.param(Route.BETWEEN_BIG_CITIES, MONDAY, date(2020, 6, 4), id="J+3"),
        pytest.param(Route.BETWEEN_PROVINCES, MONDAY, date(2020, 6, 5), id="J+4"),
        pytest.param(
            Route.WITHIN_PROVINCE, FRIDAY, date(2020, 6, 9), id="over a weekend"
        ),
        pytest.param(
            Route.SAME_DISTRICT, date(2020, 9, 1), date(2020, 9, 3), id="over a day off"
        ),
        pytest.param(Route.SPECIAL, MONDAY, None, id="no norm is known"),
    ],
)
def test_an_item_is_expected_after_its_norm(office, route, day, expected):
    item = send(office, day, route=route)

    assert (item.expected_on, item.news_due_on) == (expected, expected)


def test_what_comes_in_brings_the_appointment_slip_back(office):
    item = register(office).postal_items.get()

    assert item.expected_on == date(2020, 6, 5)  # J+4 instead of J+2
    assert "J+4 working days from 01/06/2020, the appointment slip" in why_expected(
        item
    )


def test_the_expected_day_says_where_it_comes_from(office):
    assert why_expected(send(office)) == f"J+2 working days from 01/06/2020 ({TT_17})."


def test_a_norm_that_changed_since_is_told(office):
    item = send(office)
    TransitNorm.objects.filter(route=Route.WITHIN_PROVINCE).update(days=3)

    assert "J+2 working days from 01/06/2020, as norm and calendar were" in (
        why_expected(item)
    )
    assert item.expected_on == date(2020, 6, 3)


def test_without_a_norm_or_a_day_nothing_is_promised(office):
    assert "No transit time is known for this route" in why_expected(
        send(office, route=Route.SPECIAL)
    )
    assert why_expected(PostalItem()) == "It is expected once it is posted."


@pytest.mark.parametrize(
    ("day", "silent"),
    [
        pytest.param(date(2020, 6, 2), False, id="under way"),
        pytest.param(date(2020, 6, 3), False, id="the last day of the norm"),
        pytest.param(date(2020, 6, 4), True, id="the day after"),
        pytest.param(date(2021, 6, 4), True, id="a year later"),
    ],
)
def test_silence_begins_the_day_after_the_norm(office, day, silent):
    item = send(office)

    assert is_silent(item, day) is silent
    assert PostalItem.objects.silent(day).exists() is silent


def tell(office, item, news: str, day: date) -> PostalItem:
    """One piece of news, by its name."""
    clerk, moment = office.clerk, at(day)
    if news == "delivered":
        return actions.deliver(item, by=clerk, at=moment)
    if news == "attempted":
        return actions.record_attempt(item, Reason.ABSENT, by=clerk, at=moment)
    return actions.record_news(item, ItemStatus(news), by=clerk, at=moment)


@pytest.mark.parametrize(
    ("news", "day", "due"),
    [
        pytest.param("in_transit", date(2020, 6, 2), date(2020, 6, 3), id="in time"),
        pytest.param("at_office", date(2020, 6, 3), date(2020, 6, 3), id="last day"),
        pytest.param("at_office", date(2020, 6, 5), date(2020, 6, 9), id="late"),
        pytest.param("attempted", date(2020, 6, 2), date(2020, 6, 4), id="attempt"),
        pytest.param("delivered", date(2020, 6, 9), None, id="delivered"),
    ],
)
def test_news_breaks_the_silence_and_says_when_more_is_due(office, news, day, due):
    item = tell(office, send(office), news, day)

    assert item.news_due_on == due
    assert not is_silent(item, day)


def test_a_return_journey_has_a_norm_of_its_own(office):
    item = send(office)
    actions.record_attempt(item, Reason.MOVED, by=office.clerk, at=at(date(2020, 6, 3)))

    item = tell(office, item, "coming_back", FRIDAY)

    assert item.news_due_on == date(2020, 6, 9)
    assert is_silent(item, date(2020, 6, 10))


@pytest.mark.parametrize(
    ("reason", "pays"),
    [
        (Reason.MISROUTED, "The post caused the failure and pays"),
        (Reason.WRONG_PHONE, "The agency caused the failure and pays"),
        (Reason.ABSENT, "The recipient caused the failure and pays"),
    ],
)
def test_whoever_caused_the_failure_pays_the_next_delivery(office, reason, pays):
    item = actions.record_attempt(
        send(office), reason, by=office.clerk, at=at(date(2020, 6, 3))
    )

    told = after_failure(item)

    assert told[0].startswith(pays)
    assert "QĐ 45/2016/QĐ-TTg, Điều 12" in told[0]
    assert told[1] == "The next attempt may be made from 05/06/2020 on."
    assert told[2].startswith("If that attempt fails too, it goes back")


def test_after_two_attempts_it_may_go_back(office):
    item = send(office)
    for day in (date(2020, 6, 3), date(2020, 6, 5)):
        actions.record_attempt(item, Reason.ABSENT, by=office.clerk, at=at(day))
    item.refresh_from_db()

    _pays, following, goes_back = after_failure(item)
    assert following == "The next attempt may be made from 09/06/2020 on."
    assert goes_back.startswith("It has been tried often enough: it may go back")


def test_after_a_hopeless_attempt_it_goes_back_at_once(office):
    item = actions.record_attempt(
        send(office), Reason.MOVED, by=office.clerk, at=at(date(2020, 6, 3))
    )

    assert "Another attempt would change nothing" in after_failure(item)[1]


def test_without_a_failure_nothing_is_said(office):
    assert after_failure(send(office)) == []


def test_the_call_script_has_the_facts_filled_in(office):
    item = send(office)
    tell(office, item, "at_office", date(2020, 6, 2))

    script = "\n".join(call_script(item, office.clerk))

    for words in (
        "this is One-stop clerk SNV, Một cửa SNV",
        item.number,
        "Bưu điện UBND accepted on 01/06/2020",
        "for Nguyễn Văn A, Số 1 đường Hùng Vương, Bắc Giang",
        "should have arrived by 03/06/2020: J+2 working days",
        "of 02/06/2020: at the post office of destination",
    ):
        assert words in script, words
