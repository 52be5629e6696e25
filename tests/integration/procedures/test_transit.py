"""J+n of TT 17/2017/TT-BTTTT, and the answer to a complaint."""

from datetime import date

import pytest

from procedures import transit
from procedures.models import TransitNorm

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("known_norms_and_forms", "known_calendar_days"),
]

Route = TransitNorm.Route
MONDAY = date(2020, 6, 1)


@pytest.mark.parametrize(
    ("route", "days", "days_with_appointment"),
    [
        (Route.SAME_DISTRICT, 1, 2),
        (Route.WITHIN_PROVINCE, 2, 4),
        (Route.BETWEEN_BIG_CITIES, 3, 6),
        (Route.BETWEEN_PROVINCES, 4, 8),
        (Route.SPECIAL, None, None),
    ],
)
def test_the_table_of_the_circular(route, days, days_with_appointment):
    assert transit.transit_days(route, MONDAY) == days
    assert (
        transit.transit_days(route, MONDAY, with_appointment=True)
        == days_with_appointment
    )


def test_every_route_has_a_norm_with_its_source():
    for route in Route:
        assert "17/2017/TT-BTTTT" in transit.norm_on(route, MONDAY).source


@pytest.mark.parametrize(
    ("posted_on", "route", "expected"),
    [
        pytest.param(MONDAY, Route.SAME_DISTRICT, date(2020, 6, 2), id="J+1"),
        pytest.param(MONDAY, Route.WITHIN_PROVINCE, date(2020, 6, 3), id="J+2"),
        pytest.param(MONDAY, Route.BETWEEN_BIG_CITIES, date(2020, 6, 4), id="J+3"),
        pytest.param(MONDAY, Route.BETWEEN_PROVINCES, date(2020, 6, 5), id="J+4"),
        pytest.param(
            date(2020, 6, 4),
            Route.WITHIN_PROVINCE,
            date(2020, 6, 8),
            id="over a weekend",
        ),
        pytest.param(
            date(2020, 6, 6), Route.SAME_DISTRICT, date(2020, 6, 8), id="on a Saturday"
        ),
        pytest.param(
            date(2020, 1, 21), Route.WITHIN_PROVINCE, date(2020, 1, 30), id="over Tết"
        ),
        pytest.param(
            date(2025, 12, 31),
            Route.WITHIN_PROVINCE,
            date(2026, 1, 6),
            id="over the swapped 02/01/2026",
        ),
        pytest.param(
            date(2026, 1, 8),
            Route.WITHIN_PROVINCE,
            date(2026, 1, 10),
            id="to the make-up Saturday 10/01/2026",
        ),
    ],
)
def test_an_item_is_expected_working_days_after_its_acceptance(
    posted_on, route, expected
):
    assert transit.expected_on(posted_on, route) == expected


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (Route.SAME_DISTRICT, date(2020, 6, 3)),
        (Route.WITHIN_PROVINCE, date(2020, 6, 5)),
        (Route.BETWEEN_BIG_CITIES, date(2020, 6, 9)),
        (Route.BETWEEN_PROVINCES, date(2020, 6, 11)),
    ],
)
def test_bringing_the_appointment_slip_back_takes_longer(route, expected):
    assert transit.expected_on(MONDAY, route, with_appointment=True) == expected


def test_nothing_is_expected_where_the_post_has_published_nothing():
    assert transit.expected_on(MONDAY, Route.SPECIAL) is None


def test_nothing_is_expected_before_the_circular():
    last_day_without = date(2017, 8, 14)

    assert transit.norm_on(Route.SAME_DISTRICT, last_day_without) is None
    assert transit.transit_days(Route.SAME_DISTRICT, last_day_without) is None
    assert transit.expected_on(last_day_without, Route.SAME_DISTRICT) is None
    assert transit.transit_days(Route.SAME_DISTRICT, date(2017, 8, 15)) == 1


def test_a_norm_may_hold_since_ever():
    norm = TransitNorm.objects.get(route=Route.SPECIAL)
    norm.valid_from, norm.days = None, 10
    norm.save()

    assert transit.transit_days(Route.SPECIAL, date(2001, 1, 1)) == 10


@pytest.mark.parametrize(
    ("route", "days"),
    [
        (Route.SAME_DISTRICT, 5),
        (Route.WITHIN_PROVINCE, 5),
        (Route.BETWEEN_BIG_CITIES, 7),
        (Route.BETWEEN_PROVINCES, 7),
        (Route.SPECIAL, 7),
    ],
)
def test_a_complaint_is_answered_sooner_inside_a_province(route, days):
    assert transit.answer_days(route) == days


@pytest.mark.parametrize(
    "ask",
    [
        transit.answer_days,
        lambda route: transit.norm_on(route, MONDAY),
        lambda route: transit.expected_on(MONDAY, route),
    ],
)
def test_a_route_that_does_not_exist_is_a_mistake_of_the_caller(ask):
    with pytest.raises(ValueError, match="by balloon"):
        ask("by balloon")
