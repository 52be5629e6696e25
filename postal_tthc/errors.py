"""What the product says when it says no.

A rule raises one of these with a sentence for the person at the counter;
the middleware shows it on a page, commands print it.
"""

from collections.abc import Callable
from typing import Any


class DomainError(Exception):
    """A rule of the domain was not met; ``str(error)`` is the sentence to show."""

    http_status = 400


class Refused(DomainError):
    """This person may not do this."""

    http_status = 403


class Conflict(DomainError):
    """The thing is not, or no longer, in a state that allows this."""

    http_status = 409


class Invalid(DomainError):
    """What was handed in does not fit the rules."""


def allows(check: Callable[..., None], *args: Any) -> bool:
    """Whether a check lets it pass; catches nothing but the rules' own no."""
    try:
        check(*args)
    except DomainError:
        return False
    return True
