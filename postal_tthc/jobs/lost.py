"""Jobs whose process is gone: taken up again once, then reported in words."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from postal_tthc.jobs import board, kinds, tasks
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.querysets import JobQuerySet, silence, unheard
from postal_tthc.jobs.statuses import Status

MOST_ATTEMPTS = 2


def take_up(pause: Callable[[float], None] = time.sleep) -> int:
    """Put silent jobs back into the queue, or report them failed; how many.

    Looked at twice: on SQLite a long transaction that has just ended may have held
    up the sign of life, and its beat gets through during the pause.
    """
    queued_again = sum(_queue_again(job) for job in _stranded())
    suspects = {job.pk: job.beat_at for job in _silent()}
    if not suspects:
        return queued_again
    pause(settings.JOBS_SILENCE / 10)
    still = [job for job in _silent() if suspects.get(job.pk) == job.beat_at]
    return queued_again + sum(_take_up(job) for job in still)


def _stranded() -> JobQuerySet:
    """Jobs that wait, while the queue has nothing more for them: a worker was killed
    after it had taken the task and before it had taken the job."""
    now = timezone.now()
    ready = Q(status=TaskResultStatus.READY)
    lately = Q(started_at__range=(now - silence(), now + silence()))
    tasks_ahead = DBTaskResult.objects.filter(ready | lately)
    waiting = Job.objects.filter(unheard("asked_at", now), status=Status.QUEUED)
    return waiting.exclude(task__in=tasks_ahead.values("pk"))


@transaction.atomic
def _queue_again(stranded: Job) -> bool:
    same = Job.objects.filter(pk=stranded.pk, task=stranded.task, status=Status.QUEUED)
    job = same.select_for_update(skip_locked=True).first()
    if job is None:
        return False
    tasks.forget(job)
    tasks.queue(job)
    return True


def _silent() -> list[Job]:
    now = timezone.now()
    jobs = [board.freshen(job) for job in Job.objects.silent(now)]
    return [job for job in jobs if job.is_silent(now)]


@transaction.atomic
def _take_up(suspect: Job) -> bool:
    running = Job.objects.filter(pk=suspect.pk, status=Status.RUNNING)
    # Locked means that somebody is alive after all, and just concluding it.
    same = running.filter(attempts=suspect.attempts)
    job = same.select_for_update(skip_locked=True).first()
    if job is None or not board.freshen(job).is_silent(timezone.now()):
        return False
    tasks.forget(job)
    board.wipe(job.pk)
    with translation.override(job.language):
        if job.stop_asked_by_id:
            name = job.stop_asked_by
            _close(job, Status.CANCELLED, _("Stopped by %(name)s.") % {"name": name})
        elif job.attempts >= MOST_ATTEMPTS:
            _close(job, Status.FAILED, _lost_twice())
        else:
            tasks.queue(job)
    return True


def _lost_twice() -> str:
    return _(
        "The process that did this ended half-way, twice. Nothing is half-written. "
        "Ask for it again; if it stops once more, tell the administrator."
    )


def _close(job: Job, status: Status, sentence: str) -> None:
    job.status, job.sentence, job.finished_at = status, sentence, timezone.now()
    # Who asked to stop may stand in a note only.
    stopped = ["stop_asked_at", "stop_asked_by"]
    job.save(update_fields=["status", "sentence", "finished_at", *stopped])
    kinds.put_right(job)
