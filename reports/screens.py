"""What stands on a page of figures, pure: tables and sentences, for screen and file.

The page and its .xlsx are drawn from the same objects, so they hold the same numbers
in the same order. All text is in the reader's language already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest

Value = str | int | Decimal | date | None

TEXT, COUNT, PERCENT, POINTS, DONG, DAYS, DAY = (
    "text",
    "count",
    "percent",
    "points",
    "dong",
    "days",
    "day",
)


@dataclass(frozen=True)
class Head:
    """The head of a column, and what stands in it."""

    label: str
    kind: str = COUNT


@dataclass(frozen=True)
class Cell:
    """One value; ``link`` opens exactly what a number counts, ``small`` stands below."""

    value: Value
    link: str = ""
    small: str = ""
    is_alarm: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its title, the rule it is counted by, and its chart above it.

    ``empty`` is said when it has no rows; ``total`` is its last row. ``chart`` is
    finished SVG, ``legend`` says what its colours (CSS classes) mean.
    """

    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rule: str = ""
    empty: str = ""
    total: tuple[Cell, ...] = ()
    sentences: tuple[str, ...] = ()
    chart: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    anchor: str = ""

    @property
    def lines(self) -> list[list[tuple[Head, Cell]]]:
        """Rows with the head of each cell."""
        return [_beside(self.heads, row) for row in self.rows]

    @property
    def last_line(self) -> list[tuple[Head, Cell]]:
        """The totals with their heads."""
        return _beside(self.heads, self.total) if self.total else []


@dataclass(frozen=True)
class Screen:
    """A page: whose figures, of which days, as of when, then its tables."""

    title: str
    organisation: str
    period: str
    as_of: str
    tables: tuple[Table, ...]


def _beside(heads: Sequence[Head], cells: Sequence[Cell]) -> list[tuple[Head, Cell]]:
    pairs = zip_longest(heads, cells)
    return [(head, cell) for head, cell in pairs if head and cell]
