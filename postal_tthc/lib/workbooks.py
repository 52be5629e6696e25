"""Writing workbooks that people open in Excel or LibreOffice and print on A4.

Text stays text whatever it begins with; a formula carries its value, so that
previews and Excel's protected view show it before anything is recalculated.
"""

import re
import unicodedata
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from shutil import copyfileobj
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from postal_tthc.lib.text_width import count_lines

FONT = "Times New Roman"
DEFAULT_SIZE = 12  # points; a digit of it is 8 pixels wide, the unit of widths
MM_PER_WIDTH = 8 / 96 * 25.4
CELL_PADDING_MM = 2
INDENT_MM = 3.3
SAFETY = 0.97  # no two programs break lines alike
LINE_HEIGHT = 1.25  # of the font size
ROW_PADDING = 2  # points
HIGHEST_ROW = 409  # points, in Excel and in LibreOffice
PALE = "8C8C8C"
LONGEST_TEXT = 32_767
A4_SHORT, A4_LONG = 210, 297  # millimetres

# 42A is Vietnamese: 1.234 and 10,85%; "_)" leaves the room of a bracket.
COUNT_FORMAT = "[$-42A]#,##0_)"
PERCENT_FORMAT = "[$-42A]0.00%_);[$-42A]-0.00%_);[$-42A]0.00%_);@_)"  # text is a dash
DATE_FORMAT = "dd/mm/yyyy"

Value = str | int | Decimal


@dataclass(frozen=True)
class Margins:
    """Of a printed page, in millimetres."""

    top: int
    right: int
    bottom: int
    left: int


# NĐ 30/2020/NĐ-CP, Phụ lục I: top and bottom 20-25, left 30-35, right 15-20.
OFFICIAL_MARGINS = Margins(top=20, right=15, bottom=20, left=30)


@dataclass(frozen=True)
class Look:
    """How a cell looks. Sizes in points, colours as RRGGBB."""

    size: float = DEFAULT_SIZE
    bold: bool = False
    italic: bool = False
    across: str = "left"
    down: str = "center"
    wrap: bool = True
    indent: int = 0
    boxed: bool = False
    fill: str = ""
    colour: str = "000000"
    number_format: str = "General"


