"""Doing one job: taken by exactly one, ended in a sentence whatever happens."""

import logging

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import User
from postal_tthc.errors import DomainError
from postal_tthc.jobs import board, kinds, permissions, tasks
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.progress import Cancelled
from postal_tthc.jobs.statuses import Status
from postal_tthc.jobs.telling import JobProgress

logger = logging.getLogger(__name__)


def perform(pk: int) -> None:
    """Do the job if nobody else took it. Only the end of the process is raised."""
    job = _take(pk)
    if job is None:
        return
    progress = JobProgress(job)
    with translation.override(job.language):
        try:
            permissions.check_still_there(job)
            progress.settle(kinds.find(job.kind).work(job, progress))
        except Cancelled:
            _stop(job, progress)
        except DomainError as error:
            _fail(progress, str(error))
        except Exception:
            logger.exception("Job %d (%s) failed.", job.pk, job.kind)
            _fail(progress, _sorry(job))
        except BaseException:  # the process ends: somebody else does it
            _put_down(progress)
            raise
        finally:
            progress.quiet()
            progress.undo_file()


def _take(pk: int) -> Job | None:
    """One statement, so that of two workers one gets it and the other nothing."""
    now = timezone.now()
    taken = Job.objects.filter(pk=pk, status=Status.QUEUED).update(
        status=Status.RUNNING,
        attempts=F("attempts") + 1,
        started_at=now,
        beat_at=now,
        begun_at=None,
        done=0,
        total=0,
        doing="",
    )
    if not taken:
        return None
    board.wipe(pk)
    return Job.objects.select_related("by__organisation", "organisation").get(pk=pk)


def _fail(progress: JobProgress, sentence: str) -> None:
    try:
        progress.close(Status.FAILED, sentence)
    except Cancelled:
        logger.warning("A job that failed here is no longer ours: %s", sentence)


def _sorry(job: Job) -> str:
    return _(
        "Something went wrong. Nothing is half-written. Try again; if it happens "
        "once more, tell the administrator: it is in the log under job %(number)d."
    ) % {"number": job.pk}


def _stop(job: Job, progress: JobProgress) -> None:
    """Stopped by somebody, by the end of the worker, or because it is not ours."""
    progress.quiet()
    by = _who_asked(job)
    if by is None:
        _put_down(progress)
        return
    if progress.total:
        sentence = _("Stopped by %(name)s at %(done)s of %(total)s.") % {
            "name": by,
            "done": number_format(progress.done, force_grouping=True),
            "total": number_format(progress.total, force_grouping=True),
        }
    else:
        sentence = _("Stopped by %(name)s.") % {"name": by}
    asked_at = job.stop_asked_at or timezone.now()
    try:
        progress.close(
            Status.CANCELLED, sentence, stop_asked_by=by, stop_asked_at=asked_at
        )
    except Cancelled:
        logger.warning("Job %d was stopped here, and is no longer ours.", job.pk)


def _who_asked(job: Job) -> User | None:
    """By the row, or by a note that was left while nobody could write the row."""
    job.refresh_from_db(fields=["stop_asked_at", "stop_asked_by"])
    if job.stop_asked_by_id:
        return job.stop_asked_by
    return User.objects.filter(pk=board.asked_to_stop(job.pk)).first()


def _put_down(progress: JobProgress) -> None:
    """Back into the queue, as if this attempt had not been."""
    progress.quiet()
    with transaction.atomic():
        job = progress.ours().select_for_update().first()
        if job is not None:
            job.attempts -= 1
            job.save(update_fields=["attempts"])
            tasks.queue(job)
