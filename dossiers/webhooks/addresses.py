"""Where a webhook may go: to public addresses alone, unless the office says otherwise.

An address that an administrator types could make this server speak to machines that
only it can reach. So its name is resolved here, every answer is judged, and the
connection is made to exactly the address that was judged.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid

PORTS = {"https": 443, "http": 80}
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Target:
    """A judged address: what to connect to, and what to ask for there."""

    scheme: str
    host: str
    port: int
    address: str  # one of the host's, numeric
    path: str


def check_url(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of an address that may be written down.

    Without asking any name server. Raises ``Invalid``.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid(_("This address is not understood.")) from error
    if parts.username or parts.password:
        raise Invalid(_("Leave name and password out of the address."))
    if parts.scheme not in PORTS or not host or _is_odd(url):
        raise Invalid(_("This address is not understood."))
    if parts.scheme == "http" and not settings.WEBHOOKS_MAY_GO_INSIDE:
        raise Invalid(_("Use an address that begins with https://."))
    path = parts.path or "/"
    path = f"{path}?{parts.query}" if parts.query else path
    return parts.scheme, host, port or PORTS[parts.scheme], path


def _is_odd(url: str) -> bool:
    # Spaces, control signs and letters that no address holds.
    return not url.isascii() or any(letter <= " " or letter == "\x7f" for letter in url)


def resolve(url: str) -> Target:
    """The target of an address; ``Invalid`` when it may not or cannot be reached.

    One private address among several is enough to refuse: names are known to
    answer differently from one moment to the next.
    """
    scheme, host, port, path = check_url(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Invalid(_("The name %(host)s is not known.") % {"host": host}) from error
    addresses = [str(place[0]) for *_kind, place in found]
    if not settings.WEBHOOKS_MAY_GO_INSIDE:
        for address in addresses:
            if not is_public(address):
                raise Invalid(
                    _("%(host)s is an address inside a network; nothing is sent there.")
                    % {"host": host}
                )
    return Target(scheme, host, port, addresses[0], path)


def is_public(address: str) -> bool:
    """Whether anybody on the internet could reach it, also where it hides another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in NAT64:
            hidden = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if hidden:
            return is_public(str(hidden))
    return ip.is_global and not ip.is_multicast