def clean_text(text: str) -> str:
    """The text without what a workbook cannot hold, cut to what a cell holds."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    # Lone surrogates and non-characters are as illegal in XML as control codes.
    text = re.sub(
        r"[\ud800-\udfff\ufffe\uffff]", "", ILLEGAL_CHARACTERS_RE.sub("", text)
    )
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def printable_width(*, landscape: bool) -> int:
    """Millimetres between the official margins of an A4 page."""
    page = A4_LONG if landscape else A4_SHORT
    return page - OFFICIAL_MARGINS.left - OFFICIAL_MARGINS.right


class Sheet:
    """One sheet being written; rows and columns count from 1."""

    def __init__(
        self, book: "Book", sheet: Worksheet, widths_mm: Sequence[float]
    ) -> None:
        self.book = book
        self.sheet = sheet
        self.widths_mm = widths_mm
        self._computed: dict[str, Value] = {}
        self._heights: dict[int, float] = {}
        for column, width in enumerate(widths_mm, start=1):
            letter = get_column_letter(column)
            sheet.column_dimensions[letter].width = width / MM_PER_WIDTH

    @property
    def columns(self) -> int:
        """How many columns were given a width."""
        return len(self.widths_mm)

    def text(
        self,
        row: int,
        column: int,
        text: str,
        look: Look,
        over: int = 1,
        deep: int = 1,
    ) -> Cell:
        """Write text in a row high enough; ``over`` columns and ``deep`` rows merge."""
        cell = self._cell(row, column, look, over, deep)
        cell.value = text = clean_text(text)
        # After the value: openpyxl takes «=1+1» for a formula, «#N/A» for an error.
        cell.data_type = "s"
        if text.startswith(("=", "+", "-", "@", "\t")):
            cell._style = copy(cell._style)  # the others share theirs
            cell.quotePrefix = True
        if deep == 1:
            self._make_room(row, column, text, look, over)
        return cell

    def number(self, row: int, column: int, number: int, look: Look) -> Cell:
        """Write a number."""
        cell = self._cell(row, column, look)
        cell.value = number
        return cell

    def date(self, row: int, column: int, day: date | None, look: Look) -> Cell:
        """Write a day; None leaves the cell empty."""
        cell = self._cell(row, column, look)
        cell.value = day
        return cell

    def formula(
        self,
        row: int,
        column: int,
        formula: str,
        value: Value,
        look: Look,
        over: int = 1,
    ) -> Cell:
        """Write a live formula beside the value it has now."""
        cell = self._cell(row, column, look, over)
        cell.value = formula
        self._computed[cell.coordinate] = value
        return cell

    def height(self, row: int, points: float) -> None:
        """Make a row exactly this high."""
        self.sheet.row_dimensions[row].height = points
        self._heights[row] = points

    def reference(self, row: int, column: int) -> str:
        """The address of a cell for a formula on another sheet."""
        name = quote_sheetname(self.sheet.title)
        return f"{name}!{address(row, column)}"

    def repeat_rows(self, first: int, last: int) -> None:
        """Print these rows on top of every page."""
        self.sheet.print_title_rows = f"{first}:{last}"

    def freeze(self, row: int, column: int) -> None:
        """Keep what is above and left of this cell on the screen."""
        self.sheet.freeze_panes = address(row, column)

    def filter(self, head: int, last: int) -> None:
        """Put a filter on the head of a table that ends in row ``last``."""
        self.sheet.auto_filter.ref = f"A{head}:{address(last, self.columns)}"

    def pale_zeros(self, first: str, last: str) -> None:
        """Grey the zeros between two cells, so that the other numbers are seen."""
        pale = CellIsRule(operator="equal", formula=["0"], font=Font(color=PALE))
        self.sheet.conditional_formatting.add(f"{first}:{last}", pale)

    def break_before(self, row: int) -> None:
        """Begin a new page with this row."""
        self.sheet.row_breaks.append(Break(id=row - 1))

    def print_rows(self, last: int) -> None:
        """Print rows 1 to ``last``, empty ones too, in the columns with a width."""
        self.sheet.print_area = f"A1:{address(last, self.columns)}"

    def print_on_one_page(self, last: int) -> None:
        """Print rows 1 to ``last`` on one page."""
        self.print_rows(last)
        self.sheet.page_setup.fitToHeight = 1

    @property
    def has_formulas(self) -> bool:
        """Whether ``with_values`` has anything to do."""
        return bool(self._computed)

    def with_values(self, xml: str) -> str:
        """The XML of the sheet with the value beside every formula."""

        def fill(match: re.Match[str]) -> str:
            coordinate, style, formula = match.groups()
            value = self._computed[coordinate]
            if isinstance(value, str):
                return (
                    f'<c r="{coordinate}"{style} t="str">{formula}'
                    f"<v>{escape(value)}</v></c>"
                )
            return f'<c r="{coordinate}"{style}>{formula}<v>{value}</v></c>'

        return EMPTY_FORMULA.sub(fill, xml)

    def _cell(
        self, row: int, column: int, look: Look, over: int = 1, deep: int = 1
    ) -> Cell:
        style = self.book.style(look)
        first = self.sheet.cell(row, column)
        if over > 1 or deep > 1:
            last = address(row + deep - 1, column + over - 1)
            self.sheet.merge_cells(f"{first.coordinate}:{last}")
        # After merging, which takes the inner borders away; the box needs them.
        for down in range(row, row + deep):
            for across in range(column, column + over):
                self.sheet.cell(down, across)._style = style
        return first

    def _make_room(
        self, row: int, column: int, text: str, look: Look, over: int
    ) -> None:
        lines = 1
        if look.wrap:
            room = sum(self.widths_mm[column - 1 : column - 1 + over])
            room -= CELL_PADDING_MM + INDENT_MM * look.indent
            lines = count_lines(text, room * SAFETY, look.size, bold=look.bold)
        needed = lines * look.size * LINE_HEIGHT + ROW_PADDING
        if needed > self._heights.get(row, 0):
            self.height(row, min(round(needed, 1), HIGHEST_ROW))


EMPTY_FORMULA = re.compile(
    r'<c r="([A-Z]+\d+)"((?: s="\d+")?)>(<f>[^<]*</f>)<v\s*(?:/>|></v>)</c>'
)


class Book:
    """A workbook being written, in Times New Roman on A4."""

    def __init__(self, *, title: str, author: str) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self.workbook.properties.title = clean_text(title)
        self.workbook.properties.creator = clean_text(author)
        # Column widths are counted in digits of the font of the first style.
        font = Font(name=FONT, size=DEFAULT_SIZE)
        self.workbook._fonts = IndexedList([font])
        self.workbook._named_styles["Normal"].font = font
        self.workbook.calculation.fullCalcOnLoad = True
        self._sheets: list[Sheet] = []
        self._styles: dict[Look, StyleArray] = {}

    def sheet(
        self,
        name: str,
        widths_mm: Sequence[float],
        *,
        landscape: bool = False,
        numbered_from: int = 1,
    ) -> Sheet:
        """A new sheet, one page wide on paper.

        Its pages are numbered in the middle of the top margin (NĐ 30/2020, Phụ
        lục I) from page ``numbered_from`` on, which is 1 or 2.
        """
        sheet = self.workbook.create_sheet(name)
        sheet.sheet_view.showGridLines = False
        page = sheet.page_setup
        page.paperSize = sheet.PAPERSIZE_A4
        page.orientation = "landscape" if landscape else "portrait"
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        page.fitToWidth, page.fitToHeight = 1, 0
        for side in ("top", "right", "bottom", "left"):
            inches = getattr(OFFICIAL_MARGINS, side) / 25.4
            setattr(sheet.page_margins, side, inches)
        sheet.page_margins.header = sheet.page_margins.footer = 10 / 25.4
        sheet.print_options.horizontalCentered = True
        sheet.oddHeader.center.text = "&P"
        sheet.oddHeader.center.font = f"{FONT},Regular"
        sheet.oddHeader.center.size = 13
        sheet.HeaderFooter.differentFirst = numbered_from > 1
        made = Sheet(self, sheet, widths_mm)
        self._sheets.append(made)
        return made

    def style(self, look: Look) -> StyleArray:
        """The style of a look, made once: making one is slow."""
        if look not in self._styles:
            cell = Cell(self.workbook.worksheets[0])
            cell.font = Font(
                name=FONT,
                size=look.size,
                bold=look.bold,
                italic=look.italic,
                color=look.colour,
            )
            cell.alignment = Alignment(
                horizontal=look.across,
                vertical=look.down,
                wrap_text=look.wrap,
                indent=look.indent,
            )
            if look.boxed:
                line = Side(style="thin", color="808080")
                cell.border = Border(left=line, right=line, top=line, bottom=line)
            if look.fill:
                cell.fill = PatternFill("solid", start_color=look.fill)
            cell.number_format = look.number_format
            self._styles[look] = cell._style
        return self._styles[look]

    def to_bytes(self) -> bytes:
        """The finished .xlsx file."""
        plain = BytesIO()
        self.workbook.save(plain)
        finished = BytesIO()
        calculated = {
            f"xl/worksheets/sheet{number}.xml": sheet
            for number, sheet in enumerate(self._sheets, start=1)
            if sheet.has_formulas
        }
        with (
            ZipFile(plain) as source,
            ZipFile(finished, "w", ZIP_DEFLATED) as target,
        ):
            for part in source.infolist():
                if sheet := calculated.get(part.filename):
                    xml = sheet.with_values(source.read(part).decode())
                    target.writestr(part, xml)
                else:
                    # In pieces: a list of dossiers may be long.
                    with source.open(part) as old, target.open(part, "w") as new:
                        copyfileobj(old, new)
        return finished.getvalue()


def address(row: int, column: int) -> str:
    """``F12`` for row 12, column 6."""
    return f"{get_column_letter(column)}{row}"
