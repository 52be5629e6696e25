"""The progress of a job: told by a thread beside the work, and the work told to stop."""

import threading
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from postal_tthc.jobs import board, files, kinds
from postal_tthc.jobs.liveness import Beat
from postal_tthc.jobs.models import Job
from postal_tthc.jobs.progress import Cancelled, Outcome, Progress
from postal_tthc.jobs.querysets import JobQuerySet
from postal_tthc.jobs.statuses import Status

# Set when this process was told to end: work puts itself down at the next row.
leaving = threading.Event()


class JobProgress(Progress):
    """Progress that everybody sees.

    ``reached`` only remembers a number. The beat writes it every second on its own
    connection, so it is seen while the work is inside a transaction, and brings back
    whether somebody asked to stop.
    """

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job
        self._begun: float | None = None  # by a clock that nobody sets
        self._must_stop = False
        self._stored = ""
        self._beat = Beat(self._tell)
        # Inside somebody's transaction (a test's) a second connection sees no job.
        if not connection.in_atomic_block:
            self._beat.start()

    def begin(self, total: int, doing: str = "") -> None:
        """So much is to be done, from now on."""
        super().begin(total, doing)
        self._begun = time.monotonic()
        self._obey()

    def reached(self, done: int) -> None:
        """So much is done; raises ``Cancelled`` when the work is to stop."""
        super().reached(done)
        self._obey()

    def conclude(self, outcome: Outcome) -> Outcome:
        """The job is done, in the transaction of the caller if there is one."""
        # Beats go on: a large file may take longer to store than silence lasts.
        self._stored = files.store(outcome)
        keep = kinds.find(self._job.kind).keep
        self.close(
            Status.DONE,
            outcome.sentence,
            link=outcome.link,
            file=self._stored,
            file_name=outcome.file_name,
            file_until=timezone.now() + keep if self._stored else None,
        )
        return outcome

    def settle(self, outcome: Outcome) -> None:
        """Conclude, if the work did not do so in a transaction of its own."""
        done = Job.objects.filter(pk=self._job.pk, status=Status.DONE)
        if not done.filter(attempts=self._job.attempts).exists():
            self._throw_away()
            self.conclude(outcome)

    def close(self, status: Status, sentence: str, **more: Any) -> None:
        """Write how it ended; ``Cancelled`` when the attempt is no longer ours."""
        self.quiet()
        now = timezone.now()
        fields = {**self._fields(now), "finished_at": now, **more}
        with transaction.atomic():
            if not self.ours().update(status=status, sentence=sentence, **fields):
                raise Cancelled
            if status != Status.DONE:
                self._job.status, self._job.sentence = status, sentence
                kinds.put_right(self._job)
        board.wipe(self._job.pk)

    def ours(self) -> JobQuerySet:
        """The job, as long as this attempt is the present one."""
        return Job.objects.filter(
            pk=self._job.pk, attempts=self._job.attempts, status=Status.RUNNING
        )

    def quiet(self) -> None:
        """No more beats."""
        self._beat.stop()

    def undo_file(self) -> None:
        """The file goes, unless the job owns it."""
        if self._stored and not Job.objects.filter(file=self._stored).exists():
            self._throw_away()

    def _throw_away(self) -> None:
        files.throw_away(self._stored)
        self._stored = ""

    def _obey(self) -> None:
        if self._must_stop or leaving.is_set():
            raise Cancelled

    def _fields(self, now: datetime) -> dict[str, Any]:
        # Read once: the work goes on meanwhile, and done never exceeds the total.
        total, begun, begun_at = self.total, self._begun, None
        if begun is not None:
            begun_at = now - timedelta(seconds=time.monotonic() - begun)
        return {
            "doing": self.doing[:200],
            "done": min(self.done, total) if total else self.done,
            "total": total,
            "begun_at": begun_at,
            "beat_at": now,
        }

    def _note(self) -> board.Note:
        fields = self._fields(timezone.now())
        begun_at, beat_at = fields.pop("begun_at"), fields.pop("beat_at")
        return board.Note(
            attempt=self._job.attempts,
            begun_at=begun_at.isoformat() if begun_at else "",
            beat_at=beat_at.isoformat(),
            **fields,
        )

    def _tell(self) -> None:
        pk = self._job.pk
        try:
            is_ours = self.ours().update(**self._fields(timezone.now()))
        except OperationalError:
            if not board.is_needed():
                raise
            board.write(pk, self._note())
            is_ours = True
        is_asked = Job.objects.filter(pk=pk, stop_asked_at__isnull=False).exists()
        if not is_ours or is_asked or board.asked_to_stop(pk):
            self._must_stop = True
