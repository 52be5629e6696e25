"""The demo, loaded once in a run and from then on copied: loading it is slow.

Tests that are about loading, or about the hour of it, load it themselves.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction

from tests.factories.reference import bring_back

Rows = list[tuple] | bytes
_copies: dict[Callable[[], bool], dict[str, Rows]] = {}


@contextmanager
def demo_of(load: Callable[[], bool]) -> Iterator[None]:
    """What ``load`` writes, for as long as it is asked; then nothing of it is left."""
    with transaction.atomic():
        write_demo(load)
        yield
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()


@transaction.atomic
def write_demo(load: Callable[[], bool]) -> None:
    """What ``load`` writes, over whatever is in the tables."""
    if load in _copies:
        _put_back(_copies[load])
        return
    bring_back()
    assert load(), "Something was in the tables before."
    _copies[load] = {name: _read(name) for name in _tables()}


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True)


def _put_back(copy: dict[str, Rows]) -> None:
    """Every table as it was when it was copied; foreign keys are asked at the end."""
    with connection.cursor() as cursor:
        for name in copy:
            cursor.execute(f"DELETE FROM {_quoted(name)}")
        for name, rows in copy.items():
            _write(name, rows)
        models = apps.get_models(include_auto_created=True)
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
    ContentType.objects.clear_cache()


def _read(name: str) -> Rows:
    """Rows as the database itself holds them, not as Python would see them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            stream = BytesIO()
            cursor.copy_expert(f"COPY {_quoted(name)} TO STDOUT", stream)
            return stream.getvalue()
        columns = connection.introspection.get_table_description(cursor, name)
        # "+" makes an expression of a column: SQLite's driver converts only columns.
        plain = ", ".join(f"+{_quoted(column.name)}" for column in columns)
        cursor.execute(f"SELECT {plain} FROM {_quoted(name)}")
        return cursor.fetchall()


def _write(name: str, rows: Rows) -> None:
    with connection.cursor() as cursor:
        if isinstance(rows, bytes):
            cursor.copy_expert(f"COPY {_quoted(name)} FROM STDIN", BytesIO(rows))
        elif rows:
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {_quoted(name)} VALUES ({places})", rows)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
