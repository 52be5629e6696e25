"""Breaking a verb after each of its writes, and seeing that nothing is left of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from dossiers.models import (
    CustodyEntry,
    Dossier,
    Handover,
    HandoverLine,
    Incident,
    Notice,
    NumberSeries,
    Paper,
    PostalEvent,
    PostalItem,
)

TABLES = (
    Dossier,
    Paper,
    CustodyEntry,
    PostalItem,
    PostalItem.dossiers.through,
    PostalEvent,
    Handover,
    HandoverLine,
    Notice,
    Incident,
    Incident.papers.through,
    NumberSeries,
)


class PowerCut(Exception):
    """Raised in the middle of a verb; no rule of the domain catches it."""


def everything_kept() -> dict[str, list[dict[str, Any]]]:
    """Every value of every row that a verb may write."""
    return {
        table._meta.label: list(QuerySet(table).order_by("pk").values())
        for table in TABLES
    }


@contextmanager
def power_cut_after_write(number: int) -> Iterator[None]:
    """Let so many writes through, then fail; later writes never happen."""
    written = 0

    def wire(execute, sql, params, many, context):
        nonlocal written
        answer = execute(sql, params, many, context)
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            written += 1
            if written == number:
                raise PowerCut(sql)
        return answer

    with connection.execute_wrapper(wire):
        yield


def is_cut(verb: Callable[[], object], number: int) -> bool:
    """Whether the verb makes so many writes; if it does, it fails after the last."""
    try:
        with power_cut_after_write(number):
            verb()
    except PowerCut:
        return True
    return False


def writes_that_leave_nothing_behind(verb: Callable[[], object]) -> int:
    """Cut the power after each write in turn, then let the verb finish.

    Answers how many writes the verb makes. ``verb`` builds what it hands in
    anew, because it is run once for each of them.
    """
    before, writes = everything_kept(), 0
    while is_cut(verb, writes + 1):
        writes += 1
        assert everything_kept() == before, f"write {writes} was left"
    assert everything_kept() != before
    return writes
