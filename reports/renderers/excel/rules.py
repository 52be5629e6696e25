"""The sheet that says how everything was counted."""

from collections.abc import Sequence
from dataclasses import replace

from postal_tthc.lib.vietnamese import write_date
from postal_tthc.lib.workbooks import Book, Sheet, address
from reports.documents import YearlyReport
from reports.layouts import (
    COUNTING_RULES,
    CROSS_CHECK,
    FROM_FIRST,
    FROM_LAST,
    ON_A_DAY,
    RATIOS,
    SUMMARY,
    full_label,
    number,
)
from reports.renderers.excel.parts import (
    CENTRED,
    COUNT,
    DAY,
    HEAD,
    PADDED,
    PLAIN,
    write_title,
)
from reports.renderers.excel.summary import RIGHT, WRONG, Cells, mark

SECTION = replace(PLAIN, bold=True, size=12)
# Running number, name, four more columns.
WIDTHS = (11, 46, 27, 27, 27, 27)


def start(book: Book) -> Sheet:
    """The empty sheet."""
    return book.sheet("Quy tắc đếm", WIDTHS)


def fill(sheet: Sheet, report: YearlyReport, cells: Cells) -> None:
    """Periods, rules, ratios and, when there is a whole, the cross-check."""
    below = f"{report.organisation}, số liệu lập ngày {write_date(report.made_on)}"
    write_title(sheet, "QUY TẮC ĐẾM", below)
    row = _write_periods(sheet, 4, report)
    row = _write_rules(sheet, row + 1)
    sheet.break_before(row + 1)
    row = _write_ratios(sheet, row + 1)
    if report.whole is not None:
        _write_cross_check(sheet, row + 1, report, cells)


def _write_periods(sheet: Sheet, row: int, report: YearlyReport) -> int:
    sheet.text(row, 1, "1. Kỳ báo cáo", SECTION, over=sheet.columns)
    row += 1
    headings = ("TT", "Kỳ", "Từ ngày", "Đến ngày", "Đếm đến ngày", "Ghi chú")
    _write_row(sheet, row, headings)
    for position, figures in enumerate(report.columns, start=1):
        row += 1
        sheet.number(row, 1, position, CENTRED)
        sheet.text(row, 2, report.title_of(figures), PADDED)
        days = (figures.period.start, figures.period.end, figures.as_of)
        for column, day in enumerate(days, start=3):
            sheet.date(row, column, day, DAY)
        state = "Đã kết thúc" if figures.is_over else "Chưa kết thúc"
        sheet.text(row, 6, state, CENTRED)
    if report.why_no_whole:
        row += 1
        sheet.text(row, 1, report.why_no_whole, PADDED, over=sheet.columns)
    return row + 1


def _write_rules(sheet: Sheet, row: int) -> int:
    sheet.text(row, 1, "2. Quy tắc", SECTION, over=sheet.columns)
    row += 1
    sheet.text(row, 1, "TT", HEAD)
    sheet.text(row, 2, "Nội dung", HEAD)
    sheet.text(row, 3, "Cách đếm", HEAD, over=sheet.columns - 2)
    for position, (name, rule) in enumerate(COUNTING_RULES.items(), start=1):
        row += 1
        sheet.number(row, 1, position, CENTRED)
        sheet.text(row, 2, name, PADDED)
        sheet.text(row, 3, rule, PADDED, over=sheet.columns - 2)
    return row + 1


def _write_ratios(sheet: Sheet, row: int) -> int:
    sheet.text(row, 1, "3. Các tỷ lệ", SECTION, over=sheet.columns)
    row += 1
    sheet.text(row, 1, "TT", HEAD)
    sheet.text(row, 2, "Tỷ lệ", HEAD)
    sheet.text(row, 3, "Tử số", HEAD, over=2)
    sheet.text(row, 5, "Mẫu số", HEAD, over=2)
    for position, rule in enumerate(RATIOS.values(), start=1):
        row += 1
        sheet.number(row, 1, position, CENTRED)
        sheet.text(row, 2, rule.label, PADDED)
        sheet.text(row, 3, rule.numerator_text, PADDED, over=2)
        sheet.text(row, 5, rule.denominator_text, PADDED, over=2)
    return row + 1


def _write_cross_check(
    sheet: Sheet, row: int, report: YearlyReport, cells: Cells
) -> None:
    """The periods added up against the whole counted by itself."""
    sheet.text(row, 1, f"4. {CROSS_CHECK}", SECTION, over=sheet.columns)
    row += 1
    headings = ("TT", "Chỉ tiêu", "Lấy từ", "Từ các kỳ", "Đếm cả kỳ", "Kết quả")
    _write_row(sheet, row, headings)
    first = row + 1
    # Neither sums of other rows nor the procedures, counted on the last day.
    checked = [x for x in SUMMARY if x.name and not x.parts and x.name not in ON_A_DAY]
    whole = len(report.periods)
    for position, each in enumerate(checked, start=1):
        row += 1
        source, periods = _source(each.name, whole)
        from_periods = sum(number(report.periods[x], each.name) for x in periods)
        counted = number(report.columns[whole], each.name)
        added = "+".join(cells[x, each.name] for x in periods)
        sheet.number(row, 1, position, CENTRED)
        sheet.text(row, 2, full_label(each), PADDED)
        sheet.text(row, 3, source, CENTRED)
        sheet.formula(row, 4, f"={added}", from_periods, COUNT)
        sheet.formula(row, 5, f"={cells[whole, each.name]}", counted, COUNT)
        sheet.formula(
            row,
            6,
            f'=IF({address(row, 4)}={address(row, 5)},"{RIGHT}","{WRONG}")',
            RIGHT if from_periods == counted else WRONG,
            CENTRED,
        )
    mark(sheet, f"{address(first, 6)}:{address(row, 6)}")


def _source(name: str, periods: int) -> tuple[str, Sequence[int]]:
    """From which periods the whole takes a number."""
    if name in FROM_FIRST:
        return "kỳ đầu", [0]
    if name in FROM_LAST:
        return "kỳ cuối", [periods - 1]
    return "tổng các kỳ", range(periods)


def _write_row(sheet: Sheet, row: int, headings: Sequence[str]) -> None:
    for column, heading in enumerate(headings, start=1):
        sheet.text(row, column, heading, HEAD)
