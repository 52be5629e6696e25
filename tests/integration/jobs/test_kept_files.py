"""A finished file is kept as long as its kind says, and nobody's is swept early."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone

from postal_tthc.jobs import files, register
from postal_tthc.jobs import start as begin
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.running import perform
from tests.factories import jobs as samples
from tests.factories.offices import Office

LARGE = 1_000_000
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _files_in(settings, tmp_path) -> None:
    """No file of another test is swept with ours."""
    settings.MEDIA_ROOT = tmp_path


def letter(office: Office) -> Job:
    """A letter that somebody asked for, written now."""
    job = begin("kept-letter", title="Thư", by=office.clerk, parameters={}, size=LARGE)
    perform(job.pk)
    return Job.objects.get(pk=job.pk)


@pytest.mark.parametrize("told", [{}, {"keep": timedelta(hours=2)}])
def test_a_file_is_kept_a_week_or_as_its_kind_says(office, told):
    register("kept-letter", samples.letter, **told)

    job = letter(office)

    left = job.file_until - timezone.now()
    assert timedelta(0) <= told.get("keep", WEEK) - left < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("days", "is_kept"), [(2, True), (6.9, True), (7.1, False), (30, False)]
)
def test_a_file_outlives_the_sweeping_of_every_day_until_its_time_is_over(
    office, days, is_kept
):
    register("kept-letter", samples.letter)
    job = letter(office)
    stored = job.file.name

    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        swept = files.sweep()

    job.refresh_from_db()
    assert default_storage.exists(stored) is is_kept
    assert (job.file.name == stored) is is_kept
    assert (swept == 0) is is_kept
