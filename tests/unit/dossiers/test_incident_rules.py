"""What follows an incident, from the law's own tables."""

from datetime import date

import pytest

from dossiers.incident_rules import (
    FLOORS,
    OUTCOMES,
    REISSUE_STEPS,
    REISSUED_AFTER,
    floor_of,
    months_after,
)
from dossiers.models import Incident


@pytest.mark.parametrize(
    ("kind", "postage", "owed"),
    [
        pytest.param("lost", 26_000, 104_000, id="lost: four times the postage"),
        pytest.param("silence", 26_000, 26_000, id="late: the postage back"),
        pytest.param("lost", 0, 0, id="nothing was paid"),
        pytest.param("lost", None, None, id="nobody knows what was paid"),
    ],
)
def test_the_least_that_is_owed(kind, postage, owed):
    assert FLOORS[kind].dong(postage) == owed


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2020, 6, 3), 6, date(2020, 12, 3)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2020, 12, 15), 6, date(2021, 6, 15)),
        (date(2020, 6, 30), 6, date(2020, 12, 30)),
        (date(2020, 1, 31), 0, date(2020, 1, 31)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_one(day, months, after):
    assert months_after(day, months) == after


def test_every_kind_can_end_and_in_known_ways_only():
    assert set(OUTCOMES) == set(Incident.Kind.values)
    for outcomes in OUTCOMES.values():
        assert outcomes
        assert set(outcomes) <= set(Incident.Outcome.values)


@pytest.mark.parametrize(
    ("kind", "liable", "owes"),
    [
        ("lost", "post", True),
        ("lost", "unknown", True),
        ("lost", "agency", False),
        ("silence", "recipient", False),
        ("damaged", "post", False),
    ],
)
def test_the_post_owes_what_nobody_else_answers_for(kind, liable, owes):
    assert (floor_of(kind, liable) is not None) is owes


def test_what_is_lost_does_not_end_as_harmless():
    assert "explained" not in OUTCOMES["lost"]


def test_the_tables_speak_the_words_of_the_model():
    assert set(FLOORS) <= set(Incident.Kind.values)
    assert set(Incident.Kind.values) >= REISSUED_AFTER
    first, *_, last = REISSUE_STEPS
    assert (first, last) == ("told", "given")
