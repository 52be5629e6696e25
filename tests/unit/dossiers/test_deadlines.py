"""A promise explains itself, a clock goes on, and lateness is in whole days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.badges import due_badge
from dossiers.deadlines import Policy, Timeliness, promise, resumed, timeliness
from dossiers.models import Dossier
from dossiers.statuses import ENDED_EARLY, Status
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


# Tết 2020: offices were shut from 23 to 29 January.
TET_2020 = WorkingCalendar(
    {date(2020, 1, day): "Tết Nguyên đán" for day in range(23, 30)}
)
# Friday 02/01/2026 off, and Saturday 10/01/2026 worked instead.
SWAP_2026 = WorkingCalendar(
    {date(2026, 1, 1): "Tết Dương lịch", date(2026, 1, 2): "Nghỉ hoán đổi"},
    {date(2026, 1, 10): "Làm bù cho ngày 02/01"},
)
WORKING, CALENDAR = TimeUnit


def day(written: str) -> date:
    return date.fromisoformat("-".join(reversed(written.split("/"))))


# Calendar, start, time and unit, due; stopped, went on; due if restarted, continued.
WORKED = [
    pytest.param(
        TET_2020,
        ("13/01/2020", 10, WORKING, "03/02/2020"),
        ("16/01/2020", "22/01/2020"),
        ("12/02/2020", "07/02/2020"),
        id="asked and answered before Tết",
    ),
    pytest.param(
        TET_2020,
        ("13/01/2020", 10, WORKING, "03/02/2020"),
        ("16/01/2020", "30/01/2020"),
        ("13/02/2020", "10/02/2020"),
        id="asked before Tết, answered after it",
    ),
    pytest.param(
        TET_2020,
        ("13/01/2020", 10, WORKING, "03/02/2020"),
        ("22/01/2020", "29/01/2020"),
        ("12/02/2020", "03/02/2020"),
        id="only days off were lost",
    ),
    pytest.param(
        TET_2020,
        ("13/01/2020", 10, WORKING, "03/02/2020"),
        ("16/01/2020", "16/01/2020"),
        ("06/02/2020", "03/02/2020"),
        id="answered on the same day",
    ),
    pytest.param(
        TET_2020,
        ("13/01/2020", 15, CALENDAR, "30/01/2020"),
        ("16/01/2020", "20/01/2020"),
        ("04/02/2020", "03/02/2020"),
        id="calendar days before Tết",
    ),
    pytest.param(
        TET_2020,
        ("13/01/2020", 15, CALENDAR, "30/01/2020"),
        ("16/01/2020", "30/01/2020"),
        ("14/02/2020", "13/02/2020"),
        id="calendar days across Tết",
    ),
    pytest.param(
        TET_2020,
        ("13/01/2020", 15, CALENDAR, "30/01/2020"),
        ("16/01/2020", "18/01/2020"),
        ("03/02/2020", "03/02/2020"),
        id="calendar days that end on a Saturday or Sunday",
    ),
    pytest.param(
        SWAP_2026,
        ("31/12/2025", 5, WORKING, "09/01/2026"),
        ("31/12/2025", "05/01/2026"),
        ("10/01/2026", "10/01/2026"),
        id="the Saturday that is worked is a day like any other",
    ),
    pytest.param(
        SWAP_2026,
        ("31/12/2025", 5, WORKING, "09/01/2026"),
        ("05/01/2026", "07/01/2026"),
        ("13/01/2026", "12/01/2026"),
        id="across the Saturday that is worked",
    ),
    pytest.param(
        SWAP_2026,
        ("31/12/2025", 3, WORKING, "07/01/2026"),
        ("31/12/2025", "02/01/2026"),
        ("07/01/2026", "07/01/2026"),
        id="the Friday off that another Saturday makes up for is no day",
    ),
    pytest.param(
        SWAP_2026,
        ("30/12/2025", 10, CALENDAR, "09/01/2026"),
        ("31/12/2025", "01/01/2026"),
        ("12/01/2026", "10/01/2026"),
        id="calendar days that end on the Saturday that is worked, or the Sunday",
    ),
]


@pytest.mark.parametrize(("calendar", "promised", "stood", "due"), WORKED)
@pytest.mark.parametrize("policy", Policy)
def test_a_clock_goes_on_as_a_calendar_on_the_wall_would_have_it(
    policy, calendar, promised, stood, due
):
    start, time, unit, first_due = promised
    stopped_on, resumed_on = map(day, stood)
    assert promise(day(start), time, unit, calendar).due_on == day(first_due)

    due_on = resumed(
        policy,
        due_on=day(first_due),
        stopped_on=stopped_on,
        resumed_on=resumed_on,
        processing_time=time,
        unit=unit,
        calendar=calendar,
    )

    restarted, continued = map(day, due)
    assert due_on == (restarted if policy == Policy.RESTART else continued)


@given(
    start=st.dates(date(2019, 12, 20), date(2020, 2, 10)),
    time=st.integers(0, 40),
    unit=st.sampled_from(TimeUnit),
    waits=st.lists(
        st.tuples(st.sampled_from(Policy), st.integers(0, 12), st.integers(0, 40)),
        max_size=4,
    ),
)
def test_however_often_it_stands_still_a_due_date_only_moves_away(
    start, time, unit, waits
):
    due_on, today = promise(start, time, unit, TET_2020).due_on, start

    for policy, worked, waited in waits:
        stopped_on = today + timedelta(days=worked)
        today = stopped_on + timedelta(days=waited)
        before, due_on = (
            due_on,
            resumed(
                policy,
                due_on=due_on,
                stopped_on=stopped_on,
                resumed_on=today,
                processing_time=time,
                unit=unit,
                calendar=TET_2020,
            ),
        )
        assert due_on >= before
        if policy == Policy.RESTART:
            assert due_on >= promise(today, time, unit, TET_2020).due_on
        elif unit == TimeUnit.WORKING_DAYS:
            left = TET_2020.count_working_days(stopped_on, before)
            assert TET_2020.count_working_days(today, due_on) == left or not left


def test_a_calendar_that_gained_a_day_does_not_bring_a_restart_forward():
    """A make-up day entered meanwhile must not make the promise worse."""
    gained = WorkingCalendar({}, {date(2020, 6, 6): "Làm bù"})

    due_on = resumed(
        Policy.RESTART,
        due_on=DUE,
        stopped_on=date(2020, 6, 1),
        resumed_on=date(2020, 6, 1),
        processing_time=10,
        unit=TimeUnit.WORKING_DAYS,
        calendar=gained,
    )

    assert gained.due_on(date(2020, 6, 1), 10, TimeUnit.WORKING_DAYS) < DUE
    assert due_on == DUE


@pytest.mark.parametrize(
    ("stopped", "today", "expected"),
    [
        pytest.param(12, 30, Timeliness.WITHIN_TIME, id="stopped before its day"),
        pytest.param(15, 30, Timeliness.WITHIN_TIME, id="stopped on its day"),
        pytest.param(16, 30, Timeliness.OPEN_OVERDUE, id="stopped a day late"),
        pytest.param(None, 30, Timeliness.OPEN_OVERDUE, id="never stopped"),
    ],
)
def test_a_clock_that_stands_still_is_held_to_the_day_it_stopped(
    stopped, today, expected
):
    dossier = Dossier(
        status=Status.AWAITING_SUPPLEMENT if stopped else Status.PROCESSING,
        due_on=DUE,
        clock_stopped_on=stopped and date(2020, 6, stopped),
    )

    assert dossier.timeliness(date(2020, 6, today)) == expected


@pytest.mark.parametrize("status", [Status.ANNOUNCED, Status.REGISTERED])
def test_what_has_not_been_received_is_neither_early_nor_late(status):
    assert Dossier(status=status).timeliness(DUE) is None


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


@pytest.mark.parametrize(
    ("stopped", "today", "kind", "text"),
    [
        pytest.param(10, 12, "calm", "clock stands still", id="in time"),
        pytest.param(10, 30, "calm", "clock stands still", id="for long"),
        pytest.param(15, 15, "calm", "clock stands still", id="on the day itself"),
        pytest.param(18, 30, "overdue", "3 days late", id="stopped too late"),
    ],
)
def test_a_clock_that_stands_still_says_so(stopped, today, kind, text):
    dossier = Dossier(
        status=Status.AWAITING_PAYMENT,
        due_on=DUE,
        clock_stopped_on=date(2020, 6, stopped),
    )

    badge = due_badge(dossier, date(2020, 6, today))

    assert (badge.kind, badge.text) == (kind, text)


@pytest.mark.parametrize("status", sorted(ENDED_EARLY))
def test_nothing_is_owed_on_a_dossier_that_ended_without_a_result(status):
    dossier = Dossier(status=status, due_on=DUE, finished_on=date(2020, 6, 30))

    assert due_badge(dossier, date(2020, 6, 30)) is None
