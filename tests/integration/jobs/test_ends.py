"""However a job ends: what waited for it is put right, and it says what happened."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from postal_tthc.errors import Refused
from postal_tthc.jobs import Outcome, Progress, actions, board, files, lost, register
from postal_tthc.jobs import start as begin
from postal_tthc.jobs.actions import stop
from postal_tthc.jobs.liveness import Beat
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.permissions import check_can_fetch
from postal_tthc.jobs.running import perform
from postal_tthc.jobs.statuses import Status
from postal_tthc.jobs.telling import leaving
from postal_tthc.jobs.worker import JobWorker
from tests.factories import jobs as samples
from tests.factories.jobs import wait_until, written
from tests.factories.offices import Office

LARGE = 1_000_000
GONE = timedelta(minutes=5)


@pytest.fixture
def told() -> list[tuple[int, str, str]]:
    """Which jobs were said not to be done, how they ended, in which sentence."""
    return []


@pytest.fixture
def ask(office: Office, told) -> Callable[..., Job]:
    """Ask for a sample; it waits, and says when it was not done."""

    def asked(work: str, **parameters) -> Job:
        function = getattr(samples, work)
        register(
            f"told-{work}",
            function,
            if_not_done=lambda job: told.append((job.pk, job.status, job.sentence)),
        )
        return begin(
            f"told-{work}",
            title=f"Try {work}",
            by=office.clerk,
            parameters=parameters,
            size=LARGE,
        )

    return asked


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def lose(job: Job, attempts: int) -> Job:
    """The process that runs the job is gone."""
    gone = timezone.now() - GONE
    Job.objects.filter(pk=job.pk).update(
        status=Status.RUNNING, attempts=attempts, started_at=gone, beat_at=gone
    )
    return fresh(job)


@pytest.mark.parametrize("work", ["refused", "broken"])
def test_work_that_fails_is_told_once(ask, told, work):
    job = ask(work)
    perform(job.pk)
    perform(job.pk)

    assert told == [(job.pk, Status.FAILED, fresh(job).sentence)]


def test_work_that_is_stopped_while_it_waits_is_told(ask, told, office):
    job = stop(ask("whole", count=1), by=office.clerk)
    perform(job.pk)

    assert told == [(job.pk, Status.CANCELLED, fresh(job).sentence)]


def test_work_that_is_stopped_after_its_process_was_lost_is_told(ask, told, office):
    job = lose(ask("whole", count=1), 1)
    DBTaskResult.objects.update(status="RUNNING")
    stop(job, by=office.clerk)

    assert not DBTaskResult.objects.exists()  # nobody would ever take it out
    assert told == [(job.pk, Status.CANCELLED, fresh(job).sentence)]


def test_work_that_is_stopped_while_it_runs_is_told(ask, told, office):
    job = ask("whole", count=3)
    Job.objects.update(stop_asked_at=timezone.now(), stop_asked_by=office.leader)
    leaving.set()  # as if a beat had just brought the word
    try:
        perform(job.pk)
    finally:
        leaving.clear()

    assert (fresh(job).status, written(job)) == (Status.CANCELLED, 0)
    assert told == [(job.pk, Status.CANCELLED, fresh(job).sentence)]


def test_work_whose_process_was_lost_twice_is_told(ask, told):
    job = lose(ask("whole", count=1), 2)
    lost.take_up(lambda seconds: None)

    assert told == [(job.pk, Status.FAILED, fresh(job).sentence)]


def test_work_that_is_done_put_back_or_taken_up_again_is_not_told(ask, told):
    perform(ask("whole", count=1).pk)
    put_back = ask("whole", count=1)
    leaving.set()
    try:
        perform(put_back.pk)
    finally:
        leaving.clear()
    lose(ask("whole", count=1), 1)
    lost.take_up(lambda seconds: None)

    assert fresh(put_back).status == Status.QUEUED
    assert told == []


def test_an_attempt_that_lost_its_job_tells_nobody(office, told):
    def work(job: Job, progress: Progress) -> Outcome:
        Job.objects.filter(pk=job.pk).update(attempts=2)
        return progress.conclude(Outcome("Late."))

    tell = told.append
    register("told-late", work, if_not_done=lambda job: tell((job.pk, job.status)))
    job = begin("told-late", title="T", by=office.clerk, parameters={}, size=LARGE)
    perform(job.pk)

    assert (fresh(job).status, fresh(job).attempts) == (Status.RUNNING, 2)
    assert told == []


def test_what_cannot_be_put_right_does_not_keep_the_job_from_ending(office, caplog):
    def fail(job: Job) -> None:
        Job.objects.filter(pk=job.pk).update(sentence=None)  # not allowed

    register("told-badly", samples.refused, if_not_done=fail)
    job = begin("told-badly", title="T", by=office.clerk, parameters={}, size=LARGE)
    perform(job.pk)

    assert fresh(job).sentence == "The sheet has no heading."
    assert "nothing was put right" in caplog.text


@pytest.mark.parametrize("away", ["moved", "closed"])
def test_work_of_somebody_who_left_is_not_done(ask, office, other_office, away):
    job, clerk = ask("letter"), office.clerk
    if away == "moved":
        clerk.organisation = other_office.desk
    else:
        clerk.is_active = False
    clerk.save()
    perform(job.pk)

    job = fresh(job)
    assert (job.status, job.file.name) == (Status.FAILED, "")
    assert job.sentence == (
        f"{clerk} no longer works where this was asked for, so it was not done."
    )


def test_a_kind_may_take_the_file_even_from_who_asked(office):
    rights = {office.clerk.pk}
    register("told-rights", samples.letter, may_see=lambda user, job: user.pk in rights)
    job = begin("told-rights", title="T", by=office.clerk, parameters={}, size=LARGE)
    perform(job.pk)
    check_can_fetch(office.clerk, fresh(job))

    rights.clear()
    with pytest.raises(Refused, match="no longer includes what is in this file"):
        check_can_fetch(office.clerk, fresh(job))


def test_a_file_that_somebody_removed_is_said_to_be_gone(ask, sign_in):
    job = ask("letter")
    perform(job.pk)
    default_storage.delete(fresh(job).file.name)

    answer = sign_in("clerk").get(f"/jobs/{job.pk}/file/")
    assert answer.status_code == 409
    assert "no longer kept" in answer.content.decode()


def test_a_lost_job_that_a_note_asks_to_stop_says_who_asked(ask, office, monkeypatch):
    monkeypatch.setattr(board, "is_needed", lambda: True)
    job = lose(ask("whole", count=1), 1)
    note = board.Note(1, 5, 10, "Writing", "", (job.beat_at).isoformat())
    board.write(job.pk, note)
    board.ask_to_stop(job, office.leader.pk)
    lost.take_up(lambda seconds: None)

    job = fresh(job)
    assert (job.status, job.stop_asked_by) == (Status.CANCELLED, office.leader)
    assert job.sentence == f"Stopped by {office.leader}."


def test_a_wish_to_stop_that_the_work_locks_out_is_left_as_a_note(
    ask, office, monkeypatch
):
    """The work began its long transaction just before, and was not noted yet."""
    monkeypatch.setattr(board, "is_needed", lambda: True)
    job = ask("whole", count=1)
    now = timezone.now()
    Job.objects.update(status=Status.RUNNING, attempts=1, started_at=now, beat_at=now)
    job = fresh(job)

    def locked(job: Job, by: object) -> Job:
        at = timezone.now().isoformat()
        board.write(job.pk, board.Note(1, 1, 9, "", "", at))
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "_stop", locked)
    stopping = stop(job, by=office.clerk)

    assert stopping.stop_asked_by_id == office.clerk.pk
    assert board.asked_to_stop(job.pk) == office.clerk.pk
    board.wipe(job.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error", [OperationalError, InterfaceError, OSError("disk full")]
)
def test_beats_go_on_after_an_error(error, monkeypatch):
    monkeypatch.setattr("postal_tthc.jobs.liveness.BEAT", 0.01)
    beats = []

    def beat() -> None:
        beats.append(1)
        if len(beats) == 1:
            raise error

    with Beat(beat):
        wait_until(lambda: len(beats) >= 3, 5)


@pytest.mark.django_db(transaction=True)
def test_a_large_file_is_stored_with_the_job_still_heard(office, monkeypatch):
    real, heard = default_storage.save, []

    def slow(name: str, content: object) -> str:
        before = fresh(job).beat_at
        wait_until(lambda: fresh(job).beat_at > before, 10)
        heard.append(fresh(job).beat_at)
        return real(name, content)

    monkeypatch.setattr(files.default_storage, "save", slow)
    register("told-slow", samples.letter)
    job = begin("told-slow", title="T", by=office.clerk, parameters={}, size=LARGE)
    perform(job.pk)

    assert len(heard) == 1
    assert fresh(job).status == Status.DONE


def test_a_sweep_that_fails_does_not_spoil_the_answer(
    office, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def fail() -> int:
        raise PermissionError("read-only")

    monkeypatch.setattr(files, "sweep", fail)
    with django_capture_on_commit_callbacks(execute=True):
        job = begin("sample-letter", title="T", by=office.clerk, parameters={})

    assert job.status == Status.DONE
    assert "The sweep failed; going on." in caplog.text


@pytest.fixture
def _no_signals(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(JobWorker, "configure_signals", lambda self: None)
    return


@pytest.mark.usefixtures("_no_signals")
@pytest.mark.django_db(transaction=True)
def test_a_sweep_that_fails_does_not_end_the_worker(office, monkeypatch, caplog):
    def fail() -> int:
        raise PermissionError("read-only")

    monkeypatch.setattr(files, "sweep", fail)
    register("told-letter", samples.letter)
    job = begin("told-letter", title="T", by=office.clerk, parameters={}, size=LARGE)
    JobWorker(once=True).run()

    assert fresh(job).status == Status.DONE
    assert "The sweep failed; going on." in caplog.text


def test_two_sweeps_at_once_do_not_trip_over_each_other(office, monkeypatch):
    stray = files.store(Outcome("", "a.txt", b"a"))

    def gone(name: str) -> None:
        raise FileNotFoundError(name)

    with monkeypatch.context() as patched:
        patched.setattr(files.default_storage, "get_modified_time", gone)
        assert files.sweep() == 0
    default_storage.delete(stray)
