"""One signed request to a judged address: short, without redirects, without proxies."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from dossiers.webhooks.addresses import Target

PATIENCE = 5  # seconds for each word of the other side
MOST_SECONDS = 10  # for the whole exchange, however slowly it drips
MOST_READ = 500  # bytes of the answer that are looked at


@dataclass(frozen=True)
class Answer:
    """What came of it; ``status`` is 0 when nobody answered."""

    status: int
    words: str

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has it."""
        return 200 <= self.status < 300


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was judged, whatever the name says by now."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=PATIENCE)
        self.target = target

    def connect(self) -> None:
        """To the number; the certificate is asked for under the name."""
        place = (self.target.address, self.target.port)
        self.sock = socket.create_connection(place, PATIENCE)
        if self.target.scheme == "https":
            self.sock = _certificates().wrap_socket(
                self.sock, server_hostname=self.target.host
            )

    def cut(self) -> None:
        """End it from another thread."""
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


@cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a body; whatever goes wrong on the way is an answer in words."""
    connection = _Pinned(target)
    clock = threading.Timer(MOST_SECONDS, connection.cut)
    clock.daemon = True
    clock.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        response = connection.getresponse()
        said = response.read(MOST_READ).decode(errors="replace")
        return Answer(response.status, _words(response.status, said))
    except TimeoutError:
        return Answer(0, _("No answer within the time."))
    except ssl.SSLError as error:
        return Answer(0, _("The certificate does not hold: %(why)s") % {"why": error})
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = str(error) or type(error).__name__
        return Answer(0, _("No connection: %(why)s") % {"why": why})
    finally:
        clock.cancel()
        connection.close()


def _words(status: int, said: str) -> str:
    if 300 <= status < 400:
        return _("HTTP %(status)s: it sends elsewhere, and that is not followed.") % {
            "status": status
        }
    shown = " ".join("".join(c if c.isprintable() else " " for c in said).split())
    return f"HTTP {status} {shown}".strip()
