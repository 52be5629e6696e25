"""The sheets by procedure and by field: one block of rows for each period."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from postal_tthc.lib.workbooks import Book, Sheet, address
from reports.documents import YearlyReport, counted_days
from reports.figures import Counts, FieldLine, Figures, ProcedureLine
from reports.layouts import FIELD_COLUMNS, PROCEDURE_COLUMNS, RATIO_OF, Column
from reports.renderers.excel.parts import (
    BANDED,
    BOXED,
    CENTRED,
    COUNT,
    LOOKS,
    PERCENT,
    percent_formula,
    percent_value,
    room_for,
    total_look,
    write_head,
    write_title,
)

Line = ProcedureLine | FieldLine
HEAD_ROW = 4
FIRST_COLUMN = 2  # after the running number


def by_use(figures: Figures) -> Sequence[ProcedureLine]:
    """The most used by post first, then the most used, then by code."""
    return sorted(
        figures.by_procedure,
        key=lambda x: (-x.counts.by_post, -x.counts.received, x.code),
    )


@dataclass(frozen=True)
class Table:
    """What one of the two sheets shows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    frozen: int  # columns kept on the screen
    lines: Callable[[Figures], Sequence[Line]]
    nothing: str

    def column(self, name: str) -> int:
        """Where a column stands on the sheet."""
        return FIRST_COLUMN + [each.name for each in self.columns].index(name)


PROCEDURES = Table(
    "Theo thủ tục",
    "SỐ LIỆU THEO THỦ TỤC HÀNH CHÍNH",
    PROCEDURE_COLUMNS,
    3,
    by_use,
    "Không có thủ tục hành chính nào còn hiệu lực trong kỳ.",
)
FIELDS = Table(
    "Theo lĩnh vực",
    "SỐ LIỆU THEO LĨNH VỰC",
    FIELD_COLUMNS,
    2,
    lambda figures: figures.by_field,
    "Không có lĩnh vực nào trong kỳ.",
)


@dataclass(frozen=True)
class Block:
    """Where one period stands on the sheet."""

    sheet: Sheet
    table: Table
    first: int  # row of the first line
    totals: int  # row of the totals

    def total(self, name: str) -> str:
        """The total of a count, as an address for other sheets."""
        return self.sheet.reference(self.totals, self.table.column(name))


def start(book: Book, report: YearlyReport, table: Table) -> Sheet:
    """The empty sheet, its columns wide enough for the totals."""
    counts = [figures.counts for figures in report.columns]
    widths = [
        max(each.width, *(room_for(getattr(one, each.name)) for one in counts))
        if each.kind == "count"
        else each.width
        for each in table.columns
    ]
    return book.sheet(table.name, [10, *widths], landscape=True)


def fill(sheet: Sheet, report: YearlyReport, table: Table) -> list[Block]:
    """Write a block for each of ``report.columns``."""
    write_title(sheet, table.title, report.organisation)
    row = write_head(sheet, HEAD_ROW, table.columns)
    sheet.freeze(row, table.frozen + 1)
    blocks = []
    for figures in report.columns:
        title = report.title_of(figures)
        band = f"{title}: {counted_days(figures)}"
        sheet.text(row, 1, band, BANDED, over=sheet.columns)
        first = row + 1
        row = _write_lines(sheet, first, figures, table)
        _write_totals(sheet, row, first, f"Cộng {title.lower()}", figures.counts, table)
        numbers = table.column("received"), sheet.columns
        sheet.pale_zeros(address(first, numbers[0]), address(row, numbers[1]))
        blocks.append(Block(sheet, table, first, row))
        row += 1
    return blocks


def _write_lines(sheet: Sheet, row: int, figures: Figures, table: Table) -> int:
    lines = table.lines(figures)
    for position, line in enumerate(lines, start=1):
        sheet.number(row, 1, position, CENTRED)
        for column, spec in enumerate(table.columns, start=FIRST_COLUMN):
            look = LOOKS[spec.kind]
            if spec.kind == "count":
                sheet.number(row, column, getattr(line.counts, spec.name), look)
            elif spec.kind == "ratio":
                _write_ratio(sheet, row, column, spec, line.counts, table)
            elif spec.kind == "mark":
                sheet.text(row, column, "x" if getattr(line, spec.name) else "", look)
            else:
                sheet.text(row, column, getattr(line, spec.name), look)
        row += 1
    if not lines:
        sheet.text(row, 1, table.nothing, BOXED, over=sheet.columns)
        row += 1
    return row


def _write_totals(
    sheet: Sheet, row: int, first: int, label: str, counts: Counts, table: Table
) -> None:
    leading = sum(column.kind in ("text", "mark") for column in table.columns)
    sheet.text(row, 1, label, BANDED, over=1 + leading)
    for column, spec in enumerate(table.columns, start=FIRST_COLUMN):
        if spec.kind == "count":
            above = f"{address(first, column)}:{address(row - 1, column)}"
            value = getattr(counts, spec.name)
            sheet.formula(row, column, f"=SUM({above})", value, total_look(COUNT))
        elif spec.kind == "ratio":
            _write_ratio(sheet, row, column, spec, counts, table, is_total=True)


def _write_ratio(
    sheet: Sheet,
    row: int,
    column: int,
    spec: Column,
    counts: Counts,
    table: Table,
    *,
    is_total: bool = False,
) -> None:
    cells = [address(row, table.column(name)) for name in RATIO_OF[spec.name]]
    value = percent_value(getattr(counts, spec.name))
    look = total_look(PERCENT) if is_total else PERCENT
    sheet.formula(row, column, percent_formula(*cells), value, look)
