"""The report of a province as a workbook: a row per organisation, live formulas.

Sums, ratios and checks are formulas whose stored values are the consolidation's own;
the counts of organisations are numbers, because they were counted elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from postal_tthc.lib.vietnamese import write_date
from postal_tthc.lib.workbooks import Book, Look, Sheet, address
from reports.consolidation.lines import ENDED, NAMES
from reports.consolidation.paper import ABSTRACT, checks, days_said, reporting
from reports.consolidation.province import (
    LABELS,
    PROCEDURES,
    Consolidation,
    Row,
    Source,
)
from reports.layouts import COUNT_COLUMNS, RATIOS, UNIT, Column
from reports.renderers.excel.heading import write_signatures
from reports.renderers.excel.parts import (
    BOXED,
    CENTRED,
    COUNT,
    GREY,
    HEAD,
    NOTE,
    PADDED,
    PERCENT,
    PLAIN,
    percent_formula,
    percent_value,
    room_for,
    total_look,
    write_head,
    write_title,
)
from reports.renderers.excel.summary import RIGHT, WRONG, mark

HEAD_ROW = 5
BALANCE = "balance"
OF_PROCEDURES, IN_TIME = "Thủ tục hành chính", "Trước hạn và đúng hạn"
COLUMNS: tuple[Column, ...] = (
    Column("name", "Đơn vị", 62, "text"),
    Column("source", "Nguồn số liệu", 24, "text"),
    Column("in_force", "Còn hiệu lực", 14, group=OF_PROCEDURES),
    Column("postal", "Qua bưu chính", 14, group=OF_PROCEDURES),
    Column("procedures", "Tỷ lệ", 18, "ratio", OF_PROCEDURES),
    *COUNT_COLUMNS,
    Column("on_time_ratio", "Tỷ lệ trước, đúng hạn", 19, "ratio"),
    Column(BALANCE, "Cân đối", 15, "mark"),
)
PLACES = {column.name: place for place, column in enumerate(COLUMNS, start=2)}
SOURCE, FIRST_NUMBER = PLACES["source"], PLACES["in_force"]
AWAITED_FILL = "EDEDED"
SIGNED_AT = 8  # columns on the left of the two blocks of signatures


@dataclass(frozen=True)
class Table:
    """Where the rows of organisations stand."""

    sheet: Sheet
    first: int
    last: int

    def column(self, name: str) -> str:
        """All rows of a column, as an address for other sheets."""
        place = PLACES[name]
        end = address(self.last, place)
        return f"{self.sheet.reference(self.first, place)}:{end}"


def render(collected: Consolidation) -> bytes:
    """The .xlsx file."""
    book = Book(title=f"{ABSTRACT} {collected.period.name}", author=collected.collector)
    largest = room_for(max(collected.gross.number(name) for name in NAMES))
    widths = [
        max(column.width, largest) if column.kind == "count" else column.width
        for column in COLUMNS
    ]
    sheet = book.sheet("Tổng hợp", [10, *widths], landscape=True)
    checked = book.sheet("Đối chiếu", [10, 92, 34, 34, 24])
    table = _write_table(sheet, collected)
    _write_checks(checked, collected, table)
    return book.to_bytes()


def _write_table(sheet: Sheet, collected: Consolidation) -> Table:
    write_title(sheet, f"{ABSTRACT.upper()} {collected.period.name.upper()}", "")
    said = f"{collected.collector}{days_said(collected)}"
    sheet.text(2, 1, said, replace(PLAIN, italic=True, across="center"), sheet.columns)
    made = f"{UNIT}. Số liệu lập ngày {write_date(collected.counted_on)}."
    sheet.text(3, 1, made, NOTE, over=sheet.columns)
    first = row = write_head(sheet, HEAD_ROW, COLUMNS)
    sheet.freeze(row, 3)
    places: dict[int, Row] = {}
    for place, each, is_member in collected.listed:
        places[row] = each
        _write_row(sheet, row, place, each, is_member=is_member)
        if each.members:
            members = range(row + 1, row + 1 + len(each.members))
            _write_sums(sheet, row, each, list(members))
        elif not each.is_awaited:
            _write_numbers(sheet, row, each)
        row += 1
    if not places:
        nothing = "Không có đơn vị nào phải báo cáo trong kỳ."
        sheet.text(row, 1, nothing, BOXED, over=sheet.columns)
        row += 1
    leaves = tuple(at for at, each in places.items() if not each.members)
    last = row - 1
    row = _write_foot(sheet, row, collected, leaves)
    sheet.pale_zeros(address(first, FIRST_NUMBER), address(row - 1, sheet.columns))
    mark(sheet, f"{address(first, sheet.columns)}:{address(row - 1, sheet.columns)}")
    for sentence in (*reporting(collected), *checks(collected)):
        sheet.text(row, 1, sentence, NOTE, over=sheet.columns)
        row += 1
    sheet.print_rows(write_signatures(sheet, row + 1, SIGNED_AT))
    return Table(sheet, first, last)


def _write_row(
    sheet: Sheet, row: int, place: str, each: Row, *, is_member: bool
) -> None:
    """Number, name and source; a row that was not reported is grey and empty."""
    fill = AWAITED_FILL if each.is_awaited else ""
    colour = GREY if each.is_awaited else "000000"
    look = replace(PADDED, fill=fill, colour=colour, italic=each.is_awaited)
    name = replace(look, indent=3 if is_member else 1, bold=bool(each.members))
    sheet.text(row, 1, place, replace(look, across="center", indent=0))
    sheet.text(row, PLACES["name"], each.name, name)
    sheet.text(row, SOURCE, each.source.value, look)
    if each.is_awaited:
        for column in range(FIRST_NUMBER, sheet.columns + 1):
            sheet.text(row, column, "", look)


def _write_numbers(sheet: Sheet, row: int, each: Row) -> None:
    for column in COLUMNS:
        if column.kind == "count":
            value = each.number(column.name)
            sheet.number(row, PLACES[column.name], value, COUNT)
    _write_ratios(sheet, row, each, total=False)


def _write_sums(sheet: Sheet, row: int, each: Row, rows: Sequence[int]) -> None:
    """The row as the sum of others."""
    for column in COLUMNS:
        if column.kind == "count":
            place = PLACES[column.name]
            formula = f"={_sum(rows, place)}"
            value = each.number(column.name)
            sheet.formula(row, place, formula, value, total_look(COUNT))
    _write_ratios(sheet, row, each, total=True)


def _sum(rows: Sequence[int], column: int) -> str:
    """``SUM(D8:D9,D11)`` of rows that need not be neighbours; 0 without any."""
    ranges = []
    for _offset, run in groupby(enumerate(rows), key=lambda x: x[1] - x[0]):
        inside = [row for _place, row in run]
        first, last = address(inside[0], column), address(inside[-1], column)
        ranges.append(first if first == last else f"{first}:{last}")
    return f"SUM({','.join(ranges)})" if ranges else "0"


def _write_ratios(sheet: Sheet, row: int, each: Row, *, total: bool) -> None:
    def styled(look: Look) -> Look:
        return total_look(look) if total else look

    def cells(names: tuple[str, ...]) -> str:
        joined = "+".join(address(row, PLACES[name]) for name in names)
        return f"({joined})" if len(names) > 1 else joined

    for column in COLUMNS:
        if column.kind == "ratio":
            rule = RATIOS[column.name]
            sheet.formula(
                row,
                PLACES[column.name],
                percent_formula(cells(rule.numerator), cells(rule.denominator)),
                percent_value(each.ratio(column.name)),
                styled(PERCENT),
            )
    came = cells(("carried_over", "received"))
    went = cells(ENDED).strip("()")
    sheet.formula(
        row,
        PLACES[BALANCE],
        f'=IF({came}={went},"{RIGHT}","{WRONG}")',
        RIGHT if each.counts.is_balanced else WRONG,
        styled(CENTRED),
    )


def _write_foot(
    sheet: Sheet, row: int, collected: Consolidation, leaves: Sequence[int]
) -> int:
    """The sum of the organisations; without the shared dossiers where there are any."""
    foot = collected.foot
    for position, each in enumerate(foot):
        at = row + position
        label = total_look(PADDED)
        sheet.text(at, 1, each.name, label, over=SOURCE)
        if position == 0:
            _write_sums(sheet, at, each, leaves)
        elif position == 1:
            _write_subtracted(sheet, at, each)
        else:
            _write_difference(sheet, at, row, each)
    return row + len(foot)


def _write_subtracted(sheet: Sheet, row: int, each: Row) -> None:
    for column in COLUMNS[2:]:
        place = PLACES[column.name]
        if column.kind == "count" and column.name not in PROCEDURES:
            sheet.number(row, place, each.number(column.name), total_look(COUNT))
        else:
            sheet.text(row, place, "", total_look(CENTRED))


def _write_difference(sheet: Sheet, row: int, gross: int, each: Row) -> None:
    for column in COLUMNS:
        if column.kind == "count":
            place = PLACES[column.name]
            formula = f"={address(gross, place)}"
            if column.name not in PROCEDURES:
                formula += f"-{address(gross + 1, place)}"
            value = each.number(column.name)
            sheet.formula(row, place, formula, value, total_look(COUNT))
    _write_ratios(sheet, row, each, total=True)


def _write_checks(sheet: Sheet, collected: Consolidation, table: Table) -> None:
    """The rows from the system against the province counted by itself."""
    write_title(sheet, "ĐỐI CHIẾU SỐ LIỆU", collected.collector)
    headings = (
        "TT",
        "Chỉ tiêu",
        "Cộng các đơn vị trong hệ thống",
        "Đếm cả tỉnh trong hệ thống",
        "Kết quả",
    )
    for column, heading in enumerate(headings, start=1):
        sheet.text(4, column, heading, HEAD)
    sheet.repeat_rows(4, 4)
    names = (*PROCEDURES, *NAMES)
    of_rows, whole = collected.from_system, collected.whole
    for position, name in enumerate(names, start=1):
        row = 4 + position
        sheet.number(row, 1, position, CENTRED)
        sheet.text(row, 2, LABELS[name], PADDED)
        added = (
            f'=SUMIF({table.column("source")},"{Source.SYSTEM.value}",'
            f"{table.column(name)})"
        )
        sheet.formula(row, 3, added, of_rows.number(name), COUNT)
        sheet.number(row, 4, whole.number(name), COUNT)
        sheet.formula(
            row,
            5,
            f'=IF({address(row, 3)}={address(row, 4)},"{RIGHT}","{WRONG}")',
            RIGHT if of_rows.number(name) == whole.number(name) else WRONG,
            CENTRED,
        )
    last = 4 + len(names)
    mark(sheet, f"{address(5, 5)}:{address(last, 5)}")
    row = last + 2
    files = [leaf for leaf in collected.leaves if leaf.received_from]
    for leaf in files:
        text = f"{leaf.name}: {leaf.received_from}."
        sheet.text(row, 1, text, PLAIN, over=sheet.columns)
        row += 1
    for sentence in collected.notes:
        sheet.text(row, 1, sentence, NOTE, over=sheet.columns)
        row += 1
