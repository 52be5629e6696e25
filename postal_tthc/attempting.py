"""A rule that says no after the form said yes: nothing typed may be lost."""

from collections.abc import Callable
from typing import TypeVar

from django.forms import BaseForm

from postal_tthc.errors import DomainError

Result = TypeVar("Result")


def attempt(form: BaseForm, verb: Callable[[], Result]) -> Result | None:
    """What the verb gives back; None when it refused, with its sentence on the form."""
    try:
        return verb()
    except DomainError as error:
        form.add_error(None, str(error))
        return None
