"""The sheet by month: the whole in one run of months, or period by period."""

from collections.abc import Sequence
from dataclasses import dataclass

from postal_tthc.lib.workbooks import Book, Sheet, address
from reports.documents import YearlyReport, counted_days
from reports.figures import Figures, MonthLine
from reports.layouts import MONTH_COLUMNS, RATIO_OF
from reports.ratios import Ratio
from reports.renderers.excel.parts import (
    BANDED,
    CENTRED,
    COUNT,
    LOOKS,
    NOTE,
    PERCENT,
    percent_formula,
    percent_value,
    room_for,
    total_look,
    write_head,
    write_title,
)

HEAD_ROW = 4
FIRST_COLUMN = 2  # after the name of the month
NAMES = [each.name for each in MONTH_COLUMNS]
COUNTED = [each.name for each in MONTH_COLUMNS if each.kind == "count"]
UNFINISHED = (
    "Tháng cuối cùng của {title} mới đếm đến ngày {day:%d/%m/%Y}; số cùng kỳ năm trước "
    "cũng đếm đến ngày đó."
)


@dataclass(frozen=True)
class Block:
    """Where one run of months stands on the sheet."""

    sheet: Sheet
    title: str
    first: int
    last: int
    highest: dict[str, int]  # of each column of counts


def column_of(name: str) -> int:
    """Where a column stands on the sheet."""
    return FIRST_COLUMN + NAMES.index(name)


def begun_months(figures: Figures) -> Sequence[MonthLine]:
    """The months that had begun on the last day counted."""
    return [month for month in figures.by_month if month.start <= figures.as_of]


def start(book: Book, report: YearlyReport) -> Sheet:
    """The empty sheet, its columns wide enough for the totals."""
    largest = room_for(max(figures.counts.received for figures in report.columns))
    widths = [
        max(each.width, largest) if each.kind == "count" else each.width
        for each in MONTH_COLUMNS
    ]
    return book.sheet("Theo tháng", [18, *widths])


def fill(sheet: Sheet, report: YearlyReport) -> list[Block]:
    """Write the whole when there is one, else each period."""
    write_title(sheet, "SỐ LIỆU THEO THÁNG TIẾP NHẬN", report.organisation)
    row = write_head(sheet, HEAD_ROW, MONTH_COLUMNS, first="Tháng")
    sheet.freeze(row, 2)
    blocks = []
    for figures in (report.whole,) if report.whole else report.periods:
        title = report.title_of(figures)
        band = f"{title}: {counted_days(figures)}"
        sheet.text(row, 1, band, BANDED, over=sheet.columns)
        months = begun_months(figures)
        first, last = row + 1, row + len(months)
        for row, month in enumerate(months, start=first):
            _write_month(sheet, row, month)
        _write_totals(sheet, last + 1, first, f"Cộng {title.lower()}", months)
        sheet.pale_zeros(
            address(first, column_of("received")), address(last + 1, sheet.columns)
        )
        highest = {x: max(getattr(month, x) for month in months) for x in COUNTED}
        blocks.append(Block(sheet, title, first, last, highest))
        row = last + 2
        if not figures.is_over:
            note = UNFINISHED.format(title=title.lower(), day=figures.as_of)
            sheet.text(row, 1, note, NOTE, over=sheet.columns)
            row += 1
    return blocks


def _write_month(sheet: Sheet, row: int, month: MonthLine) -> None:
    sheet.text(row, 1, f"{month.start:%m/%Y}", CENTRED)
    for column, spec in enumerate(MONTH_COLUMNS, start=FIRST_COLUMN):
        look, value = LOOKS[spec.kind], getattr(month, spec.name)
        if spec.kind == "date":
            sheet.date(row, column, value, look)
        elif spec.kind == "ratio":
            _write_ratio(sheet, row, spec.name, value)
        else:
            sheet.number(row, column, value, look)


def _write_totals(
    sheet: Sheet, row: int, first: int, label: str, months: Sequence[MonthLine]
) -> None:
    sheet.text(row, 1, label, BANDED, over=3)
    sums = {name: sum(getattr(month, name) for month in months) for name in COUNTED}
    for name, value in sums.items():
        column = column_of(name)
        above = f"{address(first, column)}:{address(row - 1, column)}"
        sheet.formula(row, column, f"=SUM({above})", value, total_look(COUNT))
    for name, (part, whole) in RATIO_OF.items():
        if name in NAMES:
            ratio = Ratio(sums[part], sums[whole], "by_post", "received")
            _write_ratio(sheet, row, name, ratio, is_total=True)


def _write_ratio(
    sheet: Sheet, row: int, name: str, ratio: Ratio, *, is_total: bool = False
) -> None:
    cells = [address(row, column_of(each)) for each in RATIO_OF[name]]
    look = total_look(PERCENT) if is_total else PERCENT
    sheet.formula(
        row, column_of(name), percent_formula(*cells), percent_value(ratio), look
    )
