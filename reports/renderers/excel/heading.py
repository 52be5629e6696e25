"""The head and the foot of the first sheet (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from dataclasses import replace

from postal_tthc.lib.text_width import width_mm
from postal_tthc.lib.workbooks import Look, Sheet
from reports.documents import TITLE, YearlyReport

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SIGNATURES = (
    ("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"),
    ("THỦ TRƯỞNG ĐƠN VỊ", "(Ký, đóng dấu, ghi rõ họ tên)"),
)
ROOM_TO_SIGN = 70  # points
RIGHT_BLOCK_MM = 100  # the name of the country on one line

UPRIGHT = Look(size=12, across="center", down="top")
BOLD = replace(UPRIGHT, bold=True)
MOTTO_LOOK = replace(BOLD, size=13)
DATE = replace(UPRIGHT, size=13, italic=True)
NUMBER = replace(UPRIGHT, size=13)
NAME_OF_PAPER = replace(BOLD, size=14)
RULE = Look(size=8, across="center", down="bottom", wrap=False)
RULE_HEIGHT = 8  # points


def write_heading(sheet: Sheet, report: YearlyReport, left: int) -> int:
    """The two blocks, the title and the abstract; the next row.

    ``left`` columns hold the agency, the others the national name.
    """
    head = report.heading
    right = sheet.columns - left
    row = 1
    if head.agency_above:
        sheet.text(row, 1, head.agency_above, UPRIGHT, over=left)
        sheet.text(row + 1, 1, head.agency, BOLD, over=left)
    else:
        sheet.text(row, 1, head.agency, BOLD, over=left)
    sheet.text(row, left + 1, COUNTRY, BOLD, over=right)
    sheet.text(row + 1, left + 1, MOTTO, MOTTO_LOOK, over=right)
    row += 2
    agency_width = min(width_mm(head.agency, 12, bold=True), 50)
    _write_rule(sheet, row, 1, agency_width / 2, over=left)
    motto_width = width_mm(MOTTO, MOTTO_LOOK.size, bold=True)
    _write_rule(sheet, row, left + 1, motto_width, over=right)
    row += 1
    sheet.text(row, 1, head.number, NUMBER, over=left)
    sheet.text(row, left + 1, head.place_and_date, DATE, over=right)
    row += 2
    sheet.text(row, 1, TITLE, NAME_OF_PAPER, over=sheet.columns)
    sheet.text(row + 1, 1, report.abstract, NAME_OF_PAPER, over=sheet.columns)
    row += 2
    _write_rule(sheet, row, 1, 50, over=sheet.columns)
    return row + 1


def write_signatures(sheet: Sheet, row: int, left: int) -> int:
    """Who made the table, and who answers for it; the last row, room to sign."""
    blocks = ((1, left), (left + 1, sheet.columns - left))
    for (column, over), (who, how) in zip(blocks, SIGNATURES, strict=True):
        sheet.text(row, column, who, BOLD, over=over)
        sheet.text(row + 1, column, how, replace(UPRIGHT, italic=True), over=over)
    sheet.height(row + 2, ROOM_TO_SIGN)
    return row + 2


def _write_rule(
    sheet: Sheet, row: int, column: int, width: float, *, over: int
) -> None:
    """A line of this width in mm, whatever the columns below it."""
    underscores = round(width / width_mm("_", RULE.size, bold=False))
    sheet.text(row, column, "_" * underscores, RULE, over=over)
    sheet.height(row, RULE_HEIGHT)
