"""Returns as organisations fill them in, and what they get wrong."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from postal_tthc.accounts.models import Organisation
from reports.consolidation import form
from reports.consolidation.columns import OWN_COLUMNS, SHARED_COLUMNS
from reports.consolidation.form import OWN_SHEET, SHARED_SHEET, Head
from reports.consolidation.lines import Line
from reports.figures import Counts
from reports.periods import Period, parse

YEAR = parse("2019")
FIRST = form.HEAD_ROW + 2  # row of the first line
HEAD = Head("Tỉnh UBND", "Sở Y tế", "SYT", YEAR)
COUNTS = Counts(
    received=20,
    by_post=8,
    intake_by_post=5,
    both_legs_by_post=2,
    results=15,
    return_by_post=6,
    carried_over=4,
    early=6,
    on_time=8,
    overdue=1,
    withdrawn=1,
    open_within=6,
    open_overdue=2,
)
SHARED = Counts(
    received=3, by_post=1, intake_by_post=1, results=2, early=2, open_within=1
)
LINES = (
    Line("Dược phẩm", 9, 4, COUNTS, SHARED),
    Line("Khám bệnh, chữa bệnh", 5, 5, replace(COUNTS, by_post=10, intake_by_post=2)),
)


def filled(
    head: Head = HEAD,
    lines: tuple[Line, ...] = LINES,
    spoil: Callable[[Workbook], None] | None = None,
) -> bytes:
    """A filled form. ``spoil`` changes the workbook with all its values kept."""
    content = form.filled(head, lines)
    if spoil is None:
        return content
    # Values instead of formulas, as openpyxl would store formulas without results.
    workbook = load_workbook(BytesIO(content), data_only=True)
    spoil(workbook)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def form_of(organisation: Organisation, period: Period = YEAR, **more: Any) -> bytes:
    """A filled form of an organisation of the test."""
    head = Head(
        organisation.parent.name, organisation.name, organisation.symbol, period
    )
    return filled(head, **more)


def own(workbook: Workbook) -> Worksheet:
    """The sheet of own numbers."""
    return workbook[OWN_SHEET]


def shared(workbook: Workbook) -> Worksheet:
    """The sheet of what others lead."""
    return workbook[SHARED_SHEET]


def column(name: str, *, is_shared: bool = False) -> int:
    """Where a column stands."""
    columns = SHARED_COLUMNS if is_shared else OWN_COLUMNS
    return [each.key for each in columns].index(name) + 1


def total_row(sheet: Worksheet) -> int:
    """The row of totals."""
    return next(
        cells[0].row for cells in sheet.iter_rows() if cells[0].value == form.TOTAL
    )


def put(
    name: str, value: object, *, row: int = FIRST, on_shared: bool = False
) -> Callable[[Workbook], None]:
    """Write a value into a cell of a line and nothing else."""

    def spoil(workbook: Workbook) -> None:
        sheet = shared(workbook) if on_shared else own(workbook)
        sheet.cell(row, column(name, is_shared=on_shared)).value = value

    return spoil
