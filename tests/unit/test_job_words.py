"""How fast long work is, and how long it still takes, in words."""

import pytest

from postal_tthc.jobs import wording


@pytest.mark.parametrize(
    ("each_second", "words"),
    [
        (None, ""),
        (0, ""),
        (1234.4, "1,234 a second"),
        (1, "1 a second"),
        (0.5, "30 a minute"),
        (0.001, "1 a minute"),
    ],
)
def test_slow_work_is_told_by_the_minute(each_second, words):
    assert wording.rate(each_second) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0.2, "about 1 second left"),
        (59, "about 59 seconds left"),
        (60, "about 1 minute left"),
        (170, "about 3 minutes left"),
        (3600, "about 1 hour left"),
        (9000, "about 2 hours left"),
    ],
)
def test_time_left_is_told_roughly(seconds, words):
    assert wording.time_left(seconds) == words
