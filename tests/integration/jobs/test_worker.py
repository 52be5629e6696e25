"""Workers as real processes: killed, doubled, told to end."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.db.models import F

from postal_tthc.jobs import start
from postal_tthc.jobs.actions import stop
from postal_tthc.jobs.board import freshen
from postal_tthc.jobs.models import Job, Worker
from postal_tthc.jobs.statuses import Status
from tests.factories.jobs import (
    BRIEF,
    ROOT,
    surroundings,
    wait_for_worker,
    wait_until,
    worker,
    written,
)
from tests.factories.offices import Office, make_office

pytestmark = pytest.mark.django_db(transaction=True)

LARGE = 1_000_000


@pytest.fixture(autouse=True)
def _brief_silence(settings) -> None:
    """The tests see a worker as gone no sooner and no later than workers do."""
    settings.JOBS_SILENCE = float(BRIEF)


def ask(office: Office, work: str, **parameters) -> Job:
    return start(
        f"sample-{work}",
        title=f"Try {work}",
        by=office.clerk,
        parameters=parameters,
        size=LARGE,
    )


def now(job: Job) -> Job:
    """The job as a page would show it."""
    return freshen(Job.objects.get(pk=job.pk))


def wait_for(job: Job, status: Status, seconds: float = 30) -> Job:
    wait_until(lambda: now(job).status == status, seconds)
    return now(job)


def test_a_worker_does_what_waits_and_says_that_it_is_there():
    office = make_office()
    job = ask(office, "whole", count=5)
    with worker() as process:
        done = wait_for(job, Status.DONE)
        assert Worker.objects.count() == 1
        process.terminate()
        assert process.wait(timeout=20) == 0

    assert done.sentence == "5 written."
    assert (done.done, done.total, done.attempts) == (5, 5, 1)
    assert written(job) == 5
    assert not Worker.objects.exists()  # it said good-bye


@pytest.mark.parametrize("work", ["whole", "parts"])
def test_progress_moves_while_the_work_is_inside_its_transaction(work):
    pause = 0.1 if work == "whole" else 0.4  # for each row, for each part
    job = ask(make_office(), work, count=40, slice=4, pause=pause)
    seen = set()
    with worker():

        def is_done() -> bool:
            present = now(job)
            if present.status == Status.RUNNING and present.total:
                seen.add(present.done)
            return present.status == Status.DONE

        wait_until(is_done)

    assert len(seen) >= 2
    assert all(0 <= done <= 40 for done in seen)
    assert written(job) == 40


def test_killed_half_way_nothing_is_half_written_and_another_takes_it_up():
    job = ask(make_office(), "whole", count=60, pause=0.05)
    with worker() as process:
        wait_until(lambda: now(job).done > 0)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert Job.objects.get(pk=job.pk).status == Status.RUNNING
    assert written(job) == 0

    with worker():
        done = wait_for(job, Status.DONE)

    assert done.attempts == 2
    assert written(job) == 60


def test_killed_twice_it_is_reported_in_words():
    job = ask(make_office(), "whole", count=200, pause=0.05)
    for attempt in (1, 2):
        with worker() as process:
            wait_until(lambda n=attempt: now(job).attempts == n and now(job).done > 0)
            process.kill()

    with worker():
        failed = wait_for(job, Status.FAILED)

    assert failed.sentence == (
        "The process that did this ended half-way, twice. Nothing is half-written. "
        "Ask for it again; if it stops once more, tell the administrator."
    )
    assert written(job) == 0


def test_two_workers_do_one_job_once():
    office = make_office()
    with worker(), worker():
        wait_for_worker(2)
        jobs = [ask(office, "parts", count=2, slice=1) for _ in range(8)]
        for job in jobs:
            wait_for(job, Status.DONE)

    assert [written(job) for job in jobs] == [2] * 8
    assert {now(job).attempts for job in jobs} == {1}


@pytest.mark.parametrize("work", ["whole", "parts"])
def test_work_that_is_asked_to_stop_stops(work):
    office = make_office()
    job = ask(office, work, count=2000, slice=1, pause=0.05)
    with worker():
        wait_until(lambda: now(job).done > 0)
        stop(now(job), by=office.leader)
        stopped = wait_for(job, Status.CANCELLED)

    assert stopped.stop_asked_by == office.leader
    assert stopped.sentence.startswith(f"Stopped by {office.leader} at ")
    assert stopped.done < 2000
    assert written(job) == (0 if work == "whole" else stopped.done)


@pytest.fixture
def _hears_all() -> Iterator[None]:
    """Under nohup processes are deaf to SIGHUP, and so are those they start."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("_hears_all")
@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGHUP])
def test_a_worker_told_to_end_puts_its_job_back_for_the_next(word):
    job = ask(make_office(), "whole", count=60, pause=0.05)
    with worker() as process:
        wait_until(lambda: now(job).done > 0)
        process.send_signal(word)
        assert process.wait(timeout=20) == 0
    waiting = now(job)
    assert (waiting.status, waiting.attempts) == (Status.QUEUED, 0)
    assert written(job) == 0

    with worker("--once") as process:
        assert process.wait(timeout=30) == 0

    assert (now(job).status, now(job).attempts) == (Status.DONE, 1)
    assert written(job) == 60


def test_a_worker_given_up_for_dead_wakes_and_concludes_nothing():
    """As on a machine that went to sleep, while another took up its job."""
    job = ask(make_office(), "parts", count=40, slice=2, pause=0.2)
    with worker() as sleeper:
        wait_until(lambda: now(job).done > 0)
        put_to_sleep(sleeper)
        with worker():
            wait_until(lambda: now(job).attempts == 2 and now(job).done > 0)
            sleeper.send_signal(signal.SIGCONT)
            done = wait_for(job, Status.DONE)

    assert done.attempts == 2
    assert written(job) == 40


def put_to_sleep(process: subprocess.Popen[bytes]) -> None:
    """Between two of its writes: a sleeper that holds SQLite's lock keeps it."""
    while True:
        process.send_signal(signal.SIGSTOP)
        try:
            if connection.vendor == "sqlite":
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA busy_timeout = 100")
            Worker.objects.update(seen_at=F("seen_at"))
            connection.close()  # and its short patience
            return
        except OperationalError:
            process.send_signal(signal.SIGCONT)


def test_beside_a_process_a_worker_ends_with_it():
    """As `make run` starts it: the web process takes the place of the shell."""
    make_office()
    script = '"$0" -m tests.factories.jobs --beside $$ & exec sleep 600'
    parent = subprocess.Popen(
        ["sh", "-c", script, sys.executable], cwd=ROOT, env=surroundings()
    )
    try:
        wait_for_worker()
    finally:
        parent.kill()
        parent.wait()

    wait_until(lambda: not Worker.objects.exists())
