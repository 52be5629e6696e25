"""What the words of a report may refer to."""

from dataclasses import replace
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.models import Incident
from dossiers.statuses import WhyNotPost
from reports.figures import Counts
from reports.layouts import RATIOS, SUMMARY, number, ratio
from reports.post_figures import LegFigures, PostFigures
from reports.ratios import Ratio
from reports.references import REFERENCE, ref
from reports.vocabulary import (
    INCIDENTS,
    REASONS,
    months,
    vocabulary,
    write_count,
    write_percent,
)
from tests.unit.reports.figures_made import (
    BRIEFING,
    BUSY,
    POST,
    TODAY,
    drawn_figures,
    figures,
    line,
    report,
    seed,
)


def said(made, where: str = "whole") -> dict[str, str]:
    return {name: x.text for name, x in vocabulary(made)[where].items()}


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (212, "212"), (1234, "1.234")],
)
def test_a_small_number_has_a_zero_in_front(value, written):
    assert write_count(value) == written


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (23, 212, "10,85%"),
        (29, 120, "24,17%"),
        (1, 32, "3,13%"),
        (5, 5, "100,00%"),
        (0, 7, "0,00%"),
        (0, 0, "–"),
    ],
)
def test_a_percentage_is_written_with_a_comma_half_up(part, whole, written):
    assert write_percent(Ratio(part, whole, "by_post", "received")) == written


def test_every_period_and_the_whole_can_be_referred_to():
    assert list(vocabulary(seed())) == ["2019", "2020-9M", "whole"]
    assert list(vocabulary(report(figures("2019")))) == ["2019", "whole"]


def test_periods_without_a_whole_have_none_to_refer_to():
    apart = report(figures("2018"), figures("2020-Q1"))

    assert list(vocabulary(apart)) == ["2018", "2020-Q1"]


def test_every_row_and_every_ratio_has_its_value():
    one = figures("2019", line(0, BUSY))
    words = said(report(one))

    for row in SUMMARY:
        if row.name:
            assert words[row.name] == write_count(number(one, row.name)), row.name
    for name in RATIOS:
        assert words[name] == str(ratio(one, name))
        assert words[f"{name}.percent"] == write_percent(ratio(one, name))
    assert words["by_post_ratio"] == "23/212 (10,85%)"
    assert words["name"] == "năm 2019"
    assert words["days"] == "từ 01/01/2019 đến 31/12/2019"


def test_a_period_that_goes_on_is_named_by_the_days_counted():
    words = said(report(figures("2020")))

    assert words["days"] == "từ 01/01/2020 đến 05/10/2020"
    assert words["as_of"] == "05/10/2020"


def test_procedures_are_counted_by_code_even_when_they_moved_field():
    first, second = line(0, BUSY), line(1)
    moved = replace(first, field="Khác", counts=replace(BUSY, by_post=2))
    words = said(report(figures("2019", first, moved, second)))

    assert words["by_post.1.990000"] == "25"
    assert words["used"] == "01"
    assert words["by_post.1.990001"] == "0"
    assert words["unused"] == "01"


def test_the_post_is_told_by_leg_and_together():
    words = said(report(figures("2019", post=POST)))

    assert (words["intake.posted"], words["both.posted"]) == ("20", "40")
    assert words["both.within_norm"] == "36/38 (94,74%)"
    assert (words["intake.median"], words["intake.p90"]) == ("2", "4")
    assert words["both.postage_mean"] == "22.550"
    assert words["both.postage"] == "902.000"


def test_without_items_there_are_dashes_and_no_invented_numbers():
    words = said(report(figures("2019", post=PostFigures(intake=LegFigures()))))

    assert words["intake.median"] == words["both.postage_mean"] == "–"
    assert words["both.within_norm"] == "0/0"


def test_people_and_outreach_are_counted():
    words = said(
        report(
            figures(
                "2019",
                refusals=(("fear", 3), ("cost", 9)),
                outreach=(BRIEFING, replace(BRIEFING, reached=None)),
            )
        )
    )

    assert words["refusals"] == "12"
    assert (words["refusals.fear"], words["refusals.slow"]) == ("03", "0")
    assert (words["outreach"], words["outreach.reached"]) == ("02", "58")


def test_every_reason_and_every_kind_of_incident_has_its_words():
    assert set(REASONS) == set(WhyNotPost.values)
    assert set(INCIDENTS) == set(Incident.Kind.values)


@pytest.mark.parametrize(
    ("word", "counted"),
    [
        pytest.param("2019", 12, id="a year"),
        pytest.param("2019@15", 12, id="a year from the 15th to the 14th"),
        pytest.param("2020-9M", 9, id="nine months"),
        pytest.param("2020-02", 1, id="February"),
        pytest.param("2020", 9 + Fraction(5, 31), id="a year that goes on"),
        pytest.param("2020-06-16..2020-06-30", Fraction(1, 2), id="half of June"),
        pytest.param("2021", Fraction(1, 31), id="a period to come"),
    ],
)
def test_months_are_counted_by_their_days(word, counted):
    assert months(figures(word, today=TODAY)) == counted


@given(st.integers(0, 5000))
def test_a_mean_by_month_is_rounded_half_up(by_post):
    one = figures("2019", line(0, Counts(received=by_post, by_post=by_post)))

    exact = floor(Fraction(by_post, 12) * 10 + Fraction(1, 2))

    written = said(report(one))["by_post.a_month"]
    assert written.replace(".", "") == f"{exact // 10},{exact % 10}"


@given(drawn_figures("2020-9M"))
def test_every_name_can_be_written_as_a_reference(made):
    for where, values in vocabulary(report(made)).items():
        for name, value in values.items():
            assert REFERENCE.fullmatch(ref(where, name)), name
            assert value.label
            assert value.text
