"""What a large table is before it is a file: its columns, its head, its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from unicodedata import is_normalized

from postal_tthc.lib.printed_sheets import LIST_MARGINS, fits_one_page
from postal_tthc.lib.workbooks import (
    LONGEST_TEXT,
    OFFICIAL_MARGINS,
    Margins,
    clean_text,
)

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float | date | None
Row = Sequence[Cell]


class Kind(StrEnum):
    """What a column holds; empty cells and words may stand in all of them."""

    TEXT = "text"
    DATE = "date"
    COUNT = "count"
    MONEY = "money"


@dataclass(frozen=True)
class Column:
    """One column. ``width`` is in digits; neighbours with one ``group`` share a head."""

    heading: str
    kind: Kind = Kind.TEXT
    width: float = 12
    group: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Line:
    """A line above or below the table: over its whole width, or left and right."""

    left: str
    right: str = ""
    is_bold: bool = False
    is_italic: bool = False


@dataclass(frozen=True)
class Table:
    """Everything about a table but its rows.

    ``is_form``: an official form, with boxes and numbered columns, printed as it is;
    otherwise a list that people sort and filter. A .csv has the headings alone.
    """

    name: str
    title: str
    author: str
    columns: tuple[Column, ...]
    above: tuple[Line, ...] = ()
    is_form: bool = False

    @property
    def has_groups(self) -> bool:
        """Whether the head has two rows."""
        return any(column.group for column in self.columns)

    @property
    def widths(self) -> list[float]:
        """Of the columns that are seen."""
        return [column.width for column in self.columns if not column.is_hidden]

    @property
    def margins(self) -> Margins:
        """Of the printed page."""
        return OFFICIAL_MARGINS if self.is_form else LIST_MARGINS

    @property
    def is_one_page(self) -> bool:
        """Whether all columns are printed side by side on one page."""
        return self.is_form or fits_one_page(self.widths, self.margins)

    @property
    def held_columns(self) -> int:
        """How many columns stay at the left, on the screen and on every page."""
        return 0 if self.is_one_page else 1

    def heads(self) -> list[tuple[int, int, str]]:
        """First column, number of columns and words of each group of the head.

        Columns without a group stand alone, with their own heading.
        """
        found: list[tuple[int, int, str]] = []
        place = 0
        for group, columns in groupby(self.columns, lambda column: column.group):
            together = list(columns)
            if group:
                found.append((place, len(together), group))
            else:
                found += [(place + n, 1, x.heading) for n, x in enumerate(together)]
            place += len(together)
        return found

    def split(self) -> int:
        """How many columns lie under the left part of a line with two parts."""
        widths = [0 if x.is_hidden else x.width for x in self.columns]
        half, reached = sum(widths) / 2, 0.0
        for number, width in enumerate(widths):
            if number and reached + width / 2 > half:
                return number
            reached += width
        return max(1, len(widths) - 1)


def text_of(text: str) -> str:
    """The text as a cell can hold it; a plain one is let through at once."""
    if text.isprintable() and len(text) <= LONGEST_TEXT and is_normalized("NFC", text):
        return text
    return clean_text(text)


def begins_a_formula(text: str) -> bool:
    """Whether a spreadsheet program might take a typed text for a formula."""
    return text.startswith(BEGINS_A_FORMULA)
