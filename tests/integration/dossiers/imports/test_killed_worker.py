"""A worker that dies in the middle of an import leaves nothing, and it ends well later."""

import signal
from io import BytesIO

import pytest
from django.utils import timezone

from dossiers import custody
from dossiers.models import (
    CustodyEntry,
    Dossier,
    ImportedRow,
    NumberSeries,
    RegisterImport,
)
from dossiers.spreadsheets import background, importing
from postal_tthc.jobs.board import freshen
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.statuses import Status
from tests.factories.imports import DAYS, large_register, slow_worker
from tests.factories.jobs import BRIEF, wait_until, worker
from tests.factories.offices import Office, make_office
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 4_000
Import = RegisterImport.Status


@pytest.fixture(autouse=True)
def _brief_silence(settings) -> None:
    """The test sees a worker as gone no sooner and no later than workers do."""
    settings.JOBS_SILENCE = float(BRIEF)
    settings.JOBS_INLINE_SIZE = 0  # nothing is done here and now


def judged(office: Office) -> RegisterImport:
    """The register, kept and judged."""
    content = BytesIO(large_register(make_procedure(office).code, ROWS))
    now = timezone.now()
    source = importing.keep(content, "so-2019.xlsx", by=office.clerk, at=now)
    return importing.judge(source, by=office.clerk, now=now)


def now(job: Job) -> Job:
    """The job as a page would show it."""
    return freshen(Job.objects.get(pk=job.pk))


def is_writing_past_half(job: Job) -> bool:
    """Everything is judged again first; this is the middle of the writing."""
    present = now(job)
    is_half = bool(present.total) and present.done >= present.total // 2
    return present.doing == "Step 2 of 2, writing" and is_half


def test_killed_while_it_writes_nothing_is_there_and_it_is_taken_up_to_the_end():
    office = make_office()
    source = judged(office)
    job = background.start_writing(source, by=office.clerk, skips_faulty=False)
    with slow_worker() as process:
        wait_until(lambda: is_writing_past_half(job), seconds=40)
        process.send_signal(signal.SIGKILL)
        process.wait()

    for nothing in (Dossier, CustodyEntry, ImportedRow, NumberSeries):
        assert not nothing.objects.exists(), nothing
    source.refresh_from_db()
    assert source.status == Import.WRITING
    assert now(job).status == Status.RUNNING

    with worker():
        wait_until(lambda: not now(job).is_open, seconds=60)

    done = now(job)
    assert (done.status, done.attempts) == (Status.DONE, 2)
    assert done.sentence == "4.000 dossiers added, 0 changed."
    source.refresh_from_db()
    assert (source.status, source.counts["new"]) == (Import.WRITTEN, ROWS)
    assert Dossier.objects.count() == CustodyEntry.objects.count() == ROWS
    assert sorted(source.rows.values_list("number", flat=True)) == [*range(2, ROWS + 2)]
    # Without gaps: of each day the last number given out is how many there are.
    for series in NumberSeries.objects.all():
        of_day = Dossier.objects.filter(clock_started_on=series.day)
        assert series.last == of_day.count() == ROWS // DAYS
    assert custody.verify().breaks == []


def test_killed_while_it_judges_the_file_is_judged_later():
    office = make_office()
    content = BytesIO(large_register(make_procedure(office).code, ROWS))
    source = importing.keep(content, "so.xlsx", by=office.clerk, at=timezone.now())
    job = background.start_judging(source, by=office.clerk)
    with slow_worker() as process:
        wait_until(lambda: now(job).done > 0, seconds=40)
        process.send_signal(signal.SIGKILL)
        process.wait()
    source.refresh_from_db()
    assert source.counts == {}

    with worker():
        wait_until(lambda: not now(job).is_open, seconds=60)

    source.refresh_from_db()
    assert source.counts["new"] == ROWS
    assert not Dossier.objects.exists()
