"""The calendar of public offices: holidays, swaps, and letters that change both."""

from datetime import date, timedelta

import pytest

from procedures.calendar import FIRST_YEAR, LAST_YEAR, working_calendar
from procedures.models import CalendarDay
from procedures.working_days import TimeUnit

pytestmark = pytest.mark.django_db

WORKING, CALENDAR = TimeUnit.WORKING_DAYS, TimeUnit.CALENDAR_DAYS


def due(start: date, count: int, unit: TimeUnit = WORKING) -> date:
    return working_calendar(start).due_on(start, count, unit)


def is_working_day(day: date) -> bool:
    return working_calendar(day).is_working_day(day)


def override(day: date, *, is_day_off: bool) -> None:
    CalendarDay.objects.create(
        day=day, is_day_off=is_day_off, reason="theo văn bản", document="Văn bản số 1"
    )


@pytest.mark.usefixtures("known_calendar_days")
@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        pytest.param(
            date(2026, 11, 20), 3, date(2026, 11, 26), id="over the day of culture"
        ),
        pytest.param(date(2020, 1, 20), 10, date(2020, 2, 10), id="over Tết"),
        pytest.param(
            date(2025, 12, 31), 2, date(2026, 1, 6), id="over a swap by letter"
        ),
        pytest.param(date(2026, 1, 9), 1, date(2026, 1, 10), id="its make-up Saturday"),
        pytest.param(date(2018, 12, 28), 1, date(2019, 1, 2), id="swap over New Year"),
        pytest.param(date(2019, 1, 4), 1, date(2019, 1, 5), id="its Saturday after"),
        pytest.param(date(2019, 4, 26), 1, date(2019, 5, 2), id="swap of April 2019"),
        pytest.param(date(2019, 4, 26), 3, date(2019, 5, 4), id="to its Saturday"),
        pytest.param(date(2024, 4, 26), 1, date(2024, 5, 2), id="swap of April 2024"),
        pytest.param(date(2024, 4, 26), 4, date(2024, 5, 6), id="past its Saturday"),
        pytest.param(date(2025, 4, 25), 1, date(2025, 4, 26), id="Saturday before"),
        pytest.param(date(2025, 4, 25), 4, date(2025, 5, 5), id="swap of May 2025"),
        pytest.param(date(2026, 8, 21), 1, date(2026, 8, 22), id="a week before"),
        pytest.param(date(2026, 8, 28), 1, date(2026, 9, 3), id="swap of August 2026"),
        pytest.param(date(2019, 4, 12), 1, date(2019, 4, 16), id="day off in lieu"),
        pytest.param(date(2020, 1, 23), 1, date(2020, 1, 30), id="received in Tết"),
    ],
)
def test_due_dates_follow_holidays_and_swaps(start, count, expected):
    assert due(start, count) == expected


def test_without_its_letter_a_swap_is_unknown():
    CalendarDay.objects.all().delete()

    assert due(date(2025, 12, 31), 2) == date(2026, 1, 5)
    assert not is_working_day(date(2026, 1, 10))


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        pytest.param(date(2020, 1, 10), 10, date(2020, 1, 20), id="on a working day"),
        pytest.param(date(2020, 1, 10), 15, date(2020, 1, 30), id="in Tết"),
        pytest.param(date(2020, 4, 15), 15, date(2020, 5, 4), id="on 30 April"),
        pytest.param(date(2020, 6, 1), 5, date(2020, 6, 8), id="on a Saturday"),
        pytest.param(date(2020, 6, 1), 6, date(2020, 6, 8), id="on a Sunday"),
        pytest.param(date(2019, 4, 25), 9, date(2019, 5, 4), id="make-up Saturday"),
        pytest.param(date(2018, 12, 21), 10, date(2019, 1, 2), id="swapped Monday"),
        pytest.param(date(2020, 4, 30), 0, date(2020, 4, 30), id="answered at once"),
    ],
)
def test_calendar_days_that_end_on_a_day_off_move_on(start, count, expected):
    assert due(start, count, CALENDAR) == expected


@pytest.mark.parametrize("unit", TimeUnit)
def test_the_first_day_is_not_counted(unit):
    monday = date(2020, 6, 1)

    assert due(monday, 1, unit) == date(2020, 6, 2)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(date(2019, 2, 2), date(2019, 2, 10), id="2019"),
        pytest.param(date(2020, 1, 23), date(2020, 1, 29), id="2020"),
        pytest.param(date(2021, 2, 10), date(2021, 2, 16), id="2021"),
        pytest.param(date(2022, 1, 29), date(2022, 2, 6), id="2022"),
        pytest.param(date(2023, 1, 20), date(2023, 1, 26), id="2023"),
        pytest.param(date(2024, 2, 8), date(2024, 2, 14), id="2024"),
        pytest.param(date(2025, 1, 25), date(2025, 2, 2), id="2025"),
        pytest.param(date(2026, 2, 14), date(2026, 2, 22), id="2026"),
        pytest.param(
            date(2027, 2, 4), date(2027, 2, 10), id="2027, estimated by the package"
        ),
    ],
)
def test_offices_are_closed_over_tet(first, last):
    calendar, day = working_calendar(first), timedelta(days=1)

    assert calendar.is_working_day(first - day)
    assert calendar.next_working_day(first) == last + day


