"""Paging by key: as fast on page 40,000 as on page 1.

The key of a row is its hour of receipt and its number in the table. Counts stop
at ``MOST_COUNTED``: beyond it a page says "more than".
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet

PAGE = 25
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
