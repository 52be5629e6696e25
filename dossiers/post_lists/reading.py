"""Reads a list of the post (.xlsx, .xls, .ods, .csv): lines, and what is wrong with the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from dossiers.post_lists.columns import COLUMNS
from postal_tthc.errors import Invalid
from postal_tthc.lib.grids import Limits
from postal_tthc.lib.sheets import Cell, show
from postal_tthc.lib.table_files import read_table_file
from postal_tthc.lib.tables import NUMBERING, Fault, Table, find_table, plain, read_row
from postal_tthc.lib.vietnamese import tidy

MOST_ROWS = 10_000  # the verbs themselves judge them: some 30 ms each
LONGEST_HEADING = 80
LIMITS = Limits(rows=MOST_ROWS + 100, columns=100, text=20_000_000)


@dataclass(frozen=True)
class Line:
    """What one row of a list says. Empty text and None: it says nothing about it."""

    row: int
    item_number: str = ""
    code: str = ""
    posted_on: date | None = None
    status: str = ""
    status_on: date | None = None
    status_hour: time | None = None
    reason: str = ""
    place: str = ""
    delivered_to: str = ""
    postage: int | None = None
    collected: int | None = None
    remitted: int | None = None
    remitted_on: date | None = None

    @property
    def tells(self) -> bool:
        """Whether it says more than which dossier or item it means."""
        return self != Line(self.row, self.item_number, self.code)


@dataclass(frozen=True)
class Reading:
    """The lines of a list, and every fault in its cells; a faulty row has no line.

    ``unread``: the headings of the columns that hold something nobody read.
    """

    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()
    unread: tuple[str, ...] = ()


def read_list(file: BinaryIO, *, name: str) -> Reading:
    """What a file says. Raises ``Invalid`` for one that cannot or should not be read."""
    sheets = read_table_file(file, name=name, limits=LIMITS)
    table, faults = find_table(sheets, COLUMNS)
    if table is None:
        sentence = _(
            "No sheet has the headings of a list of the post. It needs at least three "
            "of these: %(headings)s."
        ) % {"headings": ", ".join(column.heading for column in COLUMNS)}
        return Reading(faults=(Fault(0, "", "", sentence),))
    if not {"item_number", "code"} & set(table.places):
        sentence = _("The list needs a column «%(number)s» or «%(code)s».") % {
            "number": COLUMNS[0].heading,
            "code": COLUMNS[1].heading,
        }
        faults.append(Fault(table.heading_row, "", "", sentence))
    if faults:
        return Reading(faults=tuple(faults))
    lines: list[Line] = []
    filled: set[int] = set()
    for number, cells in table.rows():
        values, found = read_row(table, number, cells, COLUMNS)
        if found:
            faults += found
        elif any(values.get(key) for key in ("item_number", "code")):
            day, hour = values.pop("status_at", None) or (None, None)
            hour = values.pop("hour", None) or hour
            lines.append(Line(number, **values, status_on=day, status_hour=hour))
        else:
            continue  # a remark or a signature below the list
        filled.update(_filled(table, cells))
    if len(lines) + len(faults) > MOST_ROWS:
        raise Invalid(
            _("A sheet has more than %(limit)s rows. Divide it into several files.")
            % {"limit": MOST_ROWS}
        )
    if not lines and not faults:
        sentence = _("The list is empty: no row names an item or a dossier.")
        faults.append(Fault(table.heading_row, "", "", sentence))
    return Reading(tuple(lines), tuple(faults), _unread(table, filled))


def _filled(table: Table, cells: list[Cell]) -> Iterator[int]:
    """The places of a row with a value of their own, merged cells counted once."""
    for place, cell in enumerate(cells):
        is_merged = (
            place > 0
            and cell == cells[place - 1]
            and _heading(table, place) == _heading(table, place - 1)
        )
        if cell is not None and not is_merged:
            yield place


def _heading(table: Table, place: int) -> str:
    # As tables.find_table looks for it: in its row, else in the one above.
    for row in (table.heading_row - 1, table.heading_row - 2):
        cells = table.sheet.rows[row] if row >= 0 else []
        if place < len(cells) and cells[place] is not None:
            return tidy(show(cells[place]))[:LONGEST_HEADING]
    return ""


def _unread(table: Table, filled: set[int]) -> tuple[str, ...]:
    """What the filled columns are called that mean nothing to us; by letter without
    a heading, or under the heading of a column that is read."""
    read = set(table.places.values())
    known = {_heading(table, place) for place in read}
    names = []
    for place in sorted(filled - read):
        name = _heading(table, place)
        if plain(name) in NUMBERING:
            continue
        letter = _("column %(letter)s") % {"letter": get_column_letter(place + 1)}
        if not name:
            name = letter
        elif name in known:
            name = f"{name} ({letter})"
        names.append(name)
    return tuple(dict.fromkeys(names))
