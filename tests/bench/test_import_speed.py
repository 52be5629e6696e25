"""A register of 100,000 rows: its rate, its peak memory, and a kill half-way.

Run with ``make bench``; ``BENCH_ROWS`` says how many, ``DATABASE_URL`` on which
database. A real worker does it, so that it can be killed and its memory is its own.
Rates are printed, not asserted: they are the machine's.
"""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pytest
from django.db import connection
from django.utils import timezone

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
from tests.factories.imports import large_register
from tests.factories.jobs import BRIEF, wait_until, worker
from tests.factories.offices import make_office
from tests.factories.procedures import make_procedure

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
MOST_MEMORY = 700  # MB
PATIENCE = 900  # seconds


@contextmanager
def measured(what: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker; how long the block took and the most memory it held are printed."""
    began = perf_counter()
    with worker() as process:
        yield process
        took = perf_counter() - began
        told = Path(f"/proc/{process.pid}/status").read_text()
        peak = int(re.search(r"VmHWM:\s+(\d+) kB", told)[1]) // 1024
    print(
        f"\n{connection.vendor}: {what} {ROWS} rows in {took:.0f} s "
        f"({ROWS / took:.0f} a second), peak memory {peak} MB"
    )
    assert peak < MOST_MEMORY


def now(job: Job) -> Job:
    """The job as a page would show it."""
    return freshen(Job.objects.get(pk=job.pk))


def written_of(job: Job) -> int:
    """How many rows are written by now, uncommitted."""
    present = now(job)
    assert present.is_open, present.sentence
    return present.done if present.doing == "Step 2 of 2, writing" else 0


def wait_for(job: Job) -> None:
    """Until the job is done."""
    wait_until(lambda: not now(job).is_open, PATIENCE)
    assert now(job).status == Status.DONE, now(job).sentence


@pytest.mark.django_db(transaction=True)
def test_many_rows_a_kill_half_way_and_back_again(settings) -> None:
    settings.JOBS_SILENCE, settings.JOBS_INLINE_SIZE = float(BRIEF), 0
    office = make_office()
    content = BytesIO(large_register(make_procedure(office).code, ROWS))
    source = importing.keep(content, "so.xlsx", by=office.clerk, at=timezone.now())
    print(f"\n{source.file.size / 2**20:.1f} MB as .xlsx")
    job = background.start_judging(source, by=office.clerk)
    with measured("judged"):
        wait_for(job)
    source.refresh_from_db()
    assert source.counts["new"] == ROWS

    job = background.start_writing(source, by=office.clerk, skips_faulty=False)
    with worker() as process:
        # Everything is judged once more first; this is the middle of the writing.
        wait_until(lambda: written_of(job) >= ROWS // 2, PATIENCE)
        reached = written_of(job)
        process.send_signal(signal.SIGKILL)
        process.wait()
    print(f"\nkilled when {reached} rows were written, uncommitted")
    for nothing in (Dossier, CustodyEntry, ImportedRow, NumberSeries):
        assert not nothing.objects.exists(), nothing

    with measured("after the kill, judged again and wrote"):
        wait_for(job)
    source.refresh_from_db()
    assert source.status == RegisterImport.Status.WRITTEN
    assert Dossier.objects.count() == CustodyEntry.objects.count() == ROWS
    assert ImportedRow.objects.count() == ROWS

    job = background.start_undoing(source, by=office.clerk)
    with measured("undid"):
        wait_for(job)
    assert not Dossier.objects.exists()
    assert not CustodyEntry.objects.exists()
