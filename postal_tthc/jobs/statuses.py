"""What can become of a job: one table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Stopped")


# Back from running to the queue goes what a worker lost or put down.
NEXT: dict[Status, frozenset[Status]] = {
    Status.QUEUED: frozenset({Status.RUNNING, Status.CANCELLED}),
    Status.RUNNING: frozenset(
        {Status.DONE, Status.FAILED, Status.CANCELLED, Status.QUEUED}
    ),
    Status.DONE: frozenset(),
    Status.FAILED: frozenset(),
    Status.CANCELLED: frozenset(),
}
OPEN = tuple(status for status, following in NEXT.items() if following)
CLOSED = tuple(status for status, following in NEXT.items() if not following)

BADGES = {
    Status.QUEUED: "",
    Status.RUNNING: "post",
    Status.DONE: "done",
    Status.FAILED: "overdue",
    Status.CANCELLED: "soon",
}
