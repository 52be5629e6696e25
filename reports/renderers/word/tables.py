"""The tables of a paper: upright under their section, wide ones as annexes."""

from collections.abc import Sequence
from itertools import groupby

from reports.papers import PaperColumn, PaperTable
from reports.renderers.word.page import TEXT_MM
from reports.renderers.word.parts import Cell, Element, clean, paragraph, table

LABELS = "left"  # how words stand; figures stand right or in the middle


def is_wide(given: PaperTable) -> bool:
    """Whether it needs a page on its side."""
    return sum(column.width for column in given.columns) > TEXT_MM


def write_table(
    given: PaperTable, room: float, *, titled: bool = True
) -> list[Element]:
    """The title, the table over the whole ``room`` in mm, and the note below it."""
    widths = _fitted(given.columns, room)
    head = _head(given.columns)
    rows = [
        *head,
        *(_row(given.columns, row) for row in given.rows),
        *(_row(given.columns, row, bold=True) for row in given.totals),
    ]
    drawn = [table(rows, widths, boxed=True, heads=len(head))]
    if titled and clean(given.title):
        drawn.insert(0, paragraph(given.title, "TableTitle"))
    if clean(given.note):
        return [*drawn, paragraph(given.note, "TableNote")]
    return [*drawn, paragraph("", "AfterTable")]


def _fitted(columns: Sequence[PaperColumn], room: float) -> list[float]:
    whole = sum(column.width for column in columns)
    return [column.width * room / whole for column in columns]


def _head(columns: Sequence[PaperColumn]) -> list[list[Cell]]:
    """One row of headings, or two when columns stand in groups."""
    if not any(column.group for column in columns):
        return [[_heading(column.heading) for column in columns]]
    above: list[Cell] = []
    below: list[Cell] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        inside = list(members)
        if group:
            above.append(_heading(group, over=len(inside)))
            below += [_heading(column.heading) for column in inside]
            continue
        above += [_heading(column.heading, deep=True) for column in inside]
        below += [Cell([paragraph("", "TableHead")], goes_on=True) for _ in inside]
    return [above, below]


def _heading(text: str, *, over: int = 1, deep: bool = False) -> Cell:
    return Cell([paragraph(text, "TableHead")], over=over, deep=deep)


def _row(
    columns: Sequence[PaperColumn], texts: Sequence[str], *, bold: bool = False
) -> list[Cell]:
    return [
        Cell(
            [
                paragraph(
                    text,
                    "TableCell",
                    align=None if column.align == LABELS else column.align,
                    bold=bold,
                )
            ]
        )
        for column, text in zip(columns, texts, strict=True)
    ]
