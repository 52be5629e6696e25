"""The faulty rows of a file as a workbook of their own, each with its reasons."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from postal_tthc.lib import printed_sheets as printed
from postal_tthc.lib.sheets import Cell, Sheet
from postal_tthc.lib.tables import Fault
from postal_tthc.lib.workbooks import DATE_FORMAT, FONT, clean_text

REASON = "Lý do chưa nhập được"
REASON_WIDTH = 46  # digits, as all widths here
NARROWEST, WIDEST = 8, 30
DAY_WIDTH = 12
LOOKED_AT = 300  # rows, when it is asked how wide their columns must be


class _Looks(NamedTuple):
    """The formats of the cells."""

    text: Format
    number: Format
    day: Format


def reasons(faults: Sequence[Fault]) -> dict[int, str]:
    """What is wrong with each row, in one text."""
    told: dict[int, list[str]] = {}
    for fault in faults:
        where = f"{fault.heading}: " if fault.heading else ""
        told.setdefault(fault.row, []).append(f"{where}{fault.sentence}")
    return {row: "\n".join(sentences) for row, sentences in told.items()}


def workbook(sheet: Sheet, heading_row: int, told: Mapping[int, str]) -> bytes:
    """The headings and the rows of ``told``, as they were sent, and the reason first.

    ``told`` maps rows, as Excel counts them, to reasons. Mended, the file can be
    imported as it is: its headings stand in the first row.
    """
    content = BytesIO()
    book = xlsxwriter.Workbook(
        content,
        {
            "in_memory": True,
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {
                "font_name": FONT,
                "font_size": printed.SIZE,
                "valign": "top",
            },
            # Days that look like numbers are written as they came.
            "date_1904": sheet.counts_from_1904,
        },
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    looks = _Looks(
        book.add_format({"text_wrap": True}),
        book.add_format({"align": "center"}),
        book.add_format({"align": "center", "num_format": DATE_FORMAT}),
    )
    heads = _Looks(bold, bold, looks.day)
    page = book.add_worksheet("Dòng có lỗi")
    rows = [(told[row], *_sent(sheet, heading_row, row)) for row in sorted(told) if row]
    head = (REASON, *_headings(sheet, heading_row))
    widths = _widths(head, rows)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    page.freeze_panes(1, 1)
    # The reason, and what is most often the code or the number of the row.
    printed.set_up(page, widths, left=min(2, len(widths)))
    for number, cells in enumerate((head, *rows)):
        # Not every program looks how high a row must be.
        deep = max(
            _lines(x, y, not number) for x, y in zip(cells, widths, strict=False)
        )
        page.set_row(number, printed.height_of(deep))
        for place, cell in enumerate(cells):
            _write(page, number, place, cell, looks if number else heads)
    book.close()
    return content.getvalue()


def _sent(sheet: Sheet, heading_row: int, row: int) -> Sequence[Cell]:
    """The cells of a row; the headings and what is below the sheet have none."""
    return sheet.rows[row - 1] if row <= len(sheet.rows) and row != heading_row else ()


def _widths(head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """The reason's width, and of every column one that most of its cells fit into."""
    widths: list[float] = []
    for cells in (head, *rows[:LOOKED_AT]):
        widths += [NARROWEST] * (len(cells) - len(widths))
        if cells is head:
            wanted = [_wanted_by_heading(_shown(x)) for x in cells]
        else:
            wanted = [_wanted(x) for x in cells]
        for place, width in enumerate(wanted):
            widths[place] = min(max(widths[place], width), WIDEST)
    return [REASON_WIDTH, *widths[1:]]


def _wanted_by_heading(heading: str) -> float:
    """No word of it is broken, and it takes three lines or so."""
    longest = max(map(len, heading.split()), default=0)
    return max(longest, len(heading) / 3) + 3


def _wanted(cell: Cell) -> float:
    if isinstance(cell, date):
        return DAY_WIDTH
    return max(map(len, _shown(cell).split("\n"))) * 1.05 + 1


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _lines(cell: Cell, width: float, is_bold: bool) -> int:
    if not isinstance(cell, str):
        return 1
    return printed.lines_in(clean_text(cell), width, bold=is_bold)


def _headings(sheet: Sheet, heading_row: int) -> list[Cell]:
    row = sheet.rows[heading_row - 1] if heading_row else []
    above = sheet.rows[heading_row - 2] if heading_row > 1 else []
    return [
        cell if cell is not None else (above[place] if place < len(above) else None)
        for place, cell in enumerate(row)
    ]


def _write(page: Worksheet, row: int, place: int, cell: Cell, looks: _Looks) -> None:
    match cell:
        case None:
            return
        case bool():
            page.write_boolean(row, place, cell, looks.number)
        case int() | float():
            page.write_number(row, place, cell, looks.number)
        case datetime():
            page.write_datetime(row, place, cell.replace(tzinfo=None), looks.day)
        case date():
            page.write_datetime(row, place, datetime.combine(cell, time()), looks.day)
        case time() | timedelta():
            page.write_string(row, place, str(cell), looks.text)
        case _:
            page.write_string(row, place, clean_text(cell), looks.text)
