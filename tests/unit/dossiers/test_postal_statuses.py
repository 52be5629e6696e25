"""Failed attempts: who caused them, when the next may be, when it goes back."""

from datetime import date, timedelta

import pytest

from dossiers.postal_statuses import (
    CAUSED_BY,
    HOPELESS,
    Party,
    Reason,
    may_come_back,
    next_attempt_from,
    party_of,
)
from procedures.working_days import WorkingCalendar

MONDAY = date(2020, 6, 1)
HOLIDAY = WorkingCalendar({date(2020, 9, 2): "Quốc khánh"})


@pytest.mark.parametrize(
    ("last", "calendar", "earliest"),
    [
        pytest.param(MONDAY, WorkingCalendar(), date(2020, 6, 3), id="inside a week"),
        pytest.param(
            date(2020, 6, 5), WorkingCalendar(), date(2020, 6, 9), id="over a weekend"
        ),
        pytest.param(
            date(2020, 6, 6), WorkingCalendar(), date(2020, 6, 9), id="from a Saturday"
        ),
        pytest.param(date(2020, 9, 1), HOLIDAY, date(2020, 9, 4), id="over a day off"),
        pytest.param(
            date(2020, 6, 5),
            WorkingCalendar(make_up_days={date(2020, 6, 6): "Làm bù"}),
            date(2020, 6, 8),
            id="a Saturday that is worked",
        ),
    ],
)
def test_the_next_attempt_lies_two_working_days_later(last, calendar, earliest):
    assert next_attempt_from(last, calendar) == earliest


@pytest.mark.parametrize(
    ("reasons", "may"),
    [
        pytest.param([], False, id="never tried"),
        pytest.param([Reason.ABSENT], False, id="nobody at home, once"),
        pytest.param([Reason.ABSENT, Reason.UNREACHABLE], True, id="twice"),
        pytest.param([Reason.LATE, Reason.MISROUTED, Reason.ABSENT], True, id="thrice"),
        pytest.param([Reason.WRONG_ADDRESS], True, id="no such address"),
        pytest.param([Reason.MOVED], True, id="moved away"),
        pytest.param([Reason.REFUSED_IT], True, id="refused"),
        pytest.param([Reason.WRONG_PHONE], False, id="a phone can be asked for"),
    ],
)
def test_it_goes_back_after_two_attempts_or_a_hopeless_one(reasons, may):
    tried = [
        (MONDAY + timedelta(days=number), reason)
        for number, reason in enumerate(reasons)
    ]

    assert may_come_back(tried) is may


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_exactly_one_party(reason):
    parties = [party for party, reasons in CAUSED_BY.items() if reason in reasons]

    assert parties == [party_of(reason)]
    assert Party.UNKNOWN not in parties


def test_what_the_post_did_wrong_never_sends_it_back_at_once():
    assert not HOPELESS & set(CAUSED_BY[Party.POST])
