"""Nobody is inside the test server while the tables are emptied.

A page may still save a draft or ask how a job is when its test is over. On
PostgreSQL that request and the emptying of the tables would wait for each other.
"""

from collections.abc import Iterator
from threading import Condition
from typing import Any


class Doors:
    """Stands before a WSGI application: open, or shut with nobody inside."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.changed = Condition()
        self.inside = 0
        self.is_open = True

    def __call__(self, environ: dict, start_response: Any) -> Iterator[bytes]:
        """Let a request in, or answer 503."""
        with self.changed:
            if not self.is_open:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return
            self.inside += 1
        try:
            answer = self.application(environ, start_response)
            try:
                yield from answer
            finally:
                answer.close()
        finally:
            with self.changed:
                self.inside -= 1
                self.changed.notify_all()

    def open(self) -> None:
        """The next test begins."""
        with self.changed:
            self.is_open = True

    def shut(self, seconds: float = 30) -> None:
        """Let nobody in and wait until all are out. Raises ``AssertionError``."""
        with self.changed:
            self.is_open = False
            left = self.changed.wait_for(lambda: self.inside == 0, timeout=seconds)
        assert left, f"{self.inside} requests did not end within {seconds} s."
