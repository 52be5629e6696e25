"""A page of figures as a workbook: a sheet for each table, in the order of the screen."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from postal_tthc.lib.workbooks import Book, Look, Sheet, printable_width
from reports.renderers.excel.parts import (
    CENTRED,
    COUNT,
    DAY,
    HEAD,
    NOTE,
    PADDED,
    PERCENT,
    PLAIN,
    total_look,
    write_title,
)
from reports.screens import Cell, Head, Screen, Table

BELOW = replace(NOTE, across="center")
POINTS = replace(COUNT, number_format="[$-42A]+0.00;[$-42A]-0.00;[$-42A]0.00")
LOOKS: dict[str, Look] = {
    "text": PADDED,
    "count": COUNT,
    "percent": PERCENT,
    "points": POINTS,
    "dong": COUNT,
    "days": COUNT,
    "day": DAY,
}
NONE = "–"
# Millimetres: the first column names the row, the others by what stands in them.
FIRST = 74
WIDTHS = {
    "text": 46,
    "count": 23,
    "percent": 24,
    "points": 26,
    "dong": 30,
    "days": 21,
    "day": 28,
}
MANY, CLOSER = 10, 0.78  # with many columns they stand closer
LONGEST_NAME = 31  # of a sheet, in Excel
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def render(screen: Screen) -> bytes:
    """The .xlsx file of a page."""
    book = Book(title=screen.title, author=screen.organisation)
    for number, table in enumerate(screen.tables, start=1):
        _write(book, screen, table, number)
    if not screen.tables:
        _write(book, screen, Table(screen.title, (), ()), 1)
    return book.to_bytes()


def _write(book: Book, screen: Screen, table: Table, number: int) -> None:
    """A table on a sheet of its own, with what it needs to stand alone."""
    kinds = [head.kind for head in table.heads]
    widths: list[float] = [FIRST, *(WIDTHS[kind] for kind in kinds[1:])]
    if len(widths) > MANY:
        widths = [width * CLOSER for width in widths]
    landscape = sum(widths) > printable_width(landscape=False)
    if sum(widths) < printable_width(landscape=landscape):
        widths[0] = printable_width(landscape=landscape) - sum(widths[1:])
    name = NOT_IN_NAMES.sub(" ", f"{number}. {table.title}")[:LONGEST_NAME].strip()
    sheet = book.sheet(name, widths, landscape=landscape)
    write_title(sheet, table.title, screen.organisation)
    told = (screen.title, screen.period, screen.as_of)
    for row, text in enumerate(told, start=3):
        sheet.text(row, 1, text, BELOW, over=sheet.columns)
    row = 7
    for sentence in table.sentences:
        sheet.text(row, 1, sentence, PLAIN, over=sheet.columns)
        row += 1
    if table.rows:
        for column, head in enumerate(table.heads, start=1):
            sheet.text(row, column, head.label, HEAD)
        sheet.repeat_rows(row, row)
        lines = [(line, False) for line in table.lines]
        for line, is_total in [
            *lines,
            *([(table.last_line, True)] * bool(table.total)),
        ]:
            row += 1
            _write_line(sheet, row, line, is_total=is_total)
        row += 1
    elif table.empty:
        sheet.text(row, 1, table.empty, PLAIN, over=sheet.columns)
        row += 1
    if table.rule:
        sheet.text(row, 1, table.rule, NOTE, over=sheet.columns)
        row += 1
    sheet.print_rows(row - 1)


def _write_line(
    sheet: Sheet,
    row: int,
    line: Sequence[tuple[Head, Cell]],
    *,
    is_total: bool = False,
) -> None:
    for column, (head, cell) in enumerate(line, start=1):
        look = LOOKS[head.kind]
        look = total_look(look) if is_total else look
        value = cell.value
        if isinstance(value, date):
            sheet.date(row, column, value, look)
        elif isinstance(value, Decimal) and head.kind == "percent":
            # Per cent as Excel has it: a part of one.
            sheet.number(row, column, value / 100, look)  # type: ignore[arg-type]
        elif isinstance(value, int | Decimal):
            sheet.number(row, column, value, look)  # type: ignore[arg-type]
        elif value is None:
            sheet.text(row, column, NONE, replace(CENTRED, fill=look.fill))
        else:
            text = f"{value}\n{cell.small}" if cell.small else value
            sheet.text(row, column, text, look if head.kind == "text" else CENTRED)