@pytest.mark.usefixtures("known_calendar_days")
@pytest.mark.parametrize(
    ("saturday", "day_off"),
    [
        (date(2019, 1, 5), date(2018, 12, 31)),
        (date(2019, 5, 4), date(2019, 4, 29)),
        (date(2024, 5, 4), date(2024, 4, 29)),
        (date(2025, 4, 26), date(2025, 5, 2)),
        (date(2026, 1, 10), date(2026, 1, 2)),
        (date(2026, 8, 22), date(2026, 8, 31)),
    ],
    ids=str,
)
def test_a_make_up_saturday_is_worked_and_its_weekday_is_off(saturday, day_off):
    assert saturday.strftime("%a") == "Sat"
    assert is_working_day(saturday)
    assert not is_working_day(day_off)


@pytest.mark.parametrize(
    ("month", "day", "name"),
    [
        (1, 1, "Tết Dương lịch"),
        (4, 2, "Giỗ Tổ Hùng Vương"),
        (4, 30, "Chiến thắng"),
        (5, 1, "Lao động"),
        (9, 2, "Quốc khánh"),
    ],
)
def test_holidays_have_vietnamese_names(month, day, name):
    off = date(2020, month, day)

    assert name in working_calendar(off).days_off[off]


class TestALetter:
    """A row of ``CalendarDay`` wins over what is known."""

    def test_may_take_a_known_holiday_away(self):
        override(date(2020, 4, 30), is_day_off=False)

        assert is_working_day(date(2020, 4, 30))
        assert due(date(2020, 4, 29), 1) == date(2020, 4, 30)

    def test_may_close_offices_on_a_plain_weekday(self):
        override(date(2020, 6, 2), is_day_off=True)

        assert not is_working_day(date(2020, 6, 2))
        assert due(date(2020, 6, 1), 1) == date(2020, 6, 3)
        assert due(date(2020, 6, 1), 1, CALENDAR) == date(2020, 6, 3)

    def test_may_make_a_saturday_work(self):
        override(date(2020, 6, 6), is_day_off=False)

        assert is_working_day(date(2020, 6, 6))
        assert due(date(2020, 6, 5), 1) == date(2020, 6, 6)

    def test_may_take_a_known_make_up_saturday_away(self):
        override(date(2019, 5, 4), is_day_off=True)

        assert not is_working_day(date(2019, 5, 4))
        assert due(date(2019, 5, 3), 1) == date(2019, 5, 6)

    def test_may_swap_days_across_new_year(self):
        override(date(2026, 12, 31), is_day_off=True)
        override(date(2027, 1, 9), is_day_off=False)

        assert due(date(2026, 12, 30), 1) == date(2027, 1, 4)
        assert due(date(2026, 12, 30), 6) == date(2027, 1, 9)
        assert due(date(2027, 1, 8), 1) == date(2027, 1, 9)

    def test_gives_the_reason(self):
        override(date(2020, 6, 2), is_day_off=True)
        calendar = working_calendar(date(2020, 6, 1))

        assert list(calendar.exceptions(date(2020, 6, 1), date(2020, 6, 3))) == [
            (date(2020, 6, 2), "theo văn bản")
        ]

    def test_is_forgotten_when_it_is_taken_away(self):
        override(date(2020, 6, 2), is_day_off=True)
        assert not is_working_day(date(2020, 6, 2))

        CalendarDay.objects.all().delete()

        assert is_working_day(date(2020, 6, 2))


def test_the_longest_period_stays_inside_the_calendar():
    start = date(2018, 12, 31)
    calendar = working_calendar(start)
    last = calendar.due_on(start, 730, WORKING)
    later = working_calendar(last).days_off

    assert {day: name for day, name in later.items() if day.year == last.year} == {
        day: name for day, name in calendar.days_off.items() if day.year == last.year
    }


@pytest.mark.parametrize("year", [FIRST_YEAR, LAST_YEAR])
def test_the_first_and_the_last_year_are_answered(year):
    start = date(year, 12, 1)

    assert due(start, 30) > start


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([date(1999, 12, 31)], id="too early"),
        pytest.param([date(2100, 1, 1)], id="too late"),
        pytest.param([date(2020, 1, 1), date(2100, 1, 1)], id="ends too late"),
    ],
)
def test_years_outside_the_calendar_are_refused_with_a_sentence(days):
    with pytest.raises(ValueError, match="2000 to 2099"):
        working_calendar(*days)
