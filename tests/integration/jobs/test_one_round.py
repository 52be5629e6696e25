"""The worker's rounds, in this process."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import TypeVar

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from postal_tthc.jobs import (
    Outcome,
    Progress,
    board,
    kinds,
    register,
    register_errand,
    start,
)
from postal_tthc.jobs.actions import stop
from postal_tthc.jobs.models import Job, Worker
from postal_tthc.jobs.running import perform
from postal_tthc.jobs.statuses import Status
from postal_tthc.jobs.telling import leaving
from postal_tthc.jobs.worker import JobWorker, tidy_up
from procedures.models import Field
from tests.factories.jobs import wait_until, written
from tests.factories.offices import Office, make_office

Result = TypeVar("Result")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """A worker listens to signals of its process, which here is the tests'."""
    heard = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in heard}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    leaving.clear()


def ask(work: str, **parameters) -> Job:
    return start(
        f"sample-{work}",
        title=work,
        by=make_office().clerk,
        parameters=parameters,
        size=1_000_000,
    )


def once() -> None:
    call_command("work", "--once", stdout=StringIO())


def test_what_waits_is_done_and_the_worker_ends():
    job = ask("parts", count=3)
    once()

    job.refresh_from_db()
    assert (job.status, written(job)) == (Status.DONE, 3)
    assert not Worker.objects.exists()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_changes_are_told_in_the_name_of_who_asked():
    def work(job: Job, progress: Progress) -> Outcome:
        Field.objects.create(name="Lưu trữ")
        return Outcome("Yes.")

    register("sample-field", work)
    job = ask("field")
    once()

    entry = LogEntry.objects.get_for_object(Field.objects.get()).get()
    assert entry.actor == job.by


def test_a_database_that_does_not_answer_is_asked_again(monkeypatch, caplog):
    job = ask("parts", count=1)
    real, failures = JobWorker._take, [OperationalError("database is locked")]

    def sometimes(self: JobWorker) -> DBTaskResult | None:
        if failures:
            raise failures.pop()
        return real(self)

    monkeypatch.setattr(JobWorker, "_take", sometimes)
    once()

    job.refresh_from_db()
    assert job.status == Status.DONE
    assert "The database did not answer; going on." in caplog.text


def test_errands_are_done_and_one_that_fails_holds_up_nobody(monkeypatch, caplog):
    done = []

    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(kinds, "errands", [])
    for errand in (fail, lambda: done.append("errand"), fail):
        register_errand(errand)
    job = ask("parts", count=1)
    once()

    job.refresh_from_db()
    assert (job.status, done) == (Status.DONE, ["errand"])
    assert caplog.text.count("An errand failed; going on.") == 1


def test_told_to_end_in_the_middle_it_puts_the_job_back():
    def work(job: Job, progress: Progress) -> Outcome:
        signal.raise_signal(signal.SIGTERM)
        progress.reached(1)
        return Outcome("Too late.")

    register("sample-ended", work)
    job = ask("ended")
    worker = JobWorker()
    worker.configure_signals()
    worker.run()

    job.refresh_from_db()
    assert (job.status, job.attempts) == (Status.QUEUED, 0)


def test_told_twice_it_does_not_wait_for_the_next_row():
    def work(job: Job, progress: Progress) -> Outcome:
        raise SystemExit(1)

    register("sample-forced", work)
    job = ask("forced")
    with pytest.raises(SystemExit):
        perform(job.pk)

    job.refresh_from_db()
    assert (job.status, job.attempts) == (Status.QUEUED, 0)


def test_old_files_tasks_and_workers_are_swept():
    ask("letter")
    once()
    Worker.objects.create(name="old", seen_at=timezone.now() - timedelta(days=2))
    Job.objects.update(file_until=timezone.now())
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=2))
    tidy_up()

    assert Job.objects.get().file.name == ""
    assert (DBTaskResult.objects.count(), Worker.objects.count()) == (0, 0)


def test_work_inside_a_transaction_is_seen_and_stopped_from_outside(settings):
    """Told by the row on PostgreSQL, by a note on SQLite."""
    office = make_office()
    seen = []

    def work(job: Job, progress: Progress) -> Outcome:
        with transaction.atomic():
            Field.objects.create(name="Lưu trữ")
            progress.begin(10, "Writing")
            progress.reached(4)
            wait_until(lambda: outside(job.pk) == 4)
            seen.append(outside(job.pk))
            ask_from_outside(job, office)
            wait_until(lambda: progress._must_stop)
            progress.reached(5)
        return Outcome("Too late.")

    register("sample-inside", work)
    job = start(
        "sample-inside", title="Inside", by=office.clerk, parameters={}, size=10**6
    )
    perform(job.pk)

    job.refresh_from_db()
    assert seen == [4]
    assert (job.status, job.stop_asked_by) == (Status.CANCELLED, office.leader)
    assert job.sentence == f"Stopped by {office.leader} at 5 of 10."
    assert not Field.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).glob(f"jobs-notes/{job.pk}.*"))


def outside(pk: int) -> int:
    """How far the job is for somebody on another connection."""
    return in_a_thread(lambda: board.freshen(Job.objects.get(pk=pk)).done)


def ask_from_outside(job: Job, office: Office) -> None:
    in_a_thread(lambda: stop(Job.objects.get(pk=job.pk), by=office.leader))


def in_a_thread(call: Callable[[], Result]) -> Result:
    """What the call gives on a connection of its own."""

    def called() -> Result:
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(called).result()
