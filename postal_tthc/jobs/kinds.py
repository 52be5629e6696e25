"""The kinds of work there are: each app registers its own when it is ready."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from postal_tthc.jobs.progress import Outcome, Progress

if TYPE_CHECKING:
    from postal_tthc.accounts.models import User
    from postal_tthc.jobs.models import Job

Work = Callable[["Job", Progress], Outcome]
MaySee = Callable[["User", "Job"], bool]
NotDone = Callable[["Job"], None]

KEEP = timedelta(days=7)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """A function, how long its files are kept, who may fetch them, what is put right."""

    work: Work
    keep: timedelta
    may_see: MaySee | None
    if_not_done: NotDone | None


_kinds: dict[str, Kind] = {}
# Short work that nobody asks for: a worker does it now and then, between two jobs.
errands: list[Callable[[], object]] = []


def register(
    kind: str,
    work: Work,
    *,
    keep: timedelta = KEEP,
    may_see: MaySee | None = None,
    if_not_done: NotDone | None = None,
) -> None:
    """Make a kind of work known; the last one of a name counts.

    A finished file is served to those who see the job: who asked for it, leaders and
    administrators. ``may_see`` may say no to each of them, asked when it is served.
    ``if_not_done`` puts right what waited for a job that failed or was stopped, by
    whatever process and even if the work never began; it must not take long.
    """
    _kinds[kind] = Kind(work, keep, may_see, if_not_done)


def register_errand(errand: Callable[[], object]) -> None:
    """Make an errand known; it must end within seconds and may be done twice at once."""
    if errand not in errands:
        errands.append(errand)


def find(kind: str) -> Kind:
    """The kind of that name; ``LookupError`` when nobody registered it."""
    try:
        return _kinds[kind]
    except KeyError:
        raise LookupError(f"No work is registered as {kind!r}.") from None


def put_right(job: Job) -> None:
    """What waited for the job learns that it failed or was stopped."""
    kind = _kinds.get(job.kind)
    if kind is None or kind.if_not_done is None:
        return
    try:
        with transaction.atomic():
            kind.if_not_done(job)
    except Exception:
        # The job itself must end in its sentence whatever becomes of the rest.
        logger.exception("After job %d (%s) nothing was put right.", job.pk, job.kind)
