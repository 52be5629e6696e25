"""A note beside SQLite, for the time in which its one writer is the work itself.

While work is inside a long transaction nobody else can write to the database, not
even how far it is or that it should stop. SQLite means one machine, so a small file
beside the uploads says it instead. On PostgreSQL none is ever written.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from postal_tthc.jobs.models import Job, Worker
from postal_tthc.jobs.statuses import Status

LATELY = timedelta(seconds=5)


@dataclass(frozen=True)
class Note:
    """How far an attempt is."""

    attempt: int
    done: int
    total: int
    doing: str
    begun_at: str
    beat_at: str


def is_needed() -> bool:
    """Whether one writer shuts out the others."""
    return connection.vendor == "sqlite"


def somebody_works(now: datetime) -> bool:
    """Whether a worker is heard, or is known by a job that it is in the middle of."""
    if Worker.objects.alive(now).exists():
        return True
    if not is_needed():
        return False
    running = Job.objects.filter(status=Status.RUNNING)
    return any(not freshen(job).is_silent(now) for job in running)


def write(pk: int, note: Note) -> None:
    """Replace the note of a job, as a whole."""
    path = _path(pk, "note")
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(asdict(note)), encoding="utf-8")
    fresh.replace(path)


def ask_to_stop(job: Job, by: int) -> None:
    """Leave word for the work of a job; ``by`` is the number of a user."""
    path = _path(job.pk, "stop")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(by), encoding="utf-8")


def asked_to_stop(pk: int) -> int | None:
    """Who asked by a note; None when nobody did."""
    if not is_needed():
        return None
    try:
        return int(_path(pk, "stop").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def wipe(pk: int) -> None:
    """Nothing more to say about a job."""
    if is_needed():
        for about in ("note", "stop"):
            with suppress(FileNotFoundError):
                _path(pk, about).unlink()


def freshen(job: Job) -> Job:
    """The job with what is noted about it, when that is newer than its row."""
    note = _read(job)
    if note is None:
        return job
    beat_at = datetime.fromisoformat(note.beat_at)
    now = timezone.now()
    # A row from the future is of before the clock was set back.
    if job.beat_at is None or beat_at > job.beat_at or job.beat_at > now:
        job.done, job.total, job.doing = note.done, note.total, note.doing
        job.begun_at = datetime.fromisoformat(note.begun_at) if note.begun_at else None
        job.beat_at = beat_at
    if job.stop_asked_at is None and (by := asked_to_stop(job.pk)):
        job.stop_asked_at, job.stop_asked_by_id = beat_at, by
    return job


def is_the_only_voice(job: Job, now: datetime) -> bool:
    """Whether the work was noted so lately that it must be inside a transaction."""
    note = _read(job)
    if note is None:
        return False
    return abs(now - datetime.fromisoformat(note.beat_at)) < LATELY


def _read(job: Job) -> Note | None:
    if job.status != Status.RUNNING or not is_needed():
        return None
    try:
        note = Note(**json.loads(_path(job.pk, "note").read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return note if note.attempt == job.attempts else None


def _path(pk: int, about: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "jobs-notes" / f"{pk}.{about}"
