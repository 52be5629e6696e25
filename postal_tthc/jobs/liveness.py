"""Signs of life, given by a thread beside the work on a connection of its own.

On PostgreSQL they are seen while the work is inside its transaction. On SQLite only
one connection may write: the thread waits a moment, gives up and tries again, and
never holds up the work.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string

from postal_tthc.jobs.models import Worker

BEAT = 1.0  # seconds
PATIENCE = 250  # milliseconds that a beat waits for SQLite's one writer

logger = logging.getLogger(__name__)


class Beat:
    """Calls a function every second until the block is left, errors or not."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """The first beat comes in a second."""
        self._thread.start()

    def stop(self) -> None:
        """No more beats from here on."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._over.wait(BEAT):
                try:
                    be_patient()
                    self._call()
                except (DatabaseError, InterfaceError):
                    # Locked, or gone: the next beat opens a new connection.
                    logger.debug("A beat was missed.", exc_info=True)
                    connection.close()
                except Exception:
                    # A full disk, say: without beats the work would pass for dead.
                    logger.exception("A beat was missed; going on.")
        finally:
            connection.close()


def be_patient() -> None:
    """Wait a moment for SQLite's writer, not the twenty seconds of a page."""
    if connection.vendor == "sqlite" and connection.connection is None:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")


def name_of_this_process() -> str:
    """Which machine and process, and which of its workers, for people to find it."""
    place = f"{socket.gethostname()[:40]}:{os.getpid()}"
    return f"{place}:{get_random_string(6)}"


class Presence:
    """The row by which others know that a worker is there."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_untold = True

    def tell(self) -> None:
        """I am here."""
        Worker.objects.update_or_create(
            name=self.name, defaults={"seen_at": timezone.now()}
        )
        self.is_untold = False

    def leave(self) -> None:
        """I am gone; if that cannot be written, my silence says it."""
        with suppress(DatabaseError):
            Worker.objects.filter(name=self.name).delete()
