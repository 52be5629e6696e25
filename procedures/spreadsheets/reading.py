"""Reads a catalogue from the sheets of a workbook: lines and faults."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from postal_tthc.lib.sheets import Cell, Sheet
from postal_tthc.lib.tables import Fault, Table, find_table, read_row
from postal_tthc.lib.vietnamese import tidy
from procedures.models import Leg
from procedures.spreadsheets.columns import COLUMNS, HEADINGS, ROW_NUMBER
from procedures.spreadsheets.lines import Line

# Published lists group their rows: "II. Lĩnh vực Tổ chức phi chính phủ".
GROUP = re.compile(
    r"(?:(?:[IVXLC]+|[A-ZĐ]|\d+)\s*[.)/:–-]?\s+)?lĩnh vực\s*:?\s+(?P<field>\S.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """What a file says. With faults about row 0 or the headings, no lines."""

    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(sheets: Sequence[Sheet]) -> Reading:
    """The catalogue in the workbook, each row a line, and every fault in its cells.

    A row that only names a field gives it to the rows below whose own cell of
    the field is empty.
    """
    table, faults = find_table(sheets, COLUMNS)
    if table is None or faults:
        return Reading(faults=tuple(faults))
    lines, field = [], None
    for number, cells in table.rows():
        if group := _group(cells):
            field = group
        elif not _is_empty(table, cells):
            line, found = _line(table, number, _with_field(table, cells, field))
            lines.append(line)
            faults += found
    if not lines:
        sentence = _("The list is empty: there is no procedure below the headings.")
        faults.append(Fault(table.heading_row, "", "", sentence))
    return Reading(tuple(lines), tuple(faults))


def _group(cells: Sequence[Cell]) -> str | None:
    said = list(dict.fromkeys(cell for cell in cells if cell is not None))
    if len(said) > 2:
        return None
    found = GROUP.fullmatch(tidy(" ".join(str(cell) for cell in said)))
    return found["field"] if found else None


def _is_empty(table: Table, cells: Sequence[Cell]) -> bool:
    # Blank forms come with their rows numbered.
    return all(
        cells[place] is None
        for key, place in table.places.items()
        if key != ROW_NUMBER and place < len(cells)
    )


def _with_field(table: Table, cells: list[Cell], field: str | None) -> list[Cell]:
    place = table.places["field"]
    if field is None or cells[place] is not None:
        return cells
    return [*cells[:place], field, *cells[place + 1 :]]


def _line(table: Table, number: int, cells: list[Cell]) -> tuple[Line, list[Fault]]:
    values, faults = read_row(table, number, cells, COLUMNS)
    values.pop(ROW_NUMBER, None)
    if contradiction := _contradiction(Line(row=number, **values)):
        faults.append(contradiction)
    return Line(row=number, is_faulty=bool(faults), **values), faults


def _contradiction(line: Line) -> Fault | None:
    if line.reasons is None:
        return None
    marked = [leg for leg in Leg if line.is_marked(leg)]
    by_leg = Leg.INTAKE in marked and line.reasons.intake
    by_leg = by_leg or (Leg.RETURN in marked and line.reasons.result)
    if not by_leg and not (line.reasons.both and len(marked) == len(Leg)):
        return None
    return Fault(
        line.row,
        HEADINGS["reasons"],
        line.reasons.both or line.reasons.intake or line.reasons.result,
        _(
            "The procedure is marked as going by post, and here is a reason why "
            "not. Remove the mark or the reason."
        ),
    )
