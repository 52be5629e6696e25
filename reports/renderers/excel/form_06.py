"""The sheet of Biểu số 06/VPCP/KSTT: a row a field, and the checks of the form."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from postal_tthc.lib.workbooks import Book, Sheet, address
from reports.documents import YearlyReport
from reports.figures import Counts, FieldLine, Figures
from reports.layouts import (
    FORM_06,
    FORM_06_CHECKS,
    FORM_06_NAME,
    FORM_06_NOTES,
    FORM_06_SOURCE,
    FORM_06_TITLE,
    FORM_06_UNIT,
    TO_DO,
    FormColumn,
    form_06,
)
from reports.renderers.excel.heading import write_signatures
from reports.renderers.excel.parts import (
    BANDED,
    BOXED,
    CENTRED,
    COUNT,
    HEAD,
    NOTE,
    PADDED,
    PLAIN,
    room_for,
    total_look,
)
from reports.renderers.excel.summary import RIGHT, WRONG, mark

NUMBER_MM, FIELD_MM, COUNT_MM = 12, 62, 16
HEAD_ROW = 5
LAST = FORM_06[-1].number  # the number of a column is its place on the sheet
LEFT, RIGHT_FROM = 2, 10  # the name of the form, the agency; the title between them
SIGNED_LEFT = 6
NUMBERS = replace(HEAD, size=10, bold=False)
NAME = replace(PLAIN, bold=True, across="center")
TITLE = replace(NAME, size=13)
BESIDE = replace(PLAIN, across="center", italic=True)
NOTHING = "Không có lĩnh vực nào trong kỳ."


def start(book: Book, report: YearlyReport) -> Sheet:
    """The empty sheet, its columns wide enough for the totals."""
    largest = max(
        form_06(figures.counts, column.number)
        for figures in report.columns
        for column in FORM_06
    )
    count = max(COUNT_MM, room_for(largest))
    widths = [NUMBER_MM, FIELD_MM, *[count] * len(FORM_06)]
    return book.sheet("Biểu 06", widths, landscape=True)


def fill(sheet: Sheet, report: YearlyReport) -> None:
    """Write a block for each of ``report.columns``."""
    _write_top(sheet, report)
    row = _write_head(sheet, HEAD_ROW)
    sheet.freeze(row, LEFT + 1)
    for figures in report.columns:
        row = _write_block(sheet, row, report, figures)
    for note in FORM_06_NOTES:
        sheet.text(row, 1, note, NOTE, over=sheet.columns)
        row += 1
    sheet.print_rows(write_signatures(sheet, row + 1, SIGNED_LEFT))


def _write_top(sheet: Sheet, report: YearlyReport) -> None:
    middle, right = RIGHT_FROM - LEFT - 1, LAST - RIGHT_FROM + 1
    sheet.text(1, 1, FORM_06_NAME, NAME, over=LEFT)
    sheet.text(2, 1, FORM_06_SOURCE, BESIDE, over=LEFT)
    sheet.text(1, LEFT + 1, FORM_06_TITLE, TITLE, over=middle)
    sheet.text(2, LEFT + 1, _periods(report), BESIDE, over=middle)
    agency = f"Đơn vị báo cáo: {report.organisation}"
    sheet.text(1, RIGHT_FROM, agency, NAME, over=right)
    sheet.text(2, RIGHT_FROM, FORM_06_UNIT, BESIDE, over=right)


def _periods(report: YearlyReport) -> str:
    """The period with its days; of several, the days stand over each block."""
    if len(report.columns) == 1:
        return _reported(report, report.columns[0])
    names = (report.title_of(figures).lower() for figures in report.columns)
    return f"Kỳ báo cáo: {'; '.join(names)}"


def _reported(report: YearlyReport, figures: Figures) -> str:
    days = f"Từ ngày {figures.period.start:%d/%m/%Y} đến ngày {figures.period.end:%d/%m/%Y}"
    if not figures.is_over:
        days += f", chưa kết thúc, đếm đến {figures.as_of:%d/%m/%Y}"
    return f"Kỳ báo cáo: {report.title_of(figures).lower()} ({days})"


def _write_head(sheet: Sheet, row: int) -> int:
    """The groups, «Trong đó», the columns, and the numbers the form gives them."""
    sheet.text(row, 1, "STT", HEAD, deep=3)
    sheet.text(row, 2, "Lĩnh vực, công việc giải quyết theo cấp", HEAD, deep=3)
    for group, members in groupby(FORM_06, key=lambda column: column.group):
        inside = list(members)
        sheet.text(row, inside[0].number, group, HEAD, over=len(inside))
        if group == TO_DO:
            sheet.text(
                row + 1, inside[1].number, "Trong đó", HEAD, over=len(inside) - 1
            )
        for column in inside:
            _write_heading(
                sheet, row, column, is_part=group == TO_DO and not column.parts
            )
    for number in range(1, LAST + 1):
        sheet.text(row + 3, number, f"({number})", NUMBERS)
    sheet.repeat_rows(row, row + 3)
    return row + 4


def _write_heading(
    sheet: Sheet, row: int, column: FormColumn, *, is_part: bool
) -> None:
    if is_part:
        sheet.text(row + 2, column.number, column.heading, HEAD)
    else:
        sheet.text(row + 1, column.number, column.heading, HEAD, deep=2)


def _write_block(sheet: Sheet, row: int, report: YearlyReport, figures: Figures) -> int:
    """The fields, their total, the checks, and what was withdrawn; the next row."""
    lines = figures.by_field
    sheet.text(row, 1, _reported(report, figures), BANDED, over=sheet.columns)
    row = first = row + 1
    for position, line in enumerate(lines, start=1):
        sheet.number(row, 1, position, CENTRED)
        sheet.text(row, 2, line.name, PADDED)
        for column in FORM_06:
            _write_count(sheet, row, column, line.counts)
        row += 1
    if not lines:
        sheet.text(row, 1, NOTHING, BOXED, over=sheet.columns)
        row += 1
    sheet.text(row, 1, "Tổng cộng", BANDED, over=LEFT)
    for column in FORM_06:
        above = f"{address(first, column.number)}:{address(row - 1, column.number)}"
        value = form_06(figures.counts, column.number)
        sheet.formula(row, column.number, f"=SUM({above})", value, total_look(COUNT))
    sheet.pale_zeros(address(first, LEFT + 1), address(row, LAST))
    row = _write_checks(sheet, first, row, lines)
    withdrawn = figures.counts.withdrawn
    if withdrawn:
        note = f"Cột (9) gồm cả {withdrawn} hồ sơ rút hoặc dừng giải quyết."
        sheet.text(row, 1, note, NOTE, over=sheet.columns)
        row += 1
    return row


def _write_count(sheet: Sheet, row: int, column: FormColumn, counts: Counts) -> None:
    value = form_06(counts, column.number)
    if column.parts:
        added = "+".join(address(row, part) for part in column.parts)
        sheet.formula(row, column.number, f"={added}", value, COUNT)
    else:
        sheet.number(row, column.number, value, COUNT)


def _write_checks(
    sheet: Sheet, first: int, last: int, lines: Sequence[FieldLine]
) -> int:
    """Whether each equation of the form holds in every row and in the total."""
    row = last
    for whole, parts in FORM_06_CHECKS:
        row += 1
        added = " + ".join(f"({part})" for part in parts)
        sheet.text(row, 1, f"Kiểm tra: ({whole}) = {added}", PADDED, over=LEFT)

        def cells(number: int) -> str:
            return f"{address(first, number)}:{address(last, number)}"

        of_rows = "+".join(cells(part) for part in parts)
        wrong = f"SUMPRODUCT(--({cells(whole)}<>{of_rows}))"
        sheet.formula(
            row,
            LEFT + 1,
            f'=IF({wrong}=0,"{RIGHT}","{WRONG}")',
            RIGHT
            if all(_holds(line.counts, whole, parts) for line in lines)
            else WRONG,
            CENTRED,
            over=2,
        )
    mark(sheet, f"{address(last + 1, LEFT + 1)}:{address(row, LEFT + 1)}")
    return row + 1


def _holds(counts: Counts, whole: int, parts: Sequence[int]) -> bool:
    return form_06(counts, whole) == sum(form_06(counts, part) for part in parts)
