"""Writes the catalogue into a workbook (.xlsx), and the blank form of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.sheets import Cell
from postal_tthc.lib.text_width import count_lines
from postal_tthc.lib.vietnamese import write_date
from procedures.querysets import ProcedureQuerySet
from procedures.spreadsheets.columns import COLUMNS, ROW_NUMBER
from procedures.spreadsheets.lines import Line, line_of

SHEET = "Danh mục TTHC"
GUIDE = "Hướng dẫn"
TITLE = "DANH MỤC THỦ TỤC HÀNH CHÍNH"
FONT = "Times New Roman"
EDGE = Side(style="thin", color="808080")
BORDER = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
SHADE = PatternFill("solid", fgColor="E3EDEC")
BLANK_ROWS = 200
SIZE = 12  # points
LINE_HEIGHT, TALLEST = 15.75, 409  # points; Excel knows no taller row
MM_PER_PIXEL = 25.4 / 96  # a letter of a column's width is seven pixels


def blank() -> bytes:
    """The blank form: headings, cells ready for text, and a sheet of guidance."""
    workbook = Workbook()
    sheet = workbook.active
    _head(sheet, 1)
    for place, column in enumerate(COLUMNS, 1):
        if column.key != ROW_NUMBER:
            # As text, or Excel makes 1.00145 of the code 1.001450.
            for row in range(2, BLANK_ROWS + 2):
                sheet.cell(row, place).number_format = "@"
    _guide(workbook.create_sheet(GUIDE))
    return _bytes(workbook)


def export(procedures: ProcedureQuerySet, on: date) -> bytes:
    """The procedures as they stand on the day, in a form that can be loaded again."""
    versions = list(
        procedures.select_related("field", "decision", "agency").prefetch_related(
            "eligibilities", "required_papers"
        )
    )
    names = Counter(Organisation.objects.values_list("name", flat=True))
    lines = []
    for version in versions:
        agency = version.agency
        # Two communes may have one name; then the symbol tells them apart.
        is_alone = names[agency.name] == 1
        text = agency.name if is_alone else f"{agency.name} ({agency.symbol})"
        lines.append(line_of(version, on, agency=text))
    workbook = Workbook()
    sheet = workbook.active
    sheet.cell(1, 1, TITLE).font = Font(name=FONT, size=14, bold=True)
    day = sheet.cell(2, 1, f"Tính đến ngày {write_date(on)}")
    day.font = Font(name=FONT, size=SIZE, italic=True)
    _head(sheet, 4)
    _fill(sheet, 5, lines)
    return _bytes(workbook)


def _head(sheet: Worksheet, row: int) -> None:
    sheet.title = SHEET
    for place, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(row, place, column.heading)
        cell.font = Font(name=FONT, size=SIZE, bold=True)
        cell.fill, cell.border = SHADE, BORDER
        cell.alignment = Alignment("center", "center", wrap_text=True)
    sheet.freeze_panes = sheet.cell(row + 1, 4)
    sheet.print_title_rows = f"{row}:{row}"
    _fit(sheet, [column.width for column in COLUMNS], row)


def _fill(sheet: Worksheet, first: int, lines: Sequence[Line]) -> None:
    for row, line in enumerate(lines, first):
        for place, column in enumerate(COLUMNS, 1):
            is_number = column.key == ROW_NUMBER
            value = row - first + 1 if is_number else getattr(line, column.key)
            is_centred = is_number or isinstance(value, bool)
            _put(sheet.cell(row, place), column.write(value), is_centred=is_centred)
    _fit(sheet, [column.width for column in COLUMNS], first)


def _put(cell: SheetCell, value: Cell, *, is_centred: bool = False) -> None:
    cell.font, cell.border = Font(name=FONT, size=SIZE), BORDER
    cell.alignment = Alignment("center" if is_centred else None, "top", wrap_text=True)
    cell.value = value
    if isinstance(value, str):
        # Never a formula, whatever sign the text begins with.
        cell.data_type, cell.quotePrefix = "s", True
        cell.number_format = "@"
    elif isinstance(value, date):
        cell.number_format = "DD/MM/YYYY"


def _guide(sheet: Worksheet) -> None:
    rows: Iterable[tuple[str, ...]] = (
        ("Cột", "Bắt buộc", "Cách ghi", "Ví dụ"),
        *(
            (c.heading, "Có" if c.is_required else "", c.hint, c.example)
            for c in COLUMNS
        ),
    )
    for row, texts in enumerate(rows, 1):
        for place, text in enumerate(texts, 1):
            _put(sheet.cell(row, place), text)
            sheet.cell(row, place).font = Font(name=FONT, size=SIZE, bold=row == 1)
    _fit(sheet, [32, 11, 70, 50], 1)


def _fit(sheet: Worksheet, widths: Sequence[int], first: int) -> None:
    """Columns of these widths, rows from ``first`` on high enough, one page wide."""
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    rooms = [(width * 7 - 3) * MM_PER_PIXEL for width in widths]
    for cells in sheet.iter_rows(min_row=first, max_row=sheet.max_row):
        lines = max(
            count_lines(str(cell.value or ""), room, SIZE, bold=cell.font.bold)
            for cell, room in zip(cells, rooms, strict=True)
        )
        height = min(lines * LINE_HEIGHT + 2, TALLEST)
        sheet.row_dimensions[cells[0].row].height = height
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _bytes(workbook: Workbook) -> bytes:
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()
