"""A word means exact days, and nothing else."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.forms.periods import PARTS as OFFERED
from reports.periods import PARTS, agreement_year, free, parse


def days(period) -> tuple[str, str]:
    return period.start.isoformat(), period.end.isoformat()


@pytest.mark.parametrize(
    ("word", "start", "end"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-Q1", "2020-01-01", "2020-03-31"),
        ("2020-Q2", "2020-04-01", "2020-06-30"),
        ("2020-Q3", "2020-07-01", "2020-09-30"),
        ("2020-Q4", "2020-10-01", "2020-12-31"),
        ("2020-H1", "2020-01-01", "2020-06-30"),
        ("2020-H2", "2020-07-01", "2020-12-31"),
        ("2020-9M", "2020-01-01", "2020-09-30"),
        ("2020-01", "2020-01-01", "2020-01-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2020-12", "2020-12-01", "2020-12-31"),
        ("2019@15", "2018-12-15", "2019-12-14"),
        ("2020-9M@15", "2019-12-15", "2020-09-14"),
        ("2020-H1@15", "2019-12-15", "2020-06-14"),
        ("2020-H2@15", "2020-06-15", "2020-12-14"),
        ("2020-Q1@15", "2019-12-15", "2020-03-14"),
        ("2020-Q4@15", "2020-09-15", "2020-12-14"),
        ("2020-01@15", "2019-12-15", "2020-01-14"),
        ("2020-03@15", "2020-02-15", "2020-03-14"),
        ("2019-01-01..2020-09-30", "2019-01-01", "2020-09-30"),
        ("2020-02-29..2020-02-29", "2020-02-29", "2020-02-29"),
        ("A1@2019-06-10", "2019-06-10", "2020-06-09"),
        ("A2@2019-06-10", "2020-06-10", "2021-06-09"),
        ("A1@2019-01-01", "2019-01-01", "2019-12-31"),
        ("A1@2020-02-29", "2020-02-29", "2021-02-28"),
        ("A2@2020-02-29", "2021-03-01", "2022-02-28"),
        ("A4@2020-02-29", "2023-03-01", "2024-02-28"),
        ("A5@2020-02-29", "2024-02-29", "2025-02-28"),
        (" 2020 ", "2020-01-01", "2020-12-31"),
        ("2000", "2000-01-01", "2000-12-31"),
        ("2099", "2099-01-01", "2099-12-31"),
    ],
)
def test_a_word_means_these_days(word, start, end):
    assert days(parse(word)) == (start, end)


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        pytest.param("", "không phải là kỳ báo cáo", id="nothing"),
        pytest.param("năm ngoái", "«năm ngoái» không phải", id="words"),
        pytest.param("20", "không phải là kỳ báo cáo", id="two digits"),
        pytest.param("2020-Q5", "không phải là kỳ báo cáo", id="fifth quarter"),
        pytest.param("2020-H3", "không phải là kỳ báo cáo", id="third half"),
        pytest.param("2020-6M", "không phải là kỳ báo cáo", id="six months"),
        pytest.param("2020-13", "không phải là kỳ báo cáo", id="thirteenth month"),
        pytest.param("2020-1", "không phải là kỳ báo cáo", id="month of one digit"),
        pytest.param("2020@14", "không phải là kỳ báo cáo", id="another cut-off"),
        pytest.param("2020-q1", "không phải là kỳ báo cáo", id="small letter"),
        pytest.param("2020-01-01", "không phải là kỳ báo cáo", id="one day"),
        pytest.param("2020-02-30..2020-03-01", "«2020-02-30»", id="30 February"),
        pytest.param("2019-02-29..2020-03-01", "một ngày có thật", id="no leap year"),
        pytest.param("2020-03-02..2020-03-01", "trước khi bắt đầu", id="backwards"),
        pytest.param("1999", "Năm 1999 nằm ngoài", id="too early"),
        pytest.param("2100-Q1", "Năm 2100 nằm ngoài", id="too late"),
        pytest.param("1999-12-31..2020-01-01", "Năm 1999", id="begins too early"),
        pytest.param("2020-01-01..2100-01-01", "Năm 2100", id="ends too late"),
        pytest.param("A0@2019-06-10", "không phải", id="year 0 of an agreement"),
        pytest.param("A100@2019-06-10", "không phải", id="year 100"),
        pytest.param("A1@2019-06-31", "một ngày có thật", id="no such day"),
        pytest.param("A99@2019-06-10", "Năm 2118", id="an agreement for ever"),
    ],
)
def test_another_word_is_refused_with_a_sentence(word, sentence):
    with pytest.raises(ValueError, match=sentence):
        parse(word)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("2019", "năm 2019"),
        ("2020-Q3", "quý III năm 2020"),
        ("2020-H1", "6 tháng đầu năm 2020"),
        ("2020-9M", "9 tháng đầu năm 2020"),
        ("2020-09", "tháng 9/2020"),
        ("2020-9M@15", "9 tháng đầu năm 2020 (chốt ngày 14)"),
        ("2019-01-01..2020-09-30", "từ 01/01/2019 đến 30/09/2020"),
        ("A1@2019-06-10", "năm thứ 1 của Thỏa thuận ký ngày 10/06/2019"),
    ],
)
def test_a_period_has_its_name_in_a_report(word, name):
    assert parse(word).name == name


def test_a_period_prints_its_exact_days():
    assert parse("2020-9M@15").days == "15/12/2019 – 14/09/2020"


@pytest.mark.parametrize(
    ("today", "is_over", "as_of"),
    [
        pytest.param(date(2020, 9, 22), False, date(2020, 9, 22), id="before its end"),
        pytest.param(date(2020, 9, 30), False, date(2020, 9, 30), id="on its last day"),
        pytest.param(date(2020, 10, 1), True, date(2020, 9, 30), id="the day after"),
        pytest.param(date(2026, 1, 1), True, date(2020, 9, 30), id="long after"),
    ],
)
def test_a_period_is_over_when_all_its_days_have_passed(today, is_over, as_of):
    period = parse("2020-9M")

    assert period.is_over(today) is is_over
    assert period.as_of(today) == as_of


@pytest.mark.parametrize(
    ("word", "start", "end"),
    [
        ("2020", "2019-01-01", "2019-12-31"),
        ("2020-9M", "2019-01-01", "2019-09-30"),
        ("2020-9M@15", "2018-12-15", "2019-09-14"),
        ("2020-02", "2019-02-01", "2019-02-28"),
        ("2021-02", "2020-02-01", "2020-02-29"),
        ("2020-02-29..2020-03-31", "2019-02-28", "2019-03-31"),
        ("2019-03-01..2020-02-29", "2018-03-01", "2019-02-28"),
        ("A1@2020-02-29", "2019-02-28", "2020-02-29"),
    ],
)
def test_the_year_before_has_the_same_days(word, start, end):
    assert days(parse(word).year_before()) == (start, end)


def test_months_are_cut_to_the_period():
    assert parse("2020-Q1@15").months() == [
        (date(2019, 12, 15), date(2019, 12, 31)),
        (date(2020, 1, 1), date(2020, 1, 31)),
        (date(2020, 2, 1), date(2020, 2, 29)),
        (date(2020, 3, 1), date(2020, 3, 14)),
    ]


def test_the_parts_of_a_year_are_offered_in_the_visitors_language():
    labels = {value: str(label) for value, label in OFFERED}

    assert labels.keys() == PARTS.keys()
    assert labels["Q3"] == "third quarter"
    assert labels["03"] == "month 3"


some_day = st.dates(date(2001, 1, 1), date(2098, 12, 31))
lengths = st.integers(0, 1200).map(timedelta)
free_periods = st.builds(
    lambda day, more: free(day, min(day + more, date(2099, 12, 31))), some_day, lengths
)
parts = st.builds(
    lambda year, part, cut: parse(f"{year}-{part}".rstrip("-") + cut),
    st.integers(2002, 2099),
    st.sampled_from(sorted(PARTS)),
    st.sampled_from(["", "@15"]),
)
agreement_years = st.builds(
    agreement_year, st.dates(date(2001, 1, 1), date(2088, 12, 31)), st.integers(1, 9)
)
periods = st.one_of(free_periods, parts, agreement_years)


@given(periods)
def test_a_word_is_read_back_as_the_same_period(period):
    assert parse(period.word) == period


@given(periods)
def test_months_hold_every_day_of_the_period_once(period):
    months = period.months()

    assert (months[0][0], months[-1][1]) == (period.start, period.end)
    assert all(
        (start.year, start.month) == (end.year, end.month) for start, end in months
    )
    assert all(
        following[0] - before[1] == timedelta(days=1)
        for before, following in pairwise(months)
    )


@given(periods)
def test_each_month_stands_beside_the_same_month_a_year_before(period):
    before = period.year_before().months()

    assert [(start.year, start.month) for start, _end in before] == [
        (start.year - 1, start.month) for start, _end in period.months()
    ]


@given(free_periods, some_day)
def test_only_passed_days_are_counted(period, today):
    assert period.as_of(today) <= today
    assert period.is_over(today) == (period.as_of(today) == period.end < today)


@given(st.dates(date(2001, 1, 1), date(2080, 12, 31)))
def test_the_years_of_an_agreement_follow_each_other(signed_on):
    years = [agreement_year(signed_on, number) for number in range(1, 9)]

    assert years[0].start == signed_on
    for before, following in pairwise(years):
        assert following.start - before.end == timedelta(days=1)


def answer(text: str) -> str:
    try:
        return f"{parse(text).name}."
    except ValueError as error:
        return str(error)


@given(st.text(max_size=30) | st.from_regex(r"A?\d{1,4}[-.@QHM\d]*", fullmatch=True))
def test_whatever_is_typed_is_a_period_or_a_sentence(text):
    assert answer(text).endswith(".")
