"""The blank form of a register: its headings, and on a second sheet what they mean."""

from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dossiers.spreadsheets.columns import IMPORTED
from postal_tthc.lib import printed_sheets as printed
from postal_tthc.lib.workbooks import DATE_FORMAT, FONT

GUIDE_WIDTHS = (34, 60, 34)
PRINTED_ROWS = 40  # free lines, for a pen


def blank() -> bytes:
    """The form, as .xlsx."""
    content = BytesIO()
    font = {"font_name": FONT, "font_size": printed.SIZE}
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "default_format_properties": font}
    ) as book:
        bold = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "bg_color": "#E8EEF7",
                "border": 1,
            }
        )
        day = book.add_format({"num_format": DATE_FORMAT})
        text = book.add_format({"num_format": "@"})  # keeps the zeros of phones and ids
        wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        form = book.add_worksheet("Sổ theo dõi hồ sơ")
        _write_form(form, bold, {"date": day, "text": text})
        _write_guide(book.add_worksheet("Hướng dẫn"), bold, wrap)
    return content.getvalue()


def _write_form(page: Worksheet, bold: Format, looks: dict[str, Format]) -> None:
    page.freeze_panes(1, 0)
    deep = max(printed.lines_in(x.heading, x.width, bold=True) for x in IMPORTED)
    page.set_row(0, printed.height_of(deep))
    for place, column in enumerate(IMPORTED):
        page.set_column(place, place, column.width, looks.get(column.kind))
        page.write_string(0, place, column.heading, bold)
    printed.set_up(page, [column.width for column in IMPORTED])
    page.print_area(0, 0, PRINTED_ROWS, len(IMPORTED) - 1)


def _write_guide(page: Worksheet, bold: Format, wrap: Format) -> None:
    for place, width in enumerate(GUIDE_WIDTHS):
        page.set_column(place, place, width)
    page.freeze_panes(1, 0)
    for place, words in enumerate(("Cột", "Cách ghi", "Ví dụ")):
        page.write_string(0, place, words, bold)
    for row, column in enumerate(IMPORTED, start=1):
        must = "Bắt buộc. " if column.is_required else ""
        told = (column.heading, f"{must}{column.hint}", column.example)
        deep = max(map(printed.lines_in, told, GUIDE_WIDTHS))
        page.set_row(row, printed.height_of(deep))
        for place, words in enumerate(told):
            page.write_string(row, place, words, wrap)
    printed.set_up(page, GUIDE_WIDTHS)
