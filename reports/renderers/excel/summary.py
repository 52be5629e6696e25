"""The first sheet: several periods side by side, and the whole of them."""

from dataclasses import replace

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill

from postal_tthc.lib.vietnamese import write_date
from postal_tthc.lib.workbooks import Book, Sheet, address, printable_width
from reports.documents import YearlyReport, counted_days
from reports.layouts import BALANCE, RATIOS, SUMMARY, UNIT, SummaryRow, number, ratio
from reports.renderers.excel.heading import (
    RIGHT_BLOCK_MM,
    write_heading,
    write_signatures,
)
from reports.renderers.excel.lines import Block
from reports.renderers.excel.parts import (
    BANDED,
    BOXED,
    CENTRED,
    COUNT,
    HEAD,
    NOTE,
    PADDED,
    PERCENT,
    percent_formula,
    percent_value,
    ratio_formula,
    room_for,
    total_look,
)

LEFT = 2  # columns before the figures
NUMBER_MM, LABEL_MM, COUNT_MM, RATIO_MM = 10, 74, 18, 19
IN_PORTRAIT = 3  # periods that fit upright
ROMAN = ("I", "II", "III", "IV", "V", "VI")
RIGHT, WRONG = "Đúng", "Sai"
FROZEN = "Số liệu đã chốt, mã nội dung {}"
DAYS = replace(HEAD, size=10, bold=False)

# Rows of the summary by name, and the column of each of report.columns.
Cells = dict[tuple[int, str], str]


def start(book: Book, report: YearlyReport) -> Sheet:
    """The empty sheet, upright while the periods fit."""
    periods = len(report.columns)
    landscape = periods > IN_PORTRAIT
    room = printable_width(landscape=landscape) - NUMBER_MM - LABEL_MM
    largest = max(
        max(each.counts.received, each.counts.carried_over) for each in report.columns
    )
    half = max(room, RIGHT_BLOCK_MM) / periods / 2
    count = max(COUNT_MM, room_for(largest), half)
    share = max(RATIO_MM, half)
    widths = [NUMBER_MM, LABEL_MM, *[count, share] * periods]
    return book.sheet("Tổng hợp", widths, landscape=landscape, numbered_from=2)


def fill(sheet: Sheet, report: YearlyReport, blocks: list[Block]) -> Cells:
    """Write the sheet; where each number stands, for the cross-check."""
    row = write_heading(sheet, report, LEFT) + 1
    sheet.text(
        row, 1, f"Số liệu lập ngày {write_date(report.made_on)}", NOTE, over=LEFT
    )
    unit = replace(NOTE, across="right")
    sheet.text(row, LEFT + 1, UNIT, unit, over=sheet.columns - LEFT)
    if report.fingerprint:
        row += 1
        signed = FROZEN.format(report.fingerprint)
        sheet.text(row, 1, signed, NOTE, over=sheet.columns)
    row = _write_head(sheet, row + 1, report)
    sheet.freeze(1, LEFT + 1)
    rows, row = _write_rows(sheet, row, report, blocks)
    row = _write_checks(sheet, row, report, rows)
    row = _write_wording(sheet, row, report, rows)
    totals = (
        f"{report.title_of(x)}: {x.from_totals.words}"
        for x in report.periods
        if x.from_totals
    )
    notes = [
        *totals,
        report.why_no_whole,
        "Cách đếm từng chỉ tiêu: xem trang «Quy tắc đếm».",
    ]
    for note in filter(None, notes):
        sheet.text(row, 1, note, NOTE, over=sheet.columns)
        row += 1
    last = write_signatures(sheet, row + 1, LEFT)
    if len(report.columns) <= IN_PORTRAIT:
        sheet.print_on_one_page(last)
    return {
        (position, name): sheet.reference(at, _count_column(position))
        for name, at in rows.items()
        for position in range(len(report.columns))
    }


def _count_column(position: int) -> int:
    return LEFT + 1 + 2 * position


def _write_head(sheet: Sheet, row: int, report: YearlyReport) -> int:
    sheet.text(row, 1, "TT", HEAD, deep=3)
    sheet.text(row, 2, "Chỉ tiêu", HEAD, deep=3)
    for position, figures in enumerate(report.columns):
        column = _count_column(position)
        sheet.text(row, column, report.title_of(figures), HEAD, over=2)
        sheet.text(row + 1, column, counted_days(figures), DAYS, over=2)
        sheet.text(row + 2, column, "Số lượng", HEAD)
        sheet.text(row + 2, column + 1, "Tỷ lệ", HEAD)
    sheet.repeat_rows(row, row + 2)
    return row + 3


