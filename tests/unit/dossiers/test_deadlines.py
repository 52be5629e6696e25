"""A promise explains itself, and lateness is counted in whole days."""

from datetime import date

import pytest

from dossiers.badges import due_badge
from dossiers.deadlines import Timeliness, promise, timeliness
from dossiers.models import Dossier
from dossiers.statuses import Status
from procedures.working_days import TimeUnit, WorkingCalendar

NOVEMBER_2026 = WorkingCalendar({date(2026, 11, 24): "Ngày Văn hóa Việt Nam"})
DUE = date(2020, 6, 15)  # Monday


def test_a_promise_tells_the_days_off_on_its_way():
    told = promise(date(2026, 11, 20), 3, TimeUnit.WORKING_DAYS, NOVEMBER_2026)

    assert told.due_on == date(2026, 11, 26)
    assert told.exceptions == ((date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),)
    assert (told.start, told.processing_time) == (date(2026, 11, 20), 3)


def test_a_day_off_on_the_first_day_does_not_matter():
    told = promise(date(2026, 11, 24), 1, TimeUnit.WORKING_DAYS, NOVEMBER_2026)

    assert told.due_on == date(2026, 11, 25)
    assert told.exceptions == ()


def test_a_promise_in_calendar_days_tells_what_moved_its_end():
    told = promise(date(2026, 11, 20), 4, TimeUnit.CALENDAR_DAYS, NOVEMBER_2026)

    assert told.due_on == date(2026, 11, 25)
    assert told.exceptions == ((date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),)


@pytest.mark.parametrize(
    ("finished_on", "today", "expected"),
    [
        pytest.param(date(2020, 6, 12), None, Timeliness.EARLY, id="a day early"),
        pytest.param(DUE, None, Timeliness.ON_TIME, id="on the day"),
        pytest.param(date(2020, 6, 16), None, Timeliness.OVERDUE, id="a day late"),
        pytest.param(None, date(2020, 6, 1), Timeliness.WITHIN_TIME, id="open"),
        pytest.param(None, DUE, Timeliness.WITHIN_TIME, id="open on the day"),
        pytest.param(
            None, date(2020, 6, 16), Timeliness.OPEN_OVERDUE, id="open a day after"
        ),
    ],
)
def test_the_day_of_the_agency_is_held_against_the_due_date(
    finished_on, today, expected
):
    assert timeliness(DUE, finished_on, today or date(2026, 1, 1)) == expected


@pytest.mark.parametrize(
    ("status", "finished_on", "today", "kind", "text"),
    [
        pytest.param(Status.RECEIVED, None, 1, "calm", "14 days left", id="far"),
        pytest.param(Status.PROCESSING, None, 12, "calm", "3 days left", id="near"),
        pytest.param(Status.PROCESSING, None, 13, "soon", "2 days left", id="soon"),
        pytest.param(Status.PROCESSING, None, 14, "soon", "1 day left", id="tomorrow"),
        pytest.param(Status.PROCESSING, None, 15, "soon", "due today", id="today"),
        pytest.param(Status.PROCESSING, None, 16, "overdue", "1 day late", id="late"),
        pytest.param(Status.RETURNED, 11, 30, "done", "4 days early", id="early"),
        pytest.param(Status.RESULT_READY, 15, 30, "done", "on time", id="on time"),
        pytest.param(Status.RETURNED, 18, 30, "overdue", "3 days late", id="was late"),
    ],
)
def test_a_due_date_says_how_it_stands_today(status, finished_on, today, kind, text):
    finished = finished_on and date(2020, 6, finished_on)
    dossier = Dossier(status=status, due_on=DUE, finished_on=finished)

    badge = due_badge(dossier, date(2020, 6, today))

    assert (badge.kind, badge.text) == (kind, text)


@pytest.mark.parametrize("status", [Status.REFUSED, Status.WITHDRAWN])
def test_nothing_is_owed_on_a_refused_or_withdrawn_dossier(status):
    dossier = Dossier(status=status, due_on=DUE, finished_on=date(2020, 6, 30))

    assert due_badge(dossier, date(2020, 6, 30)) is None
