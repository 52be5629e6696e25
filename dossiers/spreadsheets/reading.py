"""Reads the rows of a register: values by column key, and every fault in the cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dossiers.spreadsheets.columns import by_key
from dossiers.spreadsheets.mapping import Places
from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import ERRORS, Cell, Sheet, show
from postal_tthc.lib.tables import Fault, is_total, numbers_the_columns

# Below the last total people sign: a row there with fewer cells is no dossier.
FEWEST_BELOW_TOTAL = 4
DAYS_TO_1904 = 1_462  # from the day 0 of other workbooks


@dataclass
class Line:
    """One row. ``values`` lacks what could not be read; empty cells are empty values."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)  # cells that say something


def mapping_faults(places: Places) -> list[Fault]:
    """What keeps a list from being read at all."""
    faults = []
    if places.is_round_trip:
        return faults
    if "received_on" not in places.places:
        faults.append(
            Fault(
                places.heading_row,
                by_key["received_on"].heading,
                "",
                _("No column is the day of receipt. Choose which one it is."),
            )
        )
    if not {"procedure_code", "procedure_name"} & set(places.places):
        faults.append(
            Fault(
                places.heading_row,
                by_key["procedure_code"].heading,
                "",
                _("No column is the procedure: its code or its name. Choose one."),
            )
        )
    return faults


def read_lines(sheet: Sheet, places: Places) -> Iterator[Line]:
    """The rows below the headings that are dossiers, in their order.

    Left out are empty rows, totals, titles of groups, headings printed again, the row
    that numbers the columns, and what people sign below the last total.
    """
    headings = sheet.rows[places.heading_row - 1]
    last_total = _last_total(sheet, places)
    days = sheet.counts_from_1904
    for number, cells in enumerate(
        sheet.rows[places.heading_row :], places.heading_row + 1
    ):
        said = [cell for cell in cells if cell is not None]
        if (
            not said
            or cells == headings
            or is_total(cells)
            or numbers_the_columns(cells)
            or _is_title(cells)
            or not any(
                _at(cells, place) is not None for place in places.places.values()
            )
            or (last_total and number > last_total and len(said) < FEWEST_BELOW_TOTAL)
        ):
            continue
        yield read_line(number, cells, places, counts_from_1904=days)


def read_line(
    number: int,
    cells: Sequence[Cell],
    places: Places,
    *,
    counts_from_1904: bool = False,
) -> Line:
    """One row, read cell by cell."""
    line = Line(number)
    for key, place in places.places.items():
        column, cell = by_key[key], _at(cells, place)
        if counts_from_1904 and column.kind == "date" and type(cell) in (int, float):
            cell += DAYS_TO_1904
        if cell is not None:
            line.shown[key] = show(cell)
        try:
            if isinstance(cell, str) and cell in ERRORS:
                raise Invalid(
                    _("The formula in this cell fails. Write the value itself.")
                )
            line.values[key] = column.read(cell)
        except Invalid as error:
            line.faults.append(Fault(number, column.heading, show(cell), str(error)))
    return line


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _is_title(cells: Sequence[Cell]) -> bool:
    """Whether one text is merged across the row: the title of a group."""
    said = [cell for cell in cells if cell is not None]
    return len(said) > 1 and len(set(map(str, said))) == 1 and isinstance(said[0], str)


def _last_total(sheet: Sheet, places: Places) -> int:
    """The last row that adds up others; 0 when there is none."""
    below = range(len(sheet.rows), places.heading_row, -1)
    return next((row for row in below if is_total(sheet.rows[row - 1])), 0)
