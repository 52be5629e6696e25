"""How large sheets are printed: on A4 across, in letters that can still be read.

A sheet of many columns is not squeezed onto one page: it goes over several, side by
side, with its heading rows on top and its first columns at the left of each.
"""

from collections.abc import Iterable, Sequence

from xlsxwriter.worksheet import Worksheet

from postal_tthc.lib.text_width import count_lines
from postal_tthc.lib.workbooks import (
    A4_LONG,
    FONT,
    HIGHEST_ROW,
    LINE_HEIGHT,
    ROW_PADDING,
    SAFETY,
    Margins,
)

A4 = 9  # as Excel numbers papers
SIZE = 11  # points, of the cells
# A column of ``n`` digits is 7n + 5 pixels wide in a font of that size.
PIXEL_MM = 25.4 / 96
DIGIT_MM, PADDING_MM = 7 * PIXEL_MM, 5 * PIXEL_MM
LIST_MARGINS = Margins(top=15, right=10, bottom=15, left=10)
SMALLEST = 0.58  # of the size on the screen: letters of 6.4 points
SCALES = range(58, 101)  # percent, once one page is not enough
SURELY = 0.94  # of a page: LibreOffice draws the same columns 5% wider than Excel


def column_mm(width: float) -> float:
    """How wide a column of so many digits is."""
    return width * DIGIT_MM + PADDING_MM


def fits_one_page(widths: Iterable[float], margins: Margins = LIST_MARGINS) -> bool:
    """Whether these columns can be read when they are fitted to one page across."""
    room = A4_LONG - margins.left - margins.right
    return sum(map(column_mm, widths)) * SMALLEST <= room


def scale_over_pages(
    widths: Sequence[float], left: int = 1, margins: Margins = LIST_MARGINS
) -> int:
    """The largest size, in percent, that takes no more pages than the smallest."""
    fewest = _pages_across(widths, left, margins, SCALES[0])
    return max(x for x in SCALES if _pages_across(widths, left, margins, x) <= fewest)


def _pages_across(
    widths: Sequence[float], left: int, margins: Margins, scale: int
) -> int:
    """Over how many pages the columns go, the first ``left`` of them on each."""
    page = (A4_LONG - margins.left - margins.right) * SURELY * 100 / scale
    held = sum(map(column_mm, widths[:left]))
    pages, used = 1, held
    for wide in map(column_mm, widths[left:]):
        if used + wide > page and used > held:
            pages, used = pages + 1, held
        used += wide
    return pages


def lines_in(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column of ``width`` digits."""
    return count_lines(text, width * DIGIT_MM * SAFETY, SIZE, bold=bold)


def height_of(lines: int) -> float:
    """The height of a row of so many lines, in points."""
    return min(lines * SIZE * LINE_HEIGHT + ROW_PADDING, HIGHEST_ROW)


def set_up(
    sheet: Worksheet,
    widths: Sequence[float],
    *,
    margins: Margins = LIST_MARGINS,
    head: tuple[int, int] = (0, 0),
    left: int = 1,
    is_form: bool = False,
) -> None:
    """Say how the sheet is printed.

    ``head`` are the first and last row repeated on top, from 0; ``left`` is how
    many columns are repeated where the sheet goes over several pages across.
    An official form is whole, however small, and has boxes of its own; elsewhere
    the lines between the cells are printed.
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.repeat_rows(*head)
    if not is_form:
        sheet.hide_gridlines(0)
    if is_form or fits_one_page(widths, margins):
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(scale_over_pages(widths, left, margins))
        sheet.repeat_columns(0, left - 1)
        sheet.print_across()  # the pages of the same rows follow each other
    sheet.set_margins(
        left=margins.left / 25.4,
        right=margins.right / 25.4,
        top=margins.top / 25.4,
        bottom=margins.bottom / 25.4,
    )
    sheet.set_header(f'&C&"{FONT},Regular"&13&P', {"margin": margins.top / 2 / 25.4})
