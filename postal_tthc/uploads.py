"""Files that come by a form."""

from typing import Any

from django.core.exceptions import ValidationError

from postal_tthc.lib.packages import MAX_FILE, too_large


def not_too_large(file: Any) -> None:
    """A validator of a ``FileField``: what is larger is never opened."""
    if file.size > MAX_FILE:
        raise ValidationError(too_large())
