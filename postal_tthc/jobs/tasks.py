"""The one task in the queue: it carries the number of a job and nothing else."""

from uuid import UUID

from auditlog.context import set_actor
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from postal_tthc.jobs.models import Job
from postal_tthc.jobs.statuses import Status


@task
def do_job(pk: int) -> None:
    """Do the job in the name of who asked, unless somebody else did it already."""
    # Imported late: what runs a job can also put it back into the queue.
    from postal_tthc.jobs import running

    job = Job.objects.select_related("by").filter(pk=pk).first()
    if job is not None:
        with set_actor(job.by):
            running.perform(pk)


def queue(job: Job) -> None:
    """Put a job into the queue, inside the caller's transaction."""
    job.task = UUID(do_job.enqueue(job.pk).id)
    job.status = Status.QUEUED
    job.save(update_fields=["task", "status"])


def unqueue(job: Job) -> None:
    """Take a job out of the queue, if no worker has taken it yet."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    waiting.filter(pk=job.task).delete()


def forget(job: Job) -> None:
    """The queue need not remember a task whose worker is gone."""
    DBTaskResult.objects.filter(pk=job.task).delete()
