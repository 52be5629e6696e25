"""Signatures of messages, in and out: HMAC-SHA256 over the moment and the body. Pure.

The moment is part of what is signed, so that a message that was listened to cannot
be sent again later; ``WINDOW`` leaves room for two clocks that differ.
"""

import hashlib
import hmac
import re
import secrets

TIMESTAMP = "X-Postal-Timestamp"  # seconds since 1970, UTC
SIGNATURE = "X-Postal-Signature"  # sha256= and 64 hexadecimal digits
SCHEME = "sha256="
WINDOW = 300  # seconds, before and after
MOMENT = re.compile(r"[0-9]{1,12}")


def new_secret() -> str:
    """A secret that nobody guesses: 256 bits, as letters that can be copied."""
    return secrets.token_urlsafe(32)


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature of a body sent at a moment."""
    message = timestamp.encode() + b"." + body
    return SCHEME + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def is_signed(secret: str, timestamp: str, body: bytes, signature: str) -> bool:
    """Whether this is the signature of this body at this moment.

    Compared in constant time. An empty secret signs nothing.
    """
    expected = sign(secret, timestamp, body)
    is_same = hmac.compare_digest(expected.encode(), signature.encode())
    return is_same and bool(secret)


def is_timely(timestamp: str, now: float) -> bool:
    """Whether the moment lies within the window around now (seconds since 1970)."""
    return bool(MOMENT.fullmatch(timestamp)) and abs(int(timestamp) - now) <= WINDOW
