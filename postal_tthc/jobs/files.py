"""Finished files: stored under names nobody can guess, kept for a set time."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import timezone

from postal_tthc.jobs.models import Job
from postal_tthc.jobs.progress import Outcome

FOLDER = "jobs"
ABANDONED = timedelta(days=1)


def store(outcome: Outcome) -> str:
    """Put the file of an outcome away; its name in the storage, or empty."""
    if outcome.content is None:
        return ""
    name = f"{FOLDER}/{uuid4().hex}"
    if isinstance(outcome.content, bytes):
        return default_storage.save(name, ContentFile(outcome.content))
    with outcome.content.open("rb") as file:
        stored = default_storage.save(name, File(file))
    with suppress(FileNotFoundError):
        Path(outcome.content).unlink()
    return stored


def throw_away(stored: str) -> None:
    """Delete a stored file that no job refers to."""
    if stored:
        default_storage.delete(stored)


def sweep() -> int:
    """Delete the files whose time is over, and those that nobody owns; how many."""
    now = timezone.now()
    swept = 0
    for job in Job.objects.filter(file_until__lt=now).exclude(file=""):
        job.file.delete(save=False)
        swept += Job.objects.filter(pk=job.pk).update(file="")
    if not default_storage.exists(FOLDER):
        return swept
    for left in default_storage.listdir(FOLDER)[1]:
        stored = f"{FOLDER}/{left}"
        with suppress(FileNotFoundError):  # somebody else sweeps at this moment
            is_fresh = now - default_storage.get_modified_time(stored) < ABANDONED
            if is_fresh or Job.objects.filter(file=stored).exists():
                continue
            default_storage.delete(stored)
            swept += 1
    return swept