def _write_rows(
    sheet: Sheet, row: int, report: YearlyReport, blocks: list[Block]
) -> tuple[dict[str, int], int]:
    """The rows of ``SUMMARY``; where each stands, and the next row."""
    rows: dict[str, int] = {}
    for offset, each in enumerate(SUMMARY):
        if each.name:
            rows[each.name] = row + offset
    section = item = 0
    for each in SUMMARY:
        if not each.name:
            section, item = section + 1, 0
            sheet.text(row, 1, ROMAN[section - 1], replace(BANDED, across="center"))
            sheet.text(row, 2, each.label, BANDED, over=sheet.columns - 1)
        else:
            item += each.level == 0
            sheet.text(row, 1, "" if each.level else str(item), CENTRED)
            label = replace(PADDED, indent=1 + 2 * each.level, bold=_is_strong(each))
            sheet.text(row, 2, each.label, label)
            for position, block in enumerate(blocks):
                _write_number(sheet, report, position, each, rows, block)
        row += 1
    return rows, row


def _write_number(
    sheet: Sheet,
    report: YearlyReport,
    position: int,
    each: SummaryRow,
    rows: dict[str, int],
    block: Block,
) -> None:
    figures = report.columns[position]
    row, column = rows[each.name], _count_column(position)
    value = number(figures, each.name)
    look = replace(COUNT, bold=_is_strong(each))
    if each.parts:
        sum_of = "+".join(address(rows[part], column) for part in each.parts)
        sheet.formula(row, column, f"={sum_of}", value, look)
    elif each.name in ("in_force", "postal"):
        sheet.number(row, column, value, look)
    else:
        sheet.formula(row, column, f"={block.total(each.name)}", value, look)
    if not each.ratio:
        sheet.text(row, column + 1, "", BOXED)
        return
    parts = _ratio_cells(each.ratio, rows, column)
    share = percent_value(ratio(figures, each.ratio))
    look = replace(PERCENT, bold=_is_strong(each))
    sheet.formula(row, column + 1, percent_formula(*parts), share, look)


def _is_strong(row: SummaryRow) -> bool:
    return row.level == 0 or row.is_headline


def _ratio_cells(name: str, rows: dict[str, int], column: int) -> tuple[str, str]:
    """Numerator and denominator of a ratio, each a cell or a sum of cells."""

    def cells(names: tuple[str, ...]) -> str:
        joined = "+".join(address(rows[each], column) for each in names)
        return f"({joined})" if len(names) > 1 else joined

    rule = RATIOS[name]
    return cells(rule.numerator), cells(rule.denominator)


def _write_checks(
    sheet: Sheet, row: int, report: YearlyReport, rows: dict[str, int]
) -> int:
    """Whether every period balances."""
    sheet.text(row, 1, BALANCE, BANDED, over=LEFT)
    for position, figures in enumerate(report.columns):
        column = _count_column(position)
        carried, received, finished, outstanding = (
            address(rows[name], column)
            for name in ("carried_over", "received", "finished", "outstanding")
        )
        sheet.formula(
            row,
            column,
            f'=IF({carried}+{received}={finished}+{outstanding},"{RIGHT}","{WRONG}")',
            RIGHT if figures.counts.is_balanced else WRONG,
            total_look(CENTRED),
            over=2,
        )
    mark(sheet, f"{address(row, LEFT + 1)}:{address(row, sheet.columns)}")
    return row + 1


def _write_wording(
    sheet: Sheet, row: int, report: YearlyReport, rows: dict[str, int]
) -> int:
    """Each ratio as a sentence of the report writes it."""
    look = replace(BANDED, across="center")
    sheet.text(row, 1, ROMAN[4], look)
    sheet.text(row, 2, "Tỷ lệ viết trong báo cáo", BANDED, over=sheet.columns - 1)
    shares = {each.ratio: rows[each.name] for each in SUMMARY if each.ratio}
    for item, (name, rule) in enumerate(RATIOS.items(), start=1):
        row += 1
        sheet.text(row, 1, str(item), CENTRED)
        sheet.text(row, 2, rule.label, PADDED)
        for position, figures in enumerate(report.columns):
            column = _count_column(position)
            parts = _ratio_cells(name, rows, column)
            share = address(shares[name], column + 1)
            value = str(ratio(figures, name))
            formula = ratio_formula(*parts, share)
            sheet.formula(row, column, formula, value, CENTRED, over=2)
    return row + 1


def mark(sheet: Sheet, cells: str) -> None:
    """Colour the answers of a check."""
    for answer, colour, fill in (
        (RIGHT, "1B5E20", "E3F1E4"),
        (WRONG, "9C0006", "FBD5D5"),
    ):
        sheet.sheet.conditional_formatting.add(
            cells,
            CellIsRule(
                operator="equal",
                formula=[f'"{answer}"'],
                font=Font(color=colour, bold=True),
                fill=PatternFill(bgColor=fill),
            ),
        )
