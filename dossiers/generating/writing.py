"""Rows into tables in bulk: COPY on PostgreSQL, prepared inserts on SQLite.

All of it is one transaction. Foreign keys are not looked up row by row: the rows that
they name were written a moment before by the same hand. SQLite is not asked to check
each row either, which takes it half of its time; tests let it check all of them.
"""

import marshal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Max

from dossiers.generating import sqlite_haste
from dossiers.generating.tables import COLUMNS, FIXED, Rows
from dossiers.models import CustodyEntry, Dossier, Paper, PostalEvent, PostalItem

MODELS: dict[str, type[models.Model]] = {
    "dossier": Dossier,
    "paper": Paper,
    "item": PostalItem,
    "carried": PostalItem.dossiers.through,
    "event": PostalEvent,
    "entry": CustodyEntry,
}
TABLES = {name: model._meta.db_table for name, model in MODELS.items()}
IS_POSTGRES = connection.vendor == "postgresql"
WORTH_REBUILDING = 10_000  # dossiers from which building indexes again is faster
A_READ = 1 << 20  # bytes handed to PostgreSQL at a time
FOR_THIS_TRANSACTION = (
    "SET LOCAL synchronous_commit = off",
    "SET LOCAL maintenance_work_mem = '256MB'",
)


@dataclass(frozen=True)
class Packed:
    """The rows of all tables as the database takes them, in bytes.

    For PostgreSQL the text that COPY reads; for SQLite tuples, marshalled: they only
    go from one process of ours to the next.
    """

    dossiers: int
    rows: int
    tables: dict[str, bytes]


def pack(rows: Rows) -> Packed:
    """Make rows ready to be written."""
    tables = {
        name: as_text(name, table) if IS_POSTGRES else marshal.dumps(table)
        for name, table in rows.items()
    }
    return Packed(len(rows["dossier"]), sum(map(len, rows.values())), tables)


def next_numbers() -> dict[str, int]:
    """Of each table the number that no row has yet."""
    return {
        name: (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        for name, model in MODELS.items()
    }


@contextmanager
def bulk(*, rebuilds_indexes: bool, hastily: bool) -> Iterator[None]:
    """One transaction in which tables are filled fast.

    ``rebuilds_indexes``: indexes that only make reading fast are taken away and built
    again over the whole; that pays when much is written beside little. Nobody else
    can write meanwhile. ``hastily``: a power cut may cost the whole database, which
    holds nothing that is missed.
    """
    if IS_POSTGRES:
        with transaction.atomic(), connection.cursor() as cursor:
            _trust_foreign_keys()
            for setting in FOR_THIS_TRANSACTION:
                cursor.execute(setting)
            again = _drop_indexes(cursor) if rebuilds_indexes else []
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for statement in again:
                cursor.execute(statement)
            _move_sequences(cursor)
        return
    with (
        sqlite_haste.trusting(),
        sqlite_haste.unsafe(hastily),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        again = _drop_indexes(cursor) if rebuilds_indexes else []
        yield
        for statement in again:
            cursor.execute(statement)


def write(packed: Packed) -> int:
    """Write the rows of all tables; how many they are."""
    with connection.cursor() as cursor:
        for name, content in packed.tables.items():
            if IS_POSTGRES:
                names = ", ".join(f'"{x}"' for x in (*COLUMNS[name], *FIXED[name]))
                copy = f"COPY \"{TABLES[name]}\" ({names}) FROM STDIN (NULL 'None')"
                cursor.copy_expert(copy, BytesIO(content), A_READ)
            else:
                rows = marshal.loads(content)
                sqlite_haste.insert(TABLES[name], COLUMNS[name], FIXED[name], rows)
    return packed.rows


def as_text(name: str, rows: list[tuple[Any, ...]]) -> bytes:
    """Rows as COPY reads them; nothing we write has a tab, a break or a backslash."""
    end = "".join(f"\t{x}" for x in FIXED[name].values()) + "\n"
    return "".join(["\t".join(map(str, row)) + end for row in rows]).encode()


def _trust_foreign_keys() -> None:
    """Skip their triggers where this user may; else they are checked at the end."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
    except DatabaseError:
        return


def _drop_indexes(cursor: Any) -> list[str]:
    """Take the indexes away; the statements that build them.

    Those of unique columns too, on PostgreSQL: there they are built by several
    processes at once, and look at every row then. The keys of rows stay.
    """
    again = []
    for table in TABLES.values():
        if IS_POSTGRES:
            cursor.execute(
                "SELECT quote_ident(conname), pg_get_constraintdef(oid) "
                "FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'u'",
                [table],
            )
            for name, rule in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT {name}')
                again.append(f'ALTER TABLE "{table}" ADD CONSTRAINT {name} {rule}')
            cursor.execute(
                "SELECT quote_ident(c.relname), pg_get_indexdef(i.indexrelid) "
                "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
                "WHERE i.indrelid = %s::regclass AND NOT i.indisunique",
                [table],
            )
        else:
            cursor.execute(
                "SELECT '\"' || name || '\"', sql FROM sqlite_master "
                "WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL "
                "AND sql NOT LIKE 'CREATE UNIQUE%%'",
                [table],
            )
        for name, statement in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
            again.append(statement)
    return again


def _move_sequences(cursor: Any) -> None:
    """The next row that anybody writes gets a number after ours."""
    for table in TABLES.values():
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), "
            f'(SELECT max(id) FROM "{table}"))',
            [table],
        )
