"""The process that does the jobs: one at a time, until it is told to end."""

import logging
import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from django.conf import settings
from django.db import (
    DatabaseError,
    InterfaceError,
    close_old_connections,
    connection,
    transaction,
)
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from postal_tthc.jobs import files, kinds, lost
from postal_tthc.jobs.liveness import Beat, Presence, name_of_this_process
from postal_tthc.jobs.models import Worker
from postal_tthc.jobs.telling import leaving

PAUSE = 0.5  # seconds between two looks into an empty queue
SWEEP = 600  # seconds between two sweeps
ERRANDS = 15  # seconds between two rounds of errands
REMEMBERED = timedelta(days=1)

logger = logging.getLogger(__name__)


class JobWorker(QueueWorker):
    """The worker of django-tasks, with a sign of life and an ear for the end.

    Told to end (SIGTERM, Ctrl+C) it puts its job back into the queue at the next
    row; told twice it does not wait for that row.
    """

    def __init__(self, *, once: bool = False, parent: int | None = None) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=PAUSE,
            batch=once,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=name_of_this_process(),
        )
        self._parent = parent
        self._presence = Presence(self.worker_id)
        self._looked_at = self._swept_at = self._ran_at = float("-inf")

    def run(self) -> None:
        """Do what is in the queue; with ``once`` until it is empty."""
        try:
            with Beat(self._beat):
                while self.running:
                    self._round()
        finally:
            self._presence.leave()

    def configure_signals(self) -> None:
        """Listen for the end; a terminal that is closed says it too."""
        super().configure_signals()
        # Not under nohup, which is there to outlive the terminal.
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self.shutdown)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Let the job of the moment know and end after it; told again, end now."""
        if self.running:
            # Not at once even when idle: a job may just have been taken.
            leaving.set()
            self.running = False
        else:
            super().shutdown(signum, frame)

    def _round(self) -> None:
        is_busy = False
        try:
            close_old_connections()
            if self._presence.is_untold:
                self._presence.tell()
            self._look_after()
            if task := self._take():
                is_busy = True
                self.run_task(task)
        except (DatabaseError, InterfaceError):
            # Locked, or restarting: a worker outlives its database.
            logger.warning("The database did not answer; going on.", exc_info=True)
            connection.close()
            is_busy = False
        else:
            if self.batch and not is_busy:
                self.running = False
        if self.running and not is_busy:
            time.sleep(self.interval)

    def _take(self) -> DBTaskResult | None:
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not ready.exists():  # no lock for a look
            return None
        with transaction.atomic():
            task = ready.get_locked()
            if task is not None:
                task.claim(self.worker_id)
        return task

    def _look_after(self) -> None:
        now = time.monotonic()
        if now - self._looked_at > settings.JOBS_SILENCE / 3:
            self._looked_at = now
            lost.take_up()
        if now - self._swept_at > SWEEP:
            self._swept_at = now
            _in_peace(tidy_up, "The sweep failed; going on.")
        if now - self._ran_at > ERRANDS:
            self._ran_at = now
            run_errands()

    def _beat(self) -> None:
        if self._parent is not None and os.getppid() != self._parent:
            self._parent = None
            os.kill(os.getpid(), signal.SIGTERM)
        self._presence.tell()


def run_errands() -> None:
    """Each errand once; one that fails is told in the log and holds up nobody."""
    for errand in kinds.errands:
        _in_peace(errand, "An errand failed; going on.")


def _in_peace(call: Callable[[], object], told: str) -> None:
    try:
        call()
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        logger.exception(told)


def tidy_up() -> None:
    """Files whose time is over, and what the queue and its workers left behind."""
    files.sweep()
    since = timezone.now() - REMEMBERED
    DBTaskResult.objects.finished().filter(finished_at__lt=since).delete()
    Worker.objects.filter(seen_at__lt=since).delete()
