"""Writing rows past every check of Python, to see what the database itself refuses."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, Model, QuerySet, UniqueConstraint


def assert_check_refuses(row: Model, told: str, **bad: Any) -> None:
    """The database refuses these values in the row, and its check is told."""
    with pytest.raises(IntegrityError, match=told), transaction.atomic():
        QuerySet(type(row)).filter(pk=row.pk).update(**bad)


def assert_double_refused(
    first: Model, second: Model, *names: str, **also: Any
) -> None:
    """The database refuses the values of the first row in the second one.

    ``also`` keeps the second row lawful otherwise.
    """
    fields = [first._meta.get_field(name) for name in names]
    same = {field.attname: getattr(first, field.attname) for field in fields}
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        QuerySet(type(second)).filter(pk=second.pk).update(**same, **also)
    told = str(refusal.value)
    assert "unique" in told.lower()
    assert all(field.column in told for field in fields), told


def checks_of(models: Iterable[type[Model]]) -> set[str]:
    """The names of all check constraints of the models."""
    return {
        constraint.name
        for model in models
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    }


def uniques_of(models: Iterable[type[Model]]) -> set[tuple[str, ...]]:
    """Model and fields of everything that is unique in the models."""
    found = set()
    for model in models:
        name = model._meta.model_name
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                found.add((name, *constraint.fields))
        for field in model._meta.concrete_fields:
            if field.unique and not field.primary_key:
                found.add((name, field.name))
    return found
