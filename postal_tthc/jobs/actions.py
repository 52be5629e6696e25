"""The verbs: ask for work, and ask it to stop."""

import logging
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import User
from postal_tthc.jobs import board, files, kinds, permissions, running, tasks
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.statuses import Status

logger = logging.getLogger(__name__)


@transaction.atomic
def start(
    kind: str, *, title: str, by: User, parameters: dict[str, Any], size: int = 0
) -> Job:
    """Ask for work; it begins when the transaction commits.

    ``size`` is about how many rows there are. Without a worker, work of up to
    ``JOBS_INLINE_SIZE`` is done here and now; more of it waits for a worker.
    Raises ``LookupError`` for a kind that nobody registered.
    """
    kinds.find(kind)
    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        organisation=by.organisation,
        by=by,
        parameters=parameters,
        size=size,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    tasks.queue(job)
    is_small = size <= settings.JOBS_INLINE_SIZE
    if is_small and not board.somebody_works(timezone.now()):
        transaction.on_commit(lambda: _do_here(job))
    return job


def _do_here(job: Job) -> None:
    tasks.unqueue(job)
    running.perform(job.pk)
    job.refresh_from_db()
    try:
        files.sweep()
    except OSError:
        logger.exception("The sweep failed; going on.")


def stop(job: Job, *, by: User) -> Job:
    """Ask work to stop: at once when it waits, at its next row when it runs."""
    if not board.is_the_only_voice(job, timezone.now()):
        try:
            return _stop(job, by)
        except OperationalError:
            if not board.is_the_only_voice(job, timezone.now()):
                raise
    # The row cannot be written now: the work itself has SQLite's one writer.
    permissions.check_can_stop(by, job)
    board.ask_to_stop(job, by.pk)
    return board.freshen(job)


@transaction.atomic
def _stop(job: Job, by: User) -> Job:
    job = Job.objects.select_for_update().get(pk=job.pk)
    permissions.check_can_stop(by, job)
    now = timezone.now()
    if job.stop_asked_at is None:
        job.stop_asked_at, job.stop_asked_by = now, by
    was_lost = job.is_silent(now)
    ends_now = was_lost or job.status == Status.QUEUED
    if ends_now:
        job.status, job.finished_at = Status.CANCELLED, now
        job.sentence = _("Stopped by %(name)s.") % {"name": by}
        tidy = tasks.forget if was_lost else tasks.unqueue
        tidy(job)
    job.save()
    if ends_now:
        kinds.put_right(job)
    return job
