"""Clocks that are set while work goes on, and machines whose clocks differ."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from postal_tthc.jobs import Outcome, Progress, board, lost, register, start
from postal_tthc.jobs.models import Job, Worker
from postal_tthc.jobs.running import perform
from postal_tthc.jobs.statuses import Status
from tests.factories import jobs  # noqa: F401  (registers the samples)

LARGE = 1_000_000
HOUR = timedelta(hours=1)


@pytest.fixture
def job(office) -> Job:
    """Large work that waits."""
    return start(
        "sample-whole",
        title="Try",
        by=office.clerk,
        parameters={"count": 1},
        size=LARGE,
    )


def beat(job: Job, ahead: timedelta) -> Job:
    """It runs, and was heard so long ahead of now."""
    heard = timezone.now() + ahead
    Job.objects.filter(pk=job.pk).update(
        status=Status.RUNNING, attempts=1, started_at=heard, beat_at=heard
    )
    job.refresh_from_db()
    return job


@pytest.mark.parametrize("ahead", [-HOUR, HOUR])
def test_a_worker_heard_at_another_hour_is_none(
    office, ahead, django_capture_on_commit_callbacks
):
    Worker.objects.create(name="dead:1", seen_at=timezone.now() + ahead)
    with django_capture_on_commit_callbacks(execute=True):
        small = start(
            "sample-letter", title="Try", by=office.clerk, parameters={}, size=1
        )

    assert small.status == Status.DONE


@pytest.mark.parametrize("ahead", [-HOUR, HOUR])
def test_a_job_heard_at_another_hour_is_lost_and_taken_up(job, ahead):
    beat(job, ahead)
    now = timezone.now()

    assert job.is_silent(now)
    assert list(Job.objects.silent(now)) == [job]
    assert lost.take_up(lambda seconds: None) == 1
    job.refresh_from_db()
    assert job.status == Status.QUEUED


@pytest.mark.parametrize("ahead", [-HOUR, HOUR])
def test_a_worker_with_another_clock_is_heard_by_its_moving_beat(job, ahead):
    beat(job, ahead)

    def goes_on(seconds: float) -> None:
        beat(job, ahead + timedelta(seconds=seconds))

    assert lost.take_up(goes_on) == 0
    job.refresh_from_db()
    assert job.status == Status.RUNNING


def test_one_row_and_the_crowd_agree_on_who_is_silent(job, settings):
    for seconds in (0, 29, 31, -29, -31):
        beat(job, timedelta(seconds=seconds))
        now = timezone.now()
        assert job.is_silent(now) == Job.objects.silent(now).exists(), seconds


def test_a_task_taken_by_a_clock_since_set_back_is_queued_again(job):
    later = timezone.now() + HOUR
    Job.objects.update(asked_at=later)
    DBTaskResult.objects.update(status="RUNNING", started_at=later)

    assert lost.take_up() == 1
    assert DBTaskResult.objects.get().status == "READY"


@pytest.mark.parametrize("jump", [-HOUR, HOUR])
def test_the_rate_is_by_a_clock_that_nobody_sets(office, monkeypatch, jump):
    real = timezone.now

    def work(job: Job, progress: Progress) -> Outcome:
        progress.begin(100, "Writing")
        monkeypatch.setattr("django.utils.timezone.now", lambda: real() + jump)
        progress.reached(100)
        return Outcome("Yes.")

    register("sample-jump", work)
    job = start("sample-jump", title="T", by=office.clerk, parameters={}, size=LARGE)
    perform(job.pk)

    job.refresh_from_db()
    assert timedelta(0) < job.finished_at - job.begun_at < timedelta(seconds=20)
    assert job.rate > 5


def test_a_note_is_believed_when_the_row_is_from_before_the_clock_was_set_back(
    job, monkeypatch
):
    monkeypatch.setattr(board, "is_needed", lambda: True)
    beat(job, HOUR)
    now = timezone.now()
    board.write(job.pk, board.Note(1, 40, 60, "Writing", "", now.isoformat()))

    shown = board.freshen(job)
    assert (shown.done, shown.beat_at) == (40, now)
    assert not shown.is_silent(timezone.now())
    board.wipe(job.pk)
