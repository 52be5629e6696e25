"""Percentages are rounded one way, and sums are sums."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.figures import COUNTED, Counts, Figures, ProcedureLine, total
from reports.periods import parse
from reports.ratios import Ratio


def ratio(numerator: int, denominator: int) -> Ratio:
    return Ratio(numerator, denominator, "by_post", "received")


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent", "printed"),
    [
        pytest.param(23, 212, "10.85", "23/212 (10,85%)", id="2019 of the report"),
        pytest.param(29, 120, "24.17", "29/120 (24,17%)", id="2020 of the report"),
        pytest.param(52, 332, "15.66", "52/332 (15,66%)", id="both of the report"),
        pytest.param(6, 98, "6.12", "06/98 (6,12%)", id="procedures of the report"),
        pytest.param(1, 3, "33.33", "01/03 (33,33%)", id="a third"),
        pytest.param(2, 3, "66.67", "02/03 (66,67%)", id="two thirds"),
        pytest.param(1, 8, "12.50", "01/08 (12,50%)", id="an eighth"),
        pytest.param(1, 32, "3.13", "01/32 (3,13%)", id="half goes up to odd"),
        pytest.param(3, 32, "9.38", "03/32 (9,38%)", id="half goes up to even"),
        pytest.param(1, 800, "0.13", "01/800 (0,13%)", id="a small half goes up"),
        pytest.param(1, 20001, "0.00", "01/20001 (0,00%)", id="just under half"),
        pytest.param(1, 20000, "0.01", "01/20000 (0,01%)", id="the least half"),
        pytest.param(199, 200, "99.50", "199/200 (99,50%)", id="almost all"),
        pytest.param(5, 5, "100.00", "05/05 (100,00%)", id="all"),
        pytest.param(0, 5, "0.00", "0/05 (0,00%)", id="none"),
        pytest.param(0, 12, "0.00", "0/12 (0,00%)", id="none of twelve"),
        pytest.param(0, 0, None, "0/0", id="no whole"),
    ],
)
def test_a_ratio_is_computed_and_printed(numerator, denominator, percent, printed):
    found = ratio(numerator, denominator)

    assert found.percent == (None if percent is None else Decimal(percent))
    assert str(found) == printed


wholes = st.integers(1, 10**9)


@given(wholes, st.data())
def test_percentages_have_two_decimals_half_up(whole, data):
    part = data.draw(st.integers(0, whole))
    found = ratio(part, whole).percent

    assert Fraction(found) == Fraction(
        floor(Fraction(part, whole) * 10_000 + Fraction(1, 2)), 100
    )
    assert found.as_tuple().exponent == -2


counts = st.builds(Counts, *[st.integers(0, 500)] * len(COUNTED))


@given(st.lists(counts, max_size=5))
def test_a_total_adds_every_number(groups):
    for name in (*COUNTED, "finished", "outstanding"):
        added = sum(getattr(group, name) for group in groups)
        assert getattr(total(groups), name) == added


COUNTS = Counts(
    received=40,
    by_post=12,
    intake_by_post=3,
    both_legs_by_post=2,
    results=30,
    return_by_post=9,
    carried_over=5,
    early=20,
    on_time=8,
    overdue=4,
    withdrawn=3,
    open_within=7,
    open_overdue=3,
)


@pytest.mark.parametrize(
    ("name", "printed", "of"),
    [
        ("by_post_ratio", "12/40 (30,00%)", ("by_post", "received")),
        ("intake_ratio", "03/40 (7,50%)", ("intake_by_post", "received")),
        ("return_ratio", "09/30 (30,00%)", ("return_by_post", "results")),
        ("on_time_ratio", "28/32 (87,50%)", ("in_time", "judged")),
    ],
)
def test_each_ratio_names_its_part_and_its_whole(name, printed, of):
    found = getattr(COUNTS, name)

    assert str(found) == printed
    assert (found.subject, found.of) == of


def test_what_came_is_finished_or_outstanding():
    assert (COUNTS.finished, COUNTS.outstanding) == (35, 10)
    assert COUNTS.is_balanced
    assert not (COUNTS + Counts(received=1)).is_balanced


def line(code: str, field: str, received: int, by_post: int, *, is_postal: bool):
    return ProcedureLine(
        code, f"Thủ tục {code}", field, is_postal, Counts(received, by_post)
    )


FIGURES = Figures(
    organisation="Sở Nội vụ",
    symbol="SNV",
    period=parse("2020"),
    as_of=date(2020, 9, 30),
    counted_on=date(2020, 9, 30),
    procedures=ratio(3, 5),
    by_procedure=(
        line("1.000001", "Văn thư", 10, 0, is_postal=True),
        line("1.000002", "Công chức", 20, 4, is_postal=True),
        line("1.000003", "Văn thư", 5, 0, is_postal=False),
        line("1.000004", "Công chức", 9, 6, is_postal=False),
        line("1.000005", "Tôn giáo", 0, 0, is_postal=True),
    ),
    by_month=(),
)


def test_figures_are_added_over_procedures_and_fields():
    assert FIGURES.counts == Counts(44, 10)
    assert [(x.name, x.counts.received) for x in FIGURES.by_field] == [
        ("Công chức", 29),
        ("Tôn giáo", 0),
        ("Văn thư", 15),
    ]


def test_postal_procedures_stand_by_use_and_the_unused_last():
    codes = [x.code for x in FIGURES.postal_procedures]

    assert codes == ["1.000004", "1.000002", "1.000001", "1.000005"]


def test_figures_of_an_unfinished_period_say_so():
    assert not FIGURES.is_over
