"""The sheet of charts, apart because tables repeat their heads on every page."""

from collections.abc import Sequence
from textwrap import wrap

from openpyxl.chart import Reference

from postal_tthc.lib.workbooks import Book, Look, Sheet, address
from reports.documents import YearlyReport, counted_days
from reports.renderers.excel import lines, months
from reports.renderers.excel.drawing import DARK, PALE, WARM, Bars, bar_chart
from reports.renderers.excel.parts import (
    BANDED,
    CENTRED,
    COUNT,
    GREY,
    HEAD,
    PADDED,
    PERCENT,
    PLAIN,
    percent_formula,
    percent_value,
    write_title,
)

# TT, code, name, by post, received, ratio.
WIDTHS = (10, 24, 77, 18, 18, 18)
HEADINGS = ("TT", "Mã thủ tục", "Tên thủ tục", "Qua bưu chính", "Tiếp nhận", "Tỷ lệ")
NAME, BY_POST, RECEIVED, RATIO = 3, 4, 5, 6
LABEL = 7  # of the bars, beside the printed columns
WIDTH_CM, HEIGHT_CM = sum(WIDTHS) / 10, 9
MOST_USED = 10
LETTERS, LINES = 40, 3  # of a label, so that the bars keep their room
BAR_CM = 1.35
SMALL = Look(size=8, colour=GREY, wrap=False)
ROW_CM = 0.53  # of an empty row
TWO_ON_A_PAGE = 2
MOST_USED_ON_A_PAGE = 5  # with their chart below them


def start(book: Book) -> Sheet:
    """The empty sheet."""
    return book.sheet("Biểu đồ", WIDTHS)


def fill(
    sheet: Sheet,
    report: YearlyReport,
    block: lines.Block,
    runs: Sequence[months.Block],
) -> None:
    """The most used procedures of the last block, then the months of each run."""
    write_title(sheet, "BIỂU ĐỒ", report.organisation)
    row = _draw_most_used(sheet, 4, report, block)
    drawn = 0
    for run in runs:
        if run.last == run.first:
            continue  # one month is no line of months
        for title, series in _month_charts(run):
            if drawn % TWO_ON_A_PAGE == 0:
                sheet.break_before(row)
            row = _draw_months(sheet, row, f"{title}, {run.title.lower()}", run, series)
            drawn += 1
    sheet.print_rows(row)


def _draw_most_used(
    sheet: Sheet, row: int, report: YearlyReport, block: lines.Block
) -> int:
    figures = report.columns[-1]
    used = [x for x in lines.by_use(figures) if x.counts.by_post][:MOST_USED]
    title = (
        f"Thủ tục có nhiều hồ sơ qua bưu chính nhất, {report.title_of(figures).lower()}"
    )
    sheet.text(row, 1, f"{title} ({counted_days(figures)})", BANDED, sheet.columns)
    row += 1
    if not used:
        sheet.text(row, 1, "Không có hồ sơ qua bưu chính.", PLAIN, sheet.columns)
        return row + 2
    for column, heading in enumerate(HEADINGS, start=1):
        sheet.text(row, column, heading, HEAD)
    first = row + 1
    for position, line in enumerate(used):
        row = first + position
        sheet.number(row, 1, position + 1, CENTRED)
        sheet.text(row, 2, line.code, PADDED)
        sheet.text(row, NAME, line.name, PADDED)
        sheet.text(row, LABEL, short_label(line.name), SMALL)
        for column, name in ((BY_POST, "by_post"), (RECEIVED, "received")):
            source = block.sheet.reference(
                block.first + position, block.table.column(name)
            )
            value = getattr(line.counts, name)
            sheet.formula(row, column, f"={source}", value, COUNT)
        sheet.formula(
            row,
            RATIO,
            percent_formula(address(row, BY_POST), address(row, RECEIVED)),
            percent_value(line.counts.by_post_ratio),
            PERCENT,
        )
    chart = bar_chart(
        title=title,
        categories=Reference(sheet.sheet, min_col=LABEL, min_row=first, max_row=row),
        series=[
            Bars(
                "Hồ sơ qua bưu chính",
                Reference(sheet.sheet, min_col=BY_POST, min_row=first, max_row=row),
                DARK,
                used[0].counts.by_post,
            )
        ],
        axes=("Thủ tục hành chính", "Số hồ sơ qua bưu chính"),
        across=True,
        labelled=True,
    )
    chart.width, chart.height = WIDTH_CM, 4 + BAR_CM * len(used)
    if len(used) > MOST_USED_ON_A_PAGE:
        sheet.break_before(row + 2)
    sheet.sheet.add_chart(chart, address(row + 3, 1))
    return row + 4 + int(chart.height / ROW_CM)


def short_label(name: str) -> str:
    """A name in a few short lines; the table beside it has all of it."""
    return "\n".join(wrap(name, LETTERS, max_lines=LINES, placeholder="…"))


def _month_charts(run: months.Block) -> list[tuple[str, list[Bars]]]:
    def bars(title: str, name: str, colour: str) -> Bars:
        cells = Reference(
            run.sheet.sheet,
            min_col=months.column_of(name),
            min_row=run.first,
            max_row=run.last,
        )
        return Bars(title, cells, colour, run.highest[name])

    by_post = bars("Qua bưu chính", "by_post", DARK)
    received = bars("Tiếp nhận", "received", PALE)
    before = bars("Cùng kỳ năm trước", "by_post_year_before", WARM)
    return [
        ("Hồ sơ tiếp nhận và hồ sơ qua bưu chính theo tháng", [received, by_post]),
        ("Hồ sơ qua bưu chính so với cùng kỳ năm trước", [before, by_post]),
    ]


def _draw_months(
    sheet: Sheet, row: int, title: str, run: months.Block, series: list[Bars]
) -> int:
    chart = bar_chart(
        title=title,
        categories=Reference(
            run.sheet.sheet, min_col=1, min_row=run.first, max_row=run.last
        ),
        series=series,
        axes=("Tháng tiếp nhận", "Số hồ sơ"),
    )
    chart.width, chart.height = WIDTH_CM, HEIGHT_CM
    # Not on the first row of a page, or its frame shows on the page before.
    sheet.sheet.add_chart(chart, address(row + 1, 1))
    return row + 3 + round(HEIGHT_CM / ROW_CM)
