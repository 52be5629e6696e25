"""A period has exactly its working days, whatever the calendar looks like."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.working_days import LONGEST, TimeUnit, WorkingCalendar

PLAIN = WorkingCalendar()
MAY_2019 = WorkingCalendar(
    days_off={
        date(2019, 4, 29): "thay cho ngày 04/05/2019",
        date(2019, 4, 30): "Ngày Chiến thắng",
        date(2019, 5, 1): "Ngày Quốc tế Lao động",
        date(2019, 5, 5): "một ngày nghỉ rơi vào Chủ nhật",
    },
    make_up_days={date(2019, 5, 4): "làm bù cho ngày 29/04/2019"},
)
WORKING, CALENDAR = TimeUnit.WORKING_DAYS, TimeUnit.CALENDAR_DAYS


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        pytest.param(date(2020, 6, 1), 0, date(2020, 6, 1), id="answered at once"),
        pytest.param(date(2020, 6, 6), 0, date(2020, 6, 6), id="at once on a Saturday"),
        pytest.param(date(2020, 6, 1), 1, date(2020, 6, 2), id="day 0 is not counted"),
        pytest.param(date(2020, 6, 5), 1, date(2020, 6, 8), id="over a weekend"),
        pytest.param(date(2020, 6, 6), 1, date(2020, 6, 8), id="from a Saturday"),
        pytest.param(date(2020, 6, 7), 1, date(2020, 6, 8), id="from a Sunday"),
        pytest.param(date(2020, 6, 1), 5, date(2020, 6, 8), id="a week"),
        pytest.param(date(2020, 6, 1), 10, date(2020, 6, 15), id="two weeks"),
    ],
)
def test_working_days_skip_the_weekend(start, count, due):
    assert PLAIN.add_working_days(start, count) == due
    assert PLAIN.due_on(start, count, WORKING) == due


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        pytest.param(date(2019, 4, 26), 1, date(2019, 5, 2), id="over the holidays"),
        pytest.param(date(2019, 4, 26), 3, date(2019, 5, 4), id="to the make-up day"),
        pytest.param(date(2019, 4, 26), 4, date(2019, 5, 6), id="past it"),
        pytest.param(date(2019, 4, 30), 1, date(2019, 5, 2), id="from a day off"),
        pytest.param(date(2019, 5, 4), 1, date(2019, 5, 6), id="from the make-up day"),
    ],
)
def test_working_days_skip_days_off_and_count_make_up_days(start, count, due):
    assert MAY_2019.due_on(start, count, WORKING) == due


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        pytest.param(date(2019, 4, 22), 0, date(2019, 4, 22), id="at once"),
        pytest.param(date(2019, 4, 27), 0, date(2019, 4, 27), id="at once on Saturday"),
        pytest.param(date(2019, 4, 22), 3, date(2019, 4, 25), id="on a working day"),
        pytest.param(date(2019, 4, 15), 5, date(2019, 4, 22), id="on a Saturday"),
        pytest.param(date(2019, 4, 15), 6, date(2019, 4, 22), id="on a Sunday"),
        pytest.param(date(2019, 4, 20), 10, date(2019, 5, 2), id="on a holiday"),
        pytest.param(date(2019, 4, 20), 7, date(2019, 5, 2), id="weekend, then off"),
        pytest.param(date(2019, 4, 20), 14, date(2019, 5, 4), id="on a make-up day"),
    ],
)
def test_calendar_days_that_end_on_a_day_off_end_on_the_next_working_day(
    start, count, due
):
    assert MAY_2019.due_on(start, count, CALENDAR) == due


def test_a_make_up_day_wins_over_a_day_off():
    day = date(2020, 4, 30)

    assert not WorkingCalendar({day: "lễ"}).is_working_day(day)
    assert WorkingCalendar({day: "lễ"}, {day: "làm bù"}).is_working_day(day)


def test_exceptions_are_told_with_their_reasons_and_without_idle_holidays():
    told = list(MAY_2019.exceptions(date(2019, 4, 29), date(2019, 5, 6)))

    assert told == [
        (date(2019, 4, 30), "Ngày Chiến thắng"),
        (date(2019, 5, 1), "Ngày Quốc tế Lao động"),
        (date(2019, 5, 4), "làm bù cho ngày 29/04/2019"),
    ]


@pytest.mark.parametrize("unit", TimeUnit)
@pytest.mark.parametrize("count", [-1, LONGEST + 1])
def test_an_impossible_length_is_refused_with_a_sentence(count, unit):
    with pytest.raises(ValueError, match=f"0 to {LONGEST} days, not {count}"):
        PLAIN.due_on(date(2020, 6, 1), count, unit)


@pytest.mark.parametrize("unit", TimeUnit)
def test_the_longest_period_is_answered(unit):
    start = date(2020, 6, 1)

    assert PLAIN.due_on(start, LONGEST, unit) >= start + timedelta(days=LONGEST)


# A few weeks, so that starts, ends, days off and make-up days meet.
days = st.dates(date(2019, 12, 16), date(2020, 2, 16))
reasons = st.just("vì")
calendars = st.builds(
    WorkingCalendar,
    st.dictionaries(days, reasons, max_size=25),
    st.dictionaries(days, reasons, max_size=8),
)
counts = st.integers(0, 40)
always = settings(deadline=None)


@always
@given(calendars, days, counts.filter(bool))
def test_the_last_day_is_a_working_day(calendar, start, count):
    assert calendar.is_working_day(calendar.due_on(start, count, WORKING))
    assert calendar.is_working_day(calendar.due_on(start, count, CALENDAR))


@always
@given(calendars, days, counts)
def test_exactly_the_days_asked_for_lie_in_between(calendar, start, count):
    due = calendar.add_working_days(start, count)
    passed = (start + timedelta(days=n + 1) for n in range((due - start).days))

    assert sum(calendar.is_working_day(day) for day in passed) == count


@always
@given(calendars, days, counts)
def test_one_working_day_more_is_always_later(calendar, start, count):
    due = calendar.add_working_days(start, count)

    assert calendar.add_working_days(start, count + 1) > due


@always
@given(calendars, st.tuples(days, days), counts, st.sampled_from(TimeUnit))
def test_who_comes_later_is_not_due_earlier(calendar, starts, count, unit):
    first, second = sorted(starts)

    assert calendar.due_on(first, count, unit) <= calendar.due_on(second, count, unit)


@always
@given(calendars, days, counts, st.sampled_from(TimeUnit))
def test_nothing_is_due_before_it_begins(calendar, start, count, unit):
    assert calendar.due_on(start, count, unit) >= start + timedelta(days=bool(count))


@always
@given(calendars, days, counts, st.sampled_from(TimeUnit), st.sets(days))
def test_holidays_on_weekends_change_nothing(calendar, start, count, unit, more):
    weekends = {day: "lễ" for day in more if day.weekday() >= 5}
    richer = WorkingCalendar({**calendar.days_off, **weekends}, calendar.make_up_days)

    assert richer.due_on(start, count, unit) == calendar.due_on(start, count, unit)


@always
@given(calendars, days, counts)
def test_no_day_that_breaks_the_plain_week_goes_untold(calendar, start, count):
    due = calendar.add_working_days(start, count)
    told = dict(calendar.exceptions(start, due))
    passed = {start + timedelta(days=n + 1) for n in range((due - start).days)}
    breaking = {
        day
        for day in passed
        if calendar.is_working_day(day) != PLAIN.is_working_day(day)
    }

    assert breaking <= told.keys() <= passed
