"""Reads a return that came back: its lines, whom it says it is from, every fault.

Nothing is mended silently. A number that is not plainly a number is a fault, for a
wrong guess here would be a wrong figure of the province.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from postal_tthc.lib.grids import Limits
from postal_tthc.lib.packages import repack
from postal_tthc.lib.sheets import Cell, Sheet, read_workbook, show
from postal_tthc.lib.tables import (
    Column,
    Fault,
    Table,
    find_table,
    is_total,
    read_row,
)
from postal_tthc.lib.vietnamese import fold
from reports.consolidation import form
from reports.consolidation.columns import FIELD, HEADINGS, OWN_COLUMNS, SHARED_COLUMNS

# A return has a row per field of administration; nobody has hundreds.
LIMITS = Limits(rows=1_000, columns=60, text=500_000)


@dataclass(frozen=True)
class ReadLine:
    """A row as read. ``values`` lacks empty cells and those with a fault."""

    row: int
    values: dict[str, Any]
    is_faulty: bool = False

    @property
    def name(self) -> str:
        """The field of administration; empty when it could not be read."""
        return str(self.values.get(FIELD, ""))


@dataclass(frozen=True)
class ReadTable:
    """A table as read: its lines, and its row of totals (0 when there is none)."""

    sheet: str
    columns: tuple[Column, ...]
    lines: tuple[ReadLine, ...] = ()
    total_row: int = 0
    totals: dict[str, Cell] = field(default_factory=dict)
    is_found: bool = False

    def heading(self, name: str) -> str:
        """A column as a fault names it; the second sheet is named with it."""
        heading = HEADINGS[name]
        is_first = self.sheet == form.OWN_SHEET
        return heading if is_first else f"{self.sheet} – {heading}"


@dataclass(frozen=True)
class Reading:
    """What a file says. ``said`` holds the cells above the table, by their labels."""

    own: ReadTable
    shared: ReadTable
    said: dict[str, str]
    faults: tuple[Fault, ...] = ()


def read(content: bytes, *, name: str) -> Reading:
    """The return in the bytes of a file that somebody sent under ``name``.

    Raises ``Invalid`` with a sentence when it cannot be opened as a workbook.
    """
    # Measured once; afterwards only the measured copy is opened.
    package = repack(BytesIO(content), name=name, limits=LIMITS).getvalue()
    sheets = read_workbook(BytesIO(package), name=name, limits=LIMITS)
    merged = _merged(package)
    faults: list[Fault] = []
    tables = [
        _table(sheets, title, columns, merged, faults)
        for title, columns in (
            (form.OWN_SHEET, OWN_COLUMNS),
            (form.SHARED_SHEET, SHARED_COLUMNS),
        )
    ]
    own = _sheet(sheets, form.OWN_SHEET)
    said = _said(own) if own else {}
    return Reading(tables[0], tables[1], said, tuple(faults))


def _merged(package: bytes) -> dict[str, list[tuple[int, int, int, int]]]:
    """Merged ranges of each sheet: top, left, bottom, right, from 0."""
    with CalamineWorkbook.from_filelike(BytesIO(package)) as workbook:
        return {
            fold(name): [
                (top, left, bottom, right)
                for (top, left), (bottom, right) in workbook.get_sheet_by_name(
                    name
                ).merged_cell_ranges
                or []
            ]
            for name in workbook.sheet_names
        }


def _sheet(sheets: Sequence[Sheet], title: str) -> Sheet | None:
    return next((x for x in sheets if fold(x.name) == fold(title)), None)


def _table(
    sheets: Sequence[Sheet],
    title: str,
    columns: tuple[Column, ...],
    merged: dict[str, list[tuple[int, int, int, int]]],
    faults: list[Fault],
) -> ReadTable:
    nothing = ReadTable(title, columns)
    sheet = _sheet(sheets, title)
    if sheet is None:
        sentence = _(
            "The sheet “%(name)s” is missing. Fill in the blank form for this "
            "organisation and period, and keep its sheets."
        ) % {"name": title}
        faults.append(Fault(0, "", "", sentence))
        return nothing
    table, found = find_table([sheet], columns)
    faults += [Fault(x.row, _on(title, x.heading), x.value, x.sentence) for x in found]
    if table is None or found:
        return nothing
    knots = _knots(table, nothing, merged[fold(title)])
    faults += knots
    return nothing if knots else _rows(table, nothing, faults)


def _on(title: str, heading: str) -> str:
    if title == form.OWN_SHEET:
        return heading
    return " – ".join(part for part in (title, heading) if part)


def _knots(
    table: Table, read_table: ReadTable, ranges: list[tuple[int, int, int, int]]
) -> list[Fault]:
    """Merged cells in the table: nobody can say which row their number is of."""
    names = {place: name for name, place in table.places.items()}
    faults = []
    for top, left, bottom, right in sorted(ranges):
        if bottom + 1 < table.heading_row or left > max(names):
            continue
        touched = [
            read_table.heading(names[x]) for x in range(left, right + 1) if x in names
        ]
        first = f"{get_column_letter(left + 1)}{top + 1}"
        last = f"{get_column_letter(right + 1)}{bottom + 1}"
        rows = table.sheet.rows
        value = (
            show(rows[top][left]) if top < len(rows) and left < len(rows[top]) else ""
        )
        sentence = _(
            "The cells %(cells)s are merged. Unmerge them and write a number in each."
        ) % {"cells": f"{first}:{last}"}
        faults.append(Fault(top + 1, "; ".join(touched[:2]), value, sentence))
    return faults


def _rows(table: Table, read_table: ReadTable, faults: list[Fault]) -> ReadTable:
    columns, lines = read_table.columns, []
    for number, cells in table.rows():
        if all(_cell(cells, table.places[x.key]) is None for x in columns):
            continue
        values, found = read_row(table, number, cells, columns)
        faults += [
            Fault(x.row, _on(read_table.sheet, x.heading), x.value, x.sentence)
            for x in found
        ]
        empty = [x.key for x in columns if x.key in values and values[x.key] is None]
        if empty:
            faults.append(_empty(read_table, number, values, empty))
        kept = {key: value for key, value in values.items() if value is not None}
        lines.append(ReadLine(number, kept, is_faulty=bool(found)))
    totals = _totals(table)
    if len(totals) > 1:
        sentence = _("The table has several rows of totals. Keep the last one.")
        faults.append(Fault(totals[1][0], _on(read_table.sheet, ""), "", sentence))
    row, cells = totals[-1] if totals else (0, [])
    return ReadTable(
        read_table.sheet,
        columns,
        tuple(lines),
        row,
        {x.key: _cell(cells, table.places[x.key]) for x in columns if x.key != FIELD},
        is_found=True,
    )


def _empty(
    table: ReadTable, row: int, values: dict[str, Any], empty: list[str]
) -> Fault:
    """One fault for all empty cells of a row."""
    name = str(values.get(FIELD, ""))
    if len(empty) == len(table.columns) - 1:
        sentence = _(
            "This row has no numbers. Write 0 where there is nothing, or empty the "
            "field. Numbers you see are formulas whose results were not stored: open "
            "the file in Excel and save it."
        )
        return Fault(row, table.heading(FIELD), name, sentence)
    sentence = _(
        "These cells are empty. Write a number, 0 where there is nothing. A cell that "
        "shows a number holds a formula whose result was not stored: open the file in "
        "Excel and save it."
    )
    return Fault(row, "; ".join(table.heading(x) for x in empty), name, sentence)


def _totals(table: Table) -> list[tuple[int, list[Cell]]]:
    below = table.sheet.rows[table.heading_row :]
    return [
        (number, cells)
        for number, cells in enumerate(below, table.heading_row + 1)
        if is_total(cells)
    ]


def _cell(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _said(sheet: Sheet) -> dict[str, str]:
    """What stands beside the labels of the head."""
    said: dict[str, str] = {}
    labels = {fold(x): x for x in (form.ORGANISATION, form.SYMBOL, form.PERIOD)}
    for cells in sheet.rows[: form.HEAD_ROW + 4]:
        for place, cell in enumerate(cells):
            label = labels.get(fold(cell)) if isinstance(cell, str) else None
            if label and label not in said:
                beside = [x for x in cells[place + 1 :] if x is not None]
                said[label] = show(beside[0]) if beside else ""
    return said
