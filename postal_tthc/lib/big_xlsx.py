"""Tables as .xlsx, row by row: XlsxWriter keeps one row in memory."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from postal_tthc.lib.big_tables import (
    Cell,
    Kind,
    Line,
    Row,
    Table,
    begins_a_formula,
    text_of,
)
from postal_tthc.lib.printed_sheets import SIZE, height_of, lines_in, set_up
from postal_tthc.lib.workbooks import COUNT_FORMAT, DATE_FORMAT, FONT

LONGEST_NAME = 31  # of a sheet
# Longer lists are not for printing, and looking at every text of them takes time.
MEASURED_ROWS = 20_000
SURELY_FITS = 0.7  # of a column's digits: that many letters need no measuring
BOXED = {"border": 1, "border_color": "#808080"}
HEAD = {
    "bold": True,
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
    "bg_color": "#E8EEF0",
    **BOXED,
}


class _Looks:
    """The formats of a file, made once."""

    def __init__(self, book: Workbook, *, boxed: bool) -> None:
        box = BOXED if boxed else {}
        text: dict[str, Any] = {"valign": "top", "text_wrap": True, **box}
        self.head: Format = book.add_format(HEAD)
        self.text: Format = book.add_format(text)
        # Shown as it is, and text still when somebody edits the cell.
        self.quoted: Format = book.add_format({**text, "quote_prefix": True})
        money = {"valign": "top", "num_format": COUNT_FORMAT, **box}
        # In the middle: at the right it would stick to the text of the next column.
        centred = COUNT_FORMAT.removesuffix("_)")
        count = {"valign": "top", "num_format": centred, "align": "center", **box}
        day = {"valign": "top", "num_format": DATE_FORMAT, "align": "center", **box}
        moment = {**day, "num_format": f"{DATE_FORMAT} hh:mm"}
        self.count: Format = book.add_format(count)
        self.money: Format = book.add_format(money)
        self.day: Format = book.add_format(day)
        self.moment: Format = book.add_format(moment)
        self._book = book

    def of_line(self, line: Line) -> Format:
        return self._book.add_format(
            {
                "bold": line.is_bold,
                "italic": line.is_italic,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
            }
        )

    def of_number(self, kind: Kind) -> Format:
        return self.money if kind == Kind.MONEY else self.count


def write(table: Table, rows: Iterator[Row], path: Path) -> None:
    """Write the file; a text is always written as text."""
    options = {
        "constant_memory": True,
        "default_format_properties": {"font_name": FONT, "font_size": SIZE},
    }
    with Workbook(str(path), options) as book:
        book.set_properties({"title": table.title, "author": table.author})
        sheet = book.add_worksheet(table.name[:LONGEST_NAME])
        looks = _Looks(book, boxed=table.is_form)
        first, last = _write_head(sheet, table, looks)
        _lay_out(sheet, table, first, last)
        number = last
        for number, row in enumerate(rows, start=last + 1):
            is_measured = table.is_form or number - last <= MEASURED_ROWS
            if is_measured and (lines := _lines(row, table)) > 1:
                sheet.set_row(number, height_of(lines))
            for place, cell in enumerate(row):
                _put(sheet, number, place, cell, looks, table)
        if not table.is_form:
            sheet.autofilter(last, 0, max(number, last + 1), len(table.columns) - 1)


def _lines(row: Row, table: Table, *, bold: bool = False) -> int:
    """How many lines the longest of its texts takes: not every program looks."""
    return max(
        (
            lines_in(cell, column.width, bold=bold)
            for cell, column in zip(row, table.columns, strict=True)
            if isinstance(cell, str)
            and (len(cell) > column.width * SURELY_FITS or "\n" in cell)
        ),
        default=1,
    )


def _put(
    sheet: Worksheet, row: int, place: int, cell: Cell, looks: _Looks, table: Table
) -> None:
    match cell:
        case None:
            if table.is_form:
                sheet.write_blank(row, place, None, looks.text)
        case str():
            text = text_of(cell)
            look = looks.quoted if begins_a_formula(text) else looks.text
            sheet.write_string(row, place, text, look)
        case datetime():
            sheet.write_datetime(row, place, cell.replace(tzinfo=None), looks.moment)
        case date():
            sheet.write_datetime(row, place, cell, looks.day)
        case _:
            look = looks.of_number(table.columns[place].kind)
            sheet.write_number(row, place, cell, look)


def _write_head(sheet: Worksheet, table: Table, looks: _Looks) -> tuple[int, int]:
    """The lines above and the head; the first and last row of the head, from 0."""
    row, last_column = 0, len(table.columns) - 1
    for line in table.above:
        look, split = looks.of_line(line), table.split()
        if line.right:
            _over(sheet, row, 0, split - 1, line.left, look)
            _over(sheet, row, split, last_column, line.right, look)
        else:
            _over(sheet, row, 0, last_column, line.left, look)
        row += 1
    first = row
    if table.has_groups:
        for place, width, words in table.heads():
            _over(sheet, row, place, place + width - 1, words, looks.head)
        row += 1
    headings = [column.heading for column in table.columns]
    deep = _lines(headings, table, bold=True)
    sheet.set_row(row, height_of(deep))
    for place, column in enumerate(table.columns):
        if table.has_groups and not column.group:
            sheet.write_blank(row, place, None, looks.head)
            # Not merge_range: it would go back to the row before, which is written.
            sheet.merge.append([row - 1, place, row, place])
        else:
            sheet.write_string(row, place, column.heading, looks.head)
    if table.is_form:
        row += 1
        for place in range(len(table.columns)):
            sheet.write_string(row, place, f"({place + 1})", looks.head)
    return first, row


def _over(
    sheet: Worksheet, row: int, first: int, last: int, words: str, look: Format
) -> None:
    sheet.write_string(row, first, words, look)
    for place in range(first + 1, last + 1):
        sheet.write_blank(row, place, None, look)
    if last > first:
        sheet.merge.append([row, first, row, last])


def _lay_out(sheet: Worksheet, table: Table, first: int, last: int) -> None:
    for place, column in enumerate(table.columns):
        hidden = {"hidden": True} if column.is_hidden else {}
        sheet.set_column(place, place, column.width, None, hidden)
    sheet.freeze_panes(last + 1, table.held_columns)
    set_up(
        sheet,
        table.widths,
        margins=table.margins,
        head=(first, last),
        is_form=table.is_form,
    )
