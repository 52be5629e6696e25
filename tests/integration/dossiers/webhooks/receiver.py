"""A receiver on this machine, in a thread: what another office's system would be."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Keeps what comes and answers as it is told."""

    server: "Receiver"

    def do_POST(self) -> None:
        """Keep it, then answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.server.answer(self)

    do_GET = do_POST

    def say(self, status: int, text: str = "", **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Receiver(ThreadingHTTPServer):
    """``got`` holds path, headers and body of each request; ``answer`` may be set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.answer: Answer = lambda handler: handler.say(204)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}/hook?from=post"

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What came, read."""
        return [json.loads(body) for _path, _headers, body in self.got]

    def handle_error(self, *args: Any) -> None:
        """A caller who hangs up is what some tests are about."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver while the block runs."""
    with Receiver() as receiver:
        thread = threading.Thread(target=receiver.serve_forever, daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            receiver.shutdown()
            thread.join()
