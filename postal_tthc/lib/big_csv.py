"""Tables as .csv: UTF-8 with its mark (BOM), commas, CRLF, days as dd/mm/yyyy.

A .csv has no types: Excel takes ``=1+1`` for a formula whoever wrote it. So a text
that begins with ``= + - @``, a tab or a line break gets an apostrophe before it, and
one that begins with an apostrophe a second one: ``bare`` takes it away again.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from postal_tthc.lib.big_tables import Cell, Row, Table, begins_a_formula, text_of

SHIELD = "'"


def write(table: Table, rows: Iterator[Row], path: Path) -> None:
    """Write the headings and the rows; lines above a table have no place here."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow([_heading(x.group, x.heading) for x in table.columns])
        for row in rows:
            sheet.writerow([_written(cell) for cell in row])


def shielded(text: str) -> str:
    """The text so that no program takes it for a formula."""
    if begins_a_formula(text) or text.startswith(SHIELD):
        return SHIELD + text
    return text


def bare(text: str) -> str:
    """The text that was shielded."""
    rest = text.removeprefix(SHIELD)
    if rest != text and (begins_a_formula(rest) or rest.startswith(SHIELD)):
        return rest
    return text


def _heading(group: str, heading: str) -> str:
    return shielded(f"{group} – {heading}" if group else heading)


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return shielded(text_of(cell))
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
    return str(cell)
