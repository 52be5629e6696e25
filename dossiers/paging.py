"""Paging by key: as fast on page 40,000 as on page 1.

The key of a row is its hour of receipt and its number in the table. Counts stop
at ``MOST_COUNTED``: beyond it a page says "more than".
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet

Row = TypeVar("Row", bound=Model)

PAGE = 25
MOST_DIGITS = 19  # of a key; a number that long is more than a database has
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Page:
    """Rows newest first, and the key of the next page when there is one."""

    rows: list[Dossier]
    next_key: str


@dataclass(frozen=True)
class Count:
    """How many rows, up to a limit."""

    number: int
    is_more: bool


def page(queryset: DossierQuerySet, key: str) -> Page:
    """The page that begins after a key; the first page for an empty or broken one."""
    if place := _read(key):
        queryset = queryset.before(*place)
    rows = list(queryset.order_by("-received_at", "-pk")[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(rows, _write(rows[-1]) if more else "")


def rows_after(
    queryset: QuerySet[Row], key: str, size: int | None = None
) -> tuple[list[Row], str]:
    """Rows of any table newest first after a key, and the key of the next page.

    The key is a row's number in its table; an empty or broken one means the first
    page, and the answer's is empty on the last.
    """
    size = PAGE if size is None else size
    if key.isascii() and key.isdecimal() and len(key) < MOST_DIGITS:
        queryset = queryset.filter(pk__lt=int(key))
    rows = list(queryset.order_by("-pk")[: size + 1])
    more = len(rows) > size
    return rows[:size], str(rows[size - 1].pk) if more else ""


def count(queryset: DossierQuerySet) -> Count:
    """The number of rows, counted no further than the limit."""
    number = queryset.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return Count(min(number, MOST_COUNTED), number > MOST_COUNTED)


def _write(row: Dossier) -> str:
    return f"{row.received_at.timestamp():.6f}_{row.pk}"


def _read(key: str) -> tuple[datetime, int] | None:
    moment, _, pk = key.partition("_")
    try:
        return datetime.fromtimestamp(float(moment), UTC), int(pk)
    except (ValueError, OverflowError, OSError):
        return None
