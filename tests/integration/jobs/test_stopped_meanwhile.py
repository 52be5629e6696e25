"""Work that goes on after its job was stopped: it ends nothing any more."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from postal_tthc.errors import Invalid
from postal_tthc.jobs import Outcome, Progress, files, register
from postal_tthc.jobs import start as begin
from postal_tthc.jobs.actions import stop
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.running import perform
from postal_tthc.jobs.statuses import Status
from tests.factories.offices import Office

LATE = Outcome("Late.", "late.txt", b"late", "/dossiers/")
GONE = timedelta(minutes=5)


def concluded(progress: Progress) -> Outcome:
    with transaction.atomic():
        return progress.conclude(LATE)


def said_no(progress: Progress) -> Outcome:
    raise Invalid("The sheet has no heading.")


def broken(progress: Progress) -> Outcome:
    raise ZeroDivisionError


# How the work comes to its end, after somebody has ended its job.
ENDS = {
    "returned": lambda progress: LATE,
    "concluded": concluded,
    "said no": said_no,
    "broken": broken,
}


def stored() -> set[str]:
    if not default_storage.exists(files.FOLDER):
        return set()
    return set(default_storage.listdir(files.FOLDER)[1])


@pytest.mark.parametrize("end", ENDS)
def test_a_job_that_was_stopped_stays_so_with_its_sentence(office: Office, end: str):
    before = stored()

    def work(job: Job, progress: Progress) -> Outcome:
        # So long not heard of that it counts as lost, and is stopped at once.
        silent = Job.objects.filter(pk=job.pk)
        silent.update(beat_at=timezone.now() - GONE)
        assert stop(silent.get(), by=office.leader).status == Status.CANCELLED
        return ENDS[end](progress)

    register("kept-on", work)
    job = begin("kept-on", title="T", by=office.clerk, parameters={}, size=1_000_000)
    perform(job.pk)

    job.refresh_from_db()
    sentence = f"Stopped by {office.leader}."
    assert (job.status, job.sentence) == (Status.CANCELLED, sentence)
    assert (job.file.name, job.file_name, job.file_until, job.link) == (
        "",
        "",
        None,
        "",
    )
    assert job.stop_asked_by == office.leader
    assert stored() == before
