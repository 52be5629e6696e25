"""Facts and their values as the log has them: in one language, whoever writes."""

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import translation


def label_of(row: Model, name: str) -> str:
    """What a field is called in the log."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(row._meta.get_field(name).verbose_name)


def value_of(row: Model, name: str) -> str:
    """What a field holds, as the log has it; nothing for a value that is not there."""
    with translation.override(settings.LANGUAGE_CODE):
        value: Any = getattr(row, name)
        choices = dict(row._meta.get_field(name).choices or ())
        return str(choices.get(value, "" if value is None else value))
