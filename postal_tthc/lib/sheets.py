"""Reads the sheets of a workbook (.xlsx) that somebody sent, safely."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import BinaryIO
from zipfile import ZipFile

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from postal_tthc.errors import Invalid
from postal_tthc.lib.grids import Limits, too_many_cells
from postal_tthc.lib.packages import not_a_workbook, repack
from postal_tthc.lib.vietnamese import write_date

MAX_SHEETS = 50
MAX_CELLS = 5_000_000  # of all sheets, empty ones between others included
# What Excel shows in a cell whose formula has no answer.
ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!"}
)

# A workbook from an old Mac counts its days from 1904.
FROM_1904 = re.compile(
    rb"<(?:\w+:)?workbookPr\s[^>]*\bdate1904\s*=\s*[\"'](?:1|true)[\"']"
)

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Sheet:
    """One visible sheet; ``rows[0]`` is row 1 as Excel shows it.

    Text is composed (NFC) and without spaces around it, an empty cell is None,
    a whole number is an int, a formula is its last result, and every cell of a
    merged range holds the value that people see across it. ``counts_from_1904``
    says what numbers mean that are days without looking so.
    """

    name: str
    rows: list[list[Cell]]
    counts_from_1904: bool = False


def read_workbook(
    file: BinaryIO, *, name: str, limits: Limits | None = None
) -> list[Sheet]:
    """The visible sheets of the workbook, in its order.

    ``name`` is the file's name as sent. Raises ``Invalid`` with a sentence for the
    person who sent it when the file cannot or should not be read.
    """
    package = repack(file, name=name, limits=limits or Limits())
    with ZipFile(package) as parts:
        from_1904 = bool(FROM_1904.search(parts.read("xl/workbook.xml")))
    package.seek(0)
    try:
        with CalamineWorkbook.from_filelike(package) as workbook:
            return read_sheets(workbook, counts_from_1904=from_1904)
    except CalamineError as error:
        raise Invalid(not_a_workbook()) from error
    except BaseException as error:
        # The reader is Rust; its panic is no Exception, and not ours to die of.
        if type(error).__name__ == "PanicException":
            raise Invalid(not_a_workbook()) from error
        raise


def show(cell: Cell) -> str:
    """The cell as its owner would read it out, at most 200 letters."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case datetime() | date():
            return write_date(cell)
        case float():
            return f"{cell}".replace(".", ",")
    text = str(cell)
    return text if len(text) <= 200 else f"{text[:199]}…"


def read_sheets(
    workbook: CalamineWorkbook, *, counts_from_1904: bool = False
) -> list[Sheet]:
    """The visible sheets of a workbook that has been measured. Raises ``Invalid``."""
    shown = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
        and sheet.visible == SheetVisibleEnum.Visible
    ]
    if len(shown) > MAX_SHEETS:
        raise Invalid(
            _("The workbook has more than %(limit)s sheets. Remove what is not needed.")
            % {"limit": MAX_SHEETS}
        )
    sheets, left = [], MAX_CELLS
    for name in shown:
        sheet = _read_sheet(workbook.get_sheet_by_name(name), counts_from_1904)
        left -= sum(len(row) for row in sheet.rows)
        if left < 0:
            raise Invalid(too_many_cells())
        sheets.append(sheet)
    return sheets


def _read_sheet(sheet: CalamineSheet, counts_from_1904: bool) -> Sheet:
    rows = [
        [_clean(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)
    ]
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    return Sheet(unicodedata.normalize("NFC", sheet.name), rows, counts_from_1904)


def _clean(cell: Cell) -> Cell:
    if isinstance(cell, str):
        text = unicodedata.normalize("NFC", cell.replace("\r\n", "\n"))
        return text.strip() or None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def _fill_merged(
    rows: list[list[Cell]],
    ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    # Ranges do not overlap in Excel; a file where they do could go on for ever.
    left = sum(len(row) for row in rows)
    for (top, first), (bottom, last) in ranges:
        bottom = min(bottom, len(rows) - 1)
        for row in rows[top : bottom + 1]:
            width = min(last + 1, len(row)) - first
            if width < 1:
                break
            left -= width
            if left < 0:
                raise Invalid(not_a_workbook())
            row[first : first + width] = [rows[top][first]] * width
