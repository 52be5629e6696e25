"""What SQLite leaves out while synthetic rows are written, and takes up again after."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

CACHE = "PRAGMA cache_size = -400000"  # KiB: nothing is read back that was just written


@contextmanager
def trusting() -> Iterator[None]:
    """Rules of rows and foreign keys are not looked at: the rows are known to keep them."""
    trusts = connection.disable_constraint_checking()
    with connection.cursor() as cursor:
        (kept,) = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute(CACHE)
        cursor.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            cursor.execute(f"PRAGMA cache_size = {kept}")
        if trusts:
            connection.enable_constraint_checking()


@contextmanager
def unsafe(may: bool) -> Iterator[None]:
    """Pages go straight to the file and nobody waits for the disk.

    A failure of the program is undone as always; after a power cut the file may be
    broken. Nothing changes inside a transaction, or while somebody else has the file
    open: its journal is not ours alone then.
    """
    if not may or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        (synchronous,) = cursor.execute("PRAGMA synchronous").fetchone()
        (journal,) = cursor.execute("PRAGMA journal_mode").fetchone()
        cursor.execute("PRAGMA synchronous = OFF")
        _keep_journal(cursor, "truncate")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            _keep_journal(cursor, journal)
            cursor.execute(f"PRAGMA synchronous = {synchronous}")


def _keep_journal(cursor: Any, mode: str) -> None:
    try:
        cursor.execute(f"PRAGMA journal_mode = {mode}")
    except OperationalError:  # somebody else reads: it stays as it is
        return


def insert(
    table: str,
    columns: list[str],
    fixed: dict[str, str | int | None],
    rows: list[tuple[Any, ...]],
) -> None:
    """Add rows; ``fixed`` are the columns that all of them fill alike."""
    names = ", ".join(f'"{name}"' for name in (*columns, *fixed))
    values = ", ".join(("?",) * len(columns) + tuple(map(_literal, fixed.values())))
    # Past Django's cursor, which would turn every mark of every statement around.
    raw = connection.connection.cursor()
    raw.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({values})', rows)
    raw.close()


def _literal(value: str | int | None) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else f"'{value}'"
