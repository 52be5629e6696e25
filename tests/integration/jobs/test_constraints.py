"""The last line: what the database refuses of jobs and workers."""

import pytest
from django.utils import timezone

from postal_tthc.jobs.models import Job, Worker
from tests.integration.dossiers.bad_rows import (
    assert_check_refuses,
    assert_double_refused,
    checks_of,
    uniques_of,
)

MODELS = (Job, Worker)
NOW = timezone.now()
BAD = [
    ("job_status_is_known", {"status": "lost", "finished_at": None}),
    ("job_is_finished_when_it_is_closed", {"status": "done"}),
    ("job_is_finished_when_it_is_closed", {"finished_at": NOW}),
    ("job_that_runs_has_started", {"status": "running"}),
    ("job_is_stopped_by_somebody", {"stop_asked_at": NOW}),
    ("job_does_no_more_than_all", {"done": 2, "total": 1}),
]
# A status that is not known is neither open nor closed.
ALSO_BROKEN = {"job_status_is_known": "job_is_finished_when_it_is_closed"}


@pytest.fixture
def job(office) -> Job:
    return Job.objects.create(kind="export", title="Xuất", by=office.clerk)


@pytest.mark.parametrize(("constraint", "bad"), BAD)
def test_the_database_refuses_a_bad_row(job, constraint, bad):
    assert_check_refuses(
        job, f"{constraint}|{ALSO_BROKEN.get(constraint, constraint)}", **bad
    )


def test_the_database_refuses_two_workers_of_one_name(db):
    first, second = (Worker.objects.create(name=name) for name in "ab")

    assert_double_refused(first, second, "name")


def test_no_constraint_is_left_untried():
    assert {constraint for constraint, _bad in BAD} == checks_of(MODELS)
    assert uniques_of(MODELS) == {("worker", "name")}
