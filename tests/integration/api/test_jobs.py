"""Background work by program: stopped, and its file fetched by who may."""

import pytest
from django.utils import timezone

from postal_tthc.jobs.models import Job
from postal_tthc.jobs.statuses import Status
from tests.factories.offices import Office
from tests.integration.api.conftest import Ask
from tests.integration.api.world import add_jobs

JOBS = "/api/v1/jobs/"


@pytest.fixture
def jobs(office: Office) -> dict[str, Job]:
    """One that waits, and one that is done and has a file."""
    add_jobs(office)
    return {job.status: job for job in Job.objects.all()}


def test_what_waits_is_stopped(ask: Ask, jobs) -> None:
    address = f"{JOBS}{jobs[Status.QUEUED].pk}/stop/"
    answer = ask("clerk").post(address)
    assert answer.json()["status"] == "cancelled"
    again = ask("clerk").post(address)
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert ask("case_officer").post(address).status_code == 404


def test_what_runs_is_asked_to_stop_at_its_next_row(ask: Ask, jobs) -> None:
    job, now = jobs[Status.QUEUED], timezone.now()
    job.status, job.started_at, job.beat_at = Status.RUNNING, now, now
    job.save()
    told = ask("clerk").post(f"{JOBS}{job.pk}/stop/").json()
    assert (told["status"], told["is_stopping"]) == ("running", True)


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "application/octet-stream", "text/csv"]
)
def test_a_file_is_fetched_by_who_asked_for_it(ask: Ask, jobs, accept: str) -> None:
    job = jobs[Status.DONE]
    answer = ask("clerk").get(f"{JOBS}{job.pk}/file/", headers={"accept": accept})
    assert (answer.status_code, answer.getvalue().decode()) == (200, "Mã\n")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''S")
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_is_not_served_to_others_nor_after_its_time(ask: Ask, jobs) -> None:
    job = jobs[Status.DONE]
    address = f"{JOBS}{job.pk}/file/"
    assert ask("case_officer").get(address).status_code == 404
    only_writes = ask("clerk", scopes=("write",)).get(address)
    assert only_writes.json()["code"] == "missing_scope"
    Job.objects.filter(pk=job.pk).update(file_until=timezone.now())
    late = ask("clerk").get(address)
    assert (late.status_code, late.json()["code"]) == (409, "conflict")
    waits = ask("clerk").get(f"{JOBS}{jobs[Status.QUEUED].pk}/file/")
    assert waits.status_code == 409
