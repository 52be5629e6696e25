"""Asking for work, and what becomes of it, without a worker in another process."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.errors import Conflict, Refused
from postal_tthc.jobs import Cancelled, Outcome, Progress, files, lost, register, start
from postal_tthc.jobs.actions import stop
from postal_tthc.jobs.models import Job, Worker
from postal_tthc.jobs.permissions import can_fetch, check_can_fetch
from postal_tthc.jobs.running import perform
from postal_tthc.jobs.statuses import NEXT, Status
from postal_tthc.jobs.tasks import do_job
from postal_tthc.jobs.telling import JobProgress
from tests.factories.jobs import written

SMALL, LARGE = 10, 1_000_000


@pytest.fixture
def ask(office, django_capture_on_commit_callbacks):
    """Ask as the clerk does; the transaction commits, and small work is done at once."""

    def asked(work: str, size: int = SMALL, by=None, **parameters) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            return start(
                f"sample-{work}",
                title=f"Try {work}",
                by=by or office.clerk,
                parameters=parameters,
                size=size,
            )

    return asked


def worker_is_alive() -> None:
    Worker.objects.create(name="somewhere:1")


def run_sample(work, office) -> Job:
    """A piece of work written for one test, done here."""
    register("sample-own", work)
    job = start("sample-own", title="Own", by=office.clerk, parameters={}, size=LARGE)
    perform(job.pk)
    job.refresh_from_db()
    return job


def test_without_a_worker_small_work_is_done_at_once(ask):
    job = ask("whole", count=3)

    assert (job.status, job.sentence) == (Status.DONE, "3 written.")
    assert (job.done, job.total) == (3, 3)
    assert written(job) == 3
    assert not DBTaskResult.objects.exists()  # nothing left for a later worker


def test_nothing_is_done_before_the_transaction_commits(
    office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        job = start(
            "sample-whole", title="Try", by=office.clerk, parameters={"count": 1}
        )

    assert len(callbacks) == 1
    assert (job.status, written(job)) == (Status.QUEUED, 0)


def test_without_a_worker_large_work_waits_for_one(ask):
    job = ask("whole", size=LARGE, count=3)

    assert (job.status, written(job)) == (Status.QUEUED, 0)
    assert DBTaskResult.objects.get().args_kwargs == {"args": [job.pk], "kwargs": {}}


def test_with_a_worker_even_small_work_is_left_to_it(ask):
    worker_is_alive()

    assert ask("whole", count=3).status == Status.QUEUED


def test_a_worker_that_is_silent_counts_as_none(ask):
    worker_is_alive()
    Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=1))

    assert ask("whole", count=3).status == Status.DONE


def test_work_that_nobody_registered_is_refused_at_once(office):
    with pytest.raises(LookupError, match="No work is registered as 'nothing'"):
        start("nothing", title="?", by=office.clerk, parameters={})
    assert not Job.objects.exists()


def test_a_job_is_done_once_however_often_the_queue_names_it(ask):
    job = ask("whole", count=2)
    do_job.call(job.pk)
    perform(job.pk)

    job.refresh_from_db()
    assert (job.attempts, written(job)) == (1, 2)


def test_a_rule_that_says_no_is_the_sentence_of_the_job(ask):
    job = ask("refused")

    assert (job.status, job.sentence) == (Status.FAILED, "The sheet has no heading.")


def test_a_program_error_is_a_sentence_and_no_traceback(ask, caplog):
    job = ask("broken")

    assert job.status == Status.FAILED
    assert job.sentence == (
        "Something went wrong. Nothing is half-written. Try again; if it happens "
        f"once more, tell the administrator: it is in the log under job {job.pk}."
    )
    assert written(job) == 0
    assert f"Job {job.pk} (sample-broken) failed." in caplog.text
    assert "secret detail" in caplog.text


def test_a_kind_that_is_gone_is_a_sentence_too(ask):
    job = ask("whole", size=LARGE, count=1)
    Job.objects.update(kind="sample-gone")
    perform(job.pk)

    job.refresh_from_db()
    assert job.status == Status.FAILED
    assert job.sentence.startswith("Something went wrong.")


def test_the_sentence_is_in_the_language_of_who_asked(ask):
    with translation.override("vi"):
        job = ask("broken")

    assert job.language == "vi"
    assert translation.get_language() == "en"


def test_what_waits_is_stopped_at_once(ask, office):
    job = stop(ask("whole", size=LARGE, count=1), by=office.clerk)
    perform(job.pk)

    job.refresh_from_db()
    assert job.status == Status.CANCELLED
    assert job.sentence == f"Stopped by {office.clerk}."
    assert (written(job), DBTaskResult.objects.count()) == (0, 0)


def test_what_is_over_cannot_be_stopped(ask, office):
    job = ask("whole", count=1)

    with pytest.raises(Conflict, match="«Try whole» is already over: Done"):
        stop(job, by=office.clerk)


def test_what_somebody_else_asked_for_cannot_be_stopped(ask, other_office):
    job = ask("whole", size=LARGE, count=1)

    with pytest.raises(Refused, match="asked for by somebody else"):
        stop(job, by=other_office.leader)
    job.refresh_from_db()
    assert (job.status, job.stop_asked_at) == (Status.QUEUED, None)


def test_work_hands_over_bytes_or_a_path_and_the_path_is_moved(office, tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"a;b")
    job = run_sample(lambda job, progress: Outcome("Yes.", "long.csv", path), office)

    assert job.file.read() == b"a;b"
    assert (job.file_name, path.exists()) == ("long.csv", False)
    job.file.close()
    kept = job.file_until - job.finished_at
    assert timedelta(days=7) - kept < timedelta(seconds=5)


def test_a_file_is_thrown_away_when_its_transaction_is(office):
    def work(job: Job, progress: Progress) -> Outcome:
        with transaction.atomic():
            progress.conclude(Outcome("Yes.", "a.txt", b"a"))
            raise ZeroDivisionError

    before = stored()
    job = run_sample(work, office)

    assert (job.status, job.file.name) == (Status.FAILED, "")
    assert stored() == before


def stored() -> set[str]:
    if not default_storage.exists("jobs"):
        return set()
    return set(default_storage.listdir("jobs")[1])


@pytest.mark.parametrize(
    ("name", "content", "link"),
    [("a.txt", None, ""), ("", b"a", ""), ("", None, "//evil"), ("", None, "evil")],
)
def test_an_outcome_is_whole_and_stays_in_the_house(name, content, link):
    with pytest.raises(ValueError, match=r"A file has|A link stays"):
        Outcome("Yes.", name, content, link)


def test_files_are_swept_when_their_time_is_over(ask):
    kept, swept = ask("letter"), ask("letter")
    Job.objects.filter(pk=swept.pk).update(file_until=timezone.now())
    old, name = swept.file.name, kept.file.name

    assert files.sweep() == 1
    swept.refresh_from_db()
    assert (swept.file.name, swept.file_name) == ("", "Thư mời.txt")
    assert not default_storage.exists(old)
    assert default_storage.exists(name)


def test_a_file_that_no_job_owns_goes_after_a_day(office, time_machine_to):
    stray = files.store(Outcome("", "a.txt", b"a"))
    assert (files.sweep(), default_storage.exists(stray)) == (0, True)

    time_machine_to(timezone.now() + timedelta(days=2))
    assert files.sweep() >= 1
    assert not default_storage.exists(stray)


@pytest.fixture
def time_machine_to(monkeypatch):
    """Set the clock that the product reads."""

    def go(moment) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return go


@pytest.mark.parametrize(
    ("who", "gets"),
    [
        ("clerk", True),
        ("leader", True),
        ("case_officer", False),
        ("postal_clerk", False),
    ],
)
def test_a_file_is_for_who_asked_and_for_who_leads(ask, office, who, gets):
    assert can_fetch(getattr(office, who), ask("letter")) is gets


def test_a_kind_may_keep_its_files_from_leaders(ask, office):
    job = ask("secret")

    check_can_fetch(office.clerk, job)
    with pytest.raises(Refused, match="This file is only for One-stop clerk SNV"):
        check_can_fetch(office.leader, job)


def test_who_moved_to_another_office_leaves_the_work_behind(ask, office, other_office):
    job, clerk = ask("letter"), office.clerk
    clerk.organisation = other_office.desk
    clerk.save()

    assert not can_fetch(clerk, job)
    assert not Job.objects.visible_to(clerk).exists()


def test_one_row_and_the_crowd_agree_on_who_sees_a_job(ask, office, other_office):
    for asker in (*office.people.values(), other_office.clerk):
        ask("letter", by=asker)

    for user in (*office.people.values(), *other_office.people.values()):
        seen = set(Job.objects.visible_to(user))
        assert {job for job in Job.objects.all() if job.is_visible_to(user)} == seen
    assert Job.objects.visible_to(office.leader).count() == 4  # agency and desk
    assert Job.objects.visible_to(office.administrator).count() == 7  # the province


@pytest.mark.parametrize(
    ("kind", "above", "sees"),
    [
        ("desk", "agency", True),
        ("desk", "province", False),
        ("post_office", "province", False),
        ("agency", "province", False),
        ("province", "", True),
    ],
)
def test_a_leader_sees_the_work_of_the_own_house_and_below(
    ask, office, kind, above, sees
):
    """Not that of a province because its post office or its counter stands in it."""
    home = office.province
    if above:
        parent = getattr(office, above)
        home = Organisation.objects.create(
            kind=kind, name="Nơi khác", symbol="NK", parent=parent
        )
    leader = User.objects.create(username="l", role="leader", organisation=home)
    job, own = ask("letter"), ask("letter", by=leader)

    assert Job.objects.visible_to(leader).filter(pk=job.pk).exists() is sees
    assert job.is_visible_to(leader) is sees
    assert can_fetch(leader, job) is sees
    assert can_fetch(leader, own)


def lose(job: Job, attempts: int = 1) -> None:
    """The process that runs the job is gone."""
    gone = timezone.now() - timedelta(minutes=5)
    Job.objects.filter(pk=job.pk).update(
        status=Status.RUNNING, attempts=attempts, started_at=gone, beat_at=gone
    )


@pytest.mark.parametrize(
    ("attempts", "status"), [(1, Status.QUEUED), (2, Status.FAILED)]
)
def test_a_lost_job_is_taken_up_once_then_reported(ask, attempts, status):
    job = ask("whole", size=LARGE, count=1)
    lose(job, attempts)

    assert lost.take_up(lambda seconds: None) == 1
    job.refresh_from_db()
    assert job.status == status
    assert DBTaskResult.objects.count() == (1 if status == Status.QUEUED else 0)


@pytest.mark.parametrize("left", ["taken", "nothing"])
def test_a_job_whose_worker_died_before_it_began_is_queued_again(ask, left):
    job = ask("whole", size=LARGE, count=1)
    long_ago = timezone.now() - timedelta(minutes=5)
    Job.objects.update(asked_at=long_ago)
    assert lost.take_up() == 0  # it has its place in the queue
    if left == "taken":
        DBTaskResult.objects.update(status="RUNNING", started_at=long_ago)
    else:
        DBTaskResult.objects.all().delete()

    assert lost.take_up() == 1
    job.refresh_from_db()
    task = DBTaskResult.objects.get()
    assert (task.pk, task.status) == (job.task, "READY")
    assert (job.status, job.attempts) == (Status.QUEUED, 0)
    assert lost.take_up() == 0


def test_a_job_that_is_heard_during_the_second_look_is_not_lost(ask):
    job = ask("whole", size=LARGE, count=1)
    lose(job)
    pauses = []

    def heard(seconds: float) -> None:
        pauses.append(seconds)
        Job.objects.update(beat_at=timezone.now())

    assert lost.take_up(heard) == 0
    assert pauses == [3]


def test_a_lost_job_that_should_stop_is_not_taken_up(ask, office):
    job = ask("whole", size=LARGE, count=1)
    lose(job)
    Job.objects.update(stop_asked_at=timezone.now(), stop_asked_by=office.leader)
    lost.take_up(lambda seconds: None)

    job.refresh_from_db()
    assert job.status == Status.CANCELLED
    assert job.sentence == f"Stopped by {office.leader}."


def test_a_lost_job_is_stopped_at_once(ask, office):
    job = ask("whole", size=LARGE, count=1)
    lose(job)

    assert stop(job, by=office.clerk).status == Status.CANCELLED


def test_an_attempt_that_is_not_the_present_one_writes_nothing(ask, office):
    job = ask("whole", size=LARGE, count=1)
    Job.objects.update(
        status=Status.RUNNING,
        attempts=2,
        started_at=timezone.now(),
        beat_at=timezone.now(),
    )
    job.refresh_from_db()
    job.attempts = 1

    with pytest.raises(Cancelled):
        JobProgress(job).conclude(Outcome("Late."))
    job.refresh_from_db()
    assert (job.status, job.sentence) == (Status.RUNNING, "")


def test_every_status_that_is_open_leads_on_and_no_other():
    assert {status for status in Status if NEXT[status]} == {"queued", "running"}
    assert set(NEXT) == set(Status)


@pytest.mark.parametrize(
    ("done", "total", "seconds", "percent", "rate", "left"),
    [
        (0, 0, 10, None, None, None),
        (0, 100, 10, 0, None, None),
        (50, 200, 10, 25, 5.0, 30.0),
        (199, 200, 10, 99, 19.9, 1 / 19.9),
        (7, 0, 2, None, 3.5, None),
    ],
)
def test_rate_and_time_left_are_computed(done, total, seconds, percent, rate, left):
    begun = timezone.now()
    job = Job(
        status=Status.RUNNING,
        done=done,
        total=total,
        begun_at=begun,
        beat_at=begun + timedelta(seconds=seconds),
    )
    assert (job.percent, job.rate) == (percent, rate)
    assert job.seconds_left == (left if left is None else pytest.approx(left))


def test_progress_by_itself_counts_and_tells_nobody():
    progress = Progress()
    progress.begin(5, "Reading")
    assert [len(part) for part in progress.slices(range(5), 2)] == [2, 2, 1]
    assert (progress.done, progress.total, progress.doing) == (5, 5, "Reading")
    outcome = Outcome("Yes.", "a.txt", Path("a"))
    assert progress.conclude(outcome) is outcome
