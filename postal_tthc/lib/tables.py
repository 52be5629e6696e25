"""Finds a table in the sheets people make, and reads its rows by named columns."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import ERRORS, Cell, Sheet, show
from postal_tthc.lib.vietnamese import fold, tidy

# Titles and mottos stand above the headings, never this many.
DEEPEST_HEADING = 50
FEWEST_HEADINGS = 3
TOTAL = re.compile(
    r"(?:tổng số|tổng cộng|cộng|tổng)"
    r"(?:[\s\d:.=/]|tthc|thủ tục(?: hành chính)?|hồ sơ|ngày|tuần|tháng|quý|năm|trang"
    r"|\b[ivx]+\b)*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file, where, and what to do.

    ``row`` is the row as Excel shows it, 0 when the file as a whole is meant;
    ``heading`` is the column's, ``value`` the cell as its owner would read it.
    """

    row: int
    heading: str
    value: str
    sentence: str

    def __str__(self) -> str:
        place = _("Row %(row)s") % {"row": self.row} if self.row else ""
        value = f"“{self.value}”" if self.value else ""
        where = ", ".join(part for part in (place, self.heading, value) if part)
        return f"{where}: {self.sentence}" if where else self.sentence


@dataclass(frozen=True)
class Column:
    """One column of a file, for reading, for writing and for the blank form.

    ``read`` takes a cell (None when it is empty) and gives the value, or raises
    ``Invalid`` with a sentence; ``write`` turns the value back into a cell that
    ``read`` understands. ``synonyms`` are other headings it goes by.
    """

    key: str
    heading: str
    read: Callable[[Cell], Any]
    write: Callable[[Any], Cell]
    synonyms: tuple[str, ...] = ()
    is_required: bool = False
    width: int = 16  # letters, as Excel counts them
    hint: str = ""
    example: str = ""

    def is_called(self, label: str) -> bool:
        """Whether a heading in plain letters (``plain``) means this column."""
        return label in {plain(name) for name in (self.heading, *self.synonyms)}


@dataclass(frozen=True)
class Table:
    """Where a table stands: its sheet, its heading row and its columns' places.

    ``heading_row`` counts as Excel does; ``places`` maps keys to list indexes.
    """

    sheet: Sheet
    heading_row: int
    places: dict[str, int]

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows below the headings with their numbers, without the empty ones,
        totals, headings printed again and the row that numbers the columns."""
        headings = self.sheet.rows[self.heading_row - 1]
        below = self.sheet.rows[self.heading_row :]
        for number, cells in enumerate(below, self.heading_row + 1):
            if any(cell is not None for cell in cells) and not (
                cells == headings or is_total(cells) or numbers_the_columns(cells)
            ):
                yield number, cells


def plain(text: str) -> str:
    """A heading in plain letters: no case, marks, signs or words in brackets."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(re.sub(r"\([^)]*\)", " ", text))))


# Headings of columns that only count the rows.
NUMBERING = frozenset(map(plain, ("STT", "TT", "Số TT", "Số thứ tự", "No.")))


def is_total(cells: Sequence[Cell]) -> bool:
    """Whether the row adds up others: its first words are “Tổng số”, “Cộng”…"""
    words = [cell for cell in cells if isinstance(cell, str)]
    return bool(words) and bool(TOTAL.fullmatch(tidy(words[0])))


def numbers_the_columns(cells: Sequence[Cell]) -> bool:
    """Whether the row only says (1), (2), (3)… under the headings."""
    said = [re.sub(r"[()\s]", "", show(cell)) for cell in cells if cell is not None]
    return len(said) >= FEWEST_HEADINGS and said == [
        str(number) for number in range(1, len(said) + 1)
    ]


def find_table(
    sheets: Sequence[Sheet], columns: Sequence[Column]
) -> tuple[Table | None, list[Fault]]:
    """The table whose headings are these columns, and what is wrong with it.

    The headings may stand on any visible sheet, in any order, under titles, in
    two rows with merged cells. A table with faults must not be read.
    """
    found = [table for sheet in sheets if (table := _best(sheet, columns))]
    if not found:
        sentence = _(
            "No sheet has the headings of this list. Download the blank form and "
            "copy the list into it."
        )
        return None, [Fault(0, "", "", sentence)]
    table = max(found, key=lambda table: len(table.places))
    faults = _faults(table, columns)
    others = [
        other.sheet.name
        for other in found
        if other is not table and not _faults(other, columns) and any(other.rows())
    ]
    if others:
        sentence = _("Several sheets hold such a list. Keep one of them in the file.")
        names = ", ".join([table.sheet.name, *others])
        faults.append(Fault(0, "", names, sentence))
    return table, faults


def read_row(
    table: Table, number: int, cells: Sequence[Cell], columns: Sequence[Column]
) -> tuple[dict[str, Any], list[Fault]]:
    """The values of a row by key, and its faults; a faulty cell has no value."""
    values: dict[str, Any] = {}
    faults = []
    for column in columns:
        place = table.places.get(column.key)
        if place is None:
            continue
        cell = cells[place] if place < len(cells) else None
        try:
            if isinstance(cell, str) and cell in ERRORS:
                raise Invalid(
                    _("The formula in this cell fails. Write the value itself.")
                )
            values[column.key] = column.read(cell)
        except Invalid as error:
            faults.append(Fault(number, column.heading, show(cell), str(error)))
    return values, faults


def _best(sheet: Sheet, columns: Sequence[Column]) -> Table | None:
    tables = [
        Table(sheet, index + 1, _places(_labels(sheet.rows, index), columns))
        for index in range(min(len(sheet.rows), DEEPEST_HEADING))
    ]
    # The first of equals: below it an empty row would borrow the same labels.
    best = max(tables, key=lambda table: len(table.places), default=None)
    return best if best and len(best.places) >= FEWEST_HEADINGS else None


def _labels(rows: list[list[Cell]], index: int) -> list[str]:
    # A heading in two rows: the lower one has the names under a common title,
    # the upper one those that stand alone.
    above = rows[index - 1] if index else []
    labels = []
    for place, cell in enumerate(rows[index]):
        if cell is None and place < len(above):
            cell = above[place]
        labels.append(plain(cell) if isinstance(cell, str) else "")
    return labels


def _places(labels: list[str], columns: Sequence[Column]) -> dict[str, int]:
    places = {}
    for column in columns:
        for place, label in enumerate(labels):
            if column.is_called(label):
                places[column.key] = place
                break
    return places


def _faults(table: Table, columns: Sequence[Column]) -> list[Fault]:
    labels = _labels(table.sheet.rows, table.heading_row - 1)
    row, faults = table.heading_row, []
    for column in columns:
        places = [p for p, label in enumerate(labels) if column.is_called(label)]
        # Neighbours under one heading are one merged cell.
        if [p for p in places if p - 1 not in places][1:]:
            sentence = _("Two columns have this heading. Rename or remove one.")
            faults.append(Fault(row, column.heading, "", sentence))
        elif column.is_required and not places:
            sentence = _("This column is missing. Add it with this heading.")
            faults.append(Fault(row, column.heading, "", sentence))
    return faults
