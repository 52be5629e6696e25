"""An import whose job did not come to its end: what its page says afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dossiers.models import Dossier, RegisterImport
from dossiers.spreadsheets import background, importing
from postal_tthc.jobs import lost
from postal_tthc.jobs.actions import stop
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.running import perform
from postal_tthc.jobs.telling import leaving
from tests.factories.offices import Office
from tests.factories.procedures import make_procedure
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.doing import kept

Status = RegisterImport.Status


@pytest.fixture
def source(office: Office) -> RegisterImport:
    """A judged file that somebody has asked to write."""
    source = kept(office, workbooks.plain(make_procedure(office).code))
    RegisterImport.objects.update(status=Status.WRITING)
    return source


@pytest.fixture(autouse=True)
def _large(settings) -> None:
    settings.JOBS_INLINE_SIZE = 0


def ask(source: RegisterImport, office: Office) -> Job:
    return background.start_writing(source, by=office.clerk, skips_faulty=False)


def status(source: RegisterImport) -> str:
    return RegisterImport.objects.get(pk=source.pk).status


def test_an_attempt_that_lost_its_job_leaves_the_import_to_the_other(
    source, office, monkeypatch
):
    """Given up for dead, it woke up while another process was writing the file."""
    job, read = ask(source, office), importing.read

    def slow(source: RegisterImport) -> object:
        Job.objects.filter(pk=job.pk).update(attempts=2)
        return read(source)

    monkeypatch.setattr(importing, "read", slow)
    perform(job.pk)

    assert status(source) == Status.WRITING
    assert not Dossier.objects.exists()
    assert Job.objects.get().status == "running"


def test_an_attempt_that_a_worker_puts_back_leaves_the_import_being_written(
    source, office
):
    job = ask(source, office)
    leaving.set()
    try:
        perform(job.pk)
    finally:
        leaving.clear()
    assert (Job.objects.get().status, status(source)) == ("queued", Status.WRITING)

    perform(job.pk)
    assert (status(source), Dossier.objects.count()) == (Status.WRITTEN, 2)


def test_stopped_before_it_began_the_import_can_be_written_again(source, office):
    stop(ask(source, office), by=office.clerk)

    assert status(source) == Status.JUDGED


def test_stopped_half_way_the_import_can_be_written_again(source, office, monkeypatch):
    job, read = ask(source, office), importing.read

    def stopped(source: RegisterImport) -> object:
        stop(Job.objects.get(pk=job.pk), by=office.clerk)
        leaving.set()  # as the beat brings it
        return read(source)

    monkeypatch.setattr(importing, "read", stopped)
    try:
        perform(job.pk)
    finally:
        leaving.clear()

    assert (Job.objects.get().status, status(source)) == ("cancelled", Status.JUDGED)
    assert not Dossier.objects.exists()


def test_a_program_error_does_not_leave_it_being_written_for_ever(
    source, office, monkeypatch
):
    def broken(source: RegisterImport) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(importing, "read", broken)
    perform(ask(source, office).pk)

    assert status(source) == Status.FAILED


def test_a_process_lost_twice_does_not_leave_it_being_written_for_ever(source, office):
    job, gone = ask(source, office), timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(
        status="running", attempts=2, started_at=gone, beat_at=gone
    )
    lost.take_up(lambda seconds: None)

    assert (Job.objects.get().status, status(source)) == ("failed", Status.FAILED)


def test_a_second_press_that_is_stopped_leaves_it_to_the_first(source, office):
    first, second = ask(source, office), ask(source, office)
    stop(second, by=office.clerk)
    assert status(source) == Status.WRITING

    perform(first.pk)
    assert (status(source), Dossier.objects.count()) == (Status.WRITTEN, 2)


def test_judging_that_is_stopped_touches_no_writing(source, office):
    ask(source, office)
    stop(background.start_judging(source, by=office.clerk), by=office.clerk)

    assert status(source) == Status.WRITING
