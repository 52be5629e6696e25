"""Reads and judges a filled form of totals: every fault at once, or its rows."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from dossiers.actions.opening import total_faults
from dossiers.models import OpeningTotal
from dossiers.models.opening_total import NUMBERS
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.grids import Limits
from postal_tthc.lib.packages import repack
from postal_tthc.lib.sheets import Sheet, read_workbook
from postal_tthc.lib.tables import Fault, Table, find_table, read_row
from postal_tthc.lib.workbooks import address
from procedures.models import Procedure
from reports.totals_book import offers
from reports.totals_sheet import COLUMNS, HEADINGS

# First and last cell, each row and column from 0.
CellRange = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class FilledForm:
    """A file as it was sent: its sheets, and the merged cells of each by its name."""

    sheets: Sequence[Sheet]
    merged: dict[str, list[CellRange]]


def read(file: BinaryIO, *, name: str) -> FilledForm:
    """The sheets of a file. Raises ``Invalid`` when it cannot be opened."""
    package = repack(file, name=name, limits=Limits()).getvalue()
    sheets = read_workbook(BytesIO(package), name=name)
    with CalamineWorkbook.from_filelike(BytesIO(package)) as workbook:
        merged = {
            unicodedata.normalize("NFC", sheet): (
                workbook.get_sheet_by_name(sheet).merged_cell_ranges or []
            )
            for sheet in workbook.sheet_names
        }
    return FilledForm(sheets, merged)


@dataclass(frozen=True)
class JudgedTotals:
    """The rows of a file, or what is wrong with it; never both."""

    rows: tuple[OpeningTotal, ...] = ()
    faults: tuple[Fault, ...] = ()


def judge(form: FilledForm, agency: Organisation, *, today: date) -> JudgedTotals:
    """Every fault of a filled form, by row and column; or its rows to enter."""
    table, faults = find_table(form.sheets, COLUMNS)
    if table is not None and not faults:
        faults = _knots(table, form.merged[table.sheet.name])
    if table is None or faults:
        return JudgedTotals(faults=tuple(faults))
    known = _Catalogue(agency)
    rows: list[OpeningTotal] = []
    lines: dict[tuple[str, date], int] = {}
    for line, cells in table.rows():
        numbers = [table.places[name] for name in NUMBERS if name in table.places]
        if all(place >= len(cells) or cells[place] is None for place in numbers):
            continue
        values, found = read_row(table, line, cells, COLUMNS)
        code, month = values.get("code"), values.get("month")
        if code and code not in known.codes:
            sentence = _("%(agency)s has no procedure of this code.")
            told = sentence % {"agency": agency}
            found.append(Fault(line, HEADINGS["code"], code, told))
        elif code and month and (first := lines.get((code, month))):
            sentence = _("This procedure and month stand in row %(row)d already.")
            told = sentence % {"row": first}
            found.append(Fault(line, HEADINGS["code"], code, told))
        faults += found
        if code and month:
            lines.setdefault((code, month), line)
        if not found:
            given = {name: values.get(name) or 0 for name in NUMBERS}
            procedure = known.find(code, month)
            rows.append(OpeningTotal(procedure=procedure, month=month, **given))
    if not faults:
        faults = _rule_faults(agency, rows, lines, today)
    if not faults and not rows:
        sentence = _("The form is empty: no row has a number.")
        faults.append(Fault(table.heading_row, "", "", sentence))
    if faults:
        return JudgedTotals(faults=tuple(sorted(faults, key=lambda x: x.row)))
    return JudgedTotals(tuple(rows))


def _knots(table: Table, ranges: Sequence[CellRange]) -> list[Fault]:
    """Merged cells in the table: nobody can say which row their number is of."""
    headings = {place: HEADINGS[key] for key, place in table.places.items()}
    faults = []
    for (top, left), (bottom, right) in ranges:
        touched = [headings[x] for x in range(left, right + 1) if x in headings]
        if bottom + 1 <= table.heading_row or not touched:
            continue
        cells = f"{address(top + 1, left + 1)}:{address(bottom + 1, right + 1)}"
        sentence = _(
            "The cells %(cells)s are merged. Unmerge them and write a number in each."
        )
        told = sentence % {"cells": cells}
        faults.append(Fault(top + 1, "; ".join(touched[:2]), "", told))
    return faults


def _rule_faults(
    agency: Organisation,
    rows: Sequence[OpeningTotal],
    lines: dict[tuple[str, date], int],
    today: date,
) -> list[Fault]:
    """What the rules say, at the row and column of the file it is about."""
    given = {(row.procedure.code, row.month): row for row in rows}
    told = []
    for code, month, name, sentence in total_faults(agency, rows, today=today):
        line = lines.get((code, month), 0)
        value = f"{code}, {month:%m/%Y}"
        if name and (row := given.get((code, month))):
            value = str(getattr(row, name))
        told.append(Fault(line, HEADINGS.get(name, ""), value, sentence))
    return told


class _Catalogue:
    """The procedures of the agency by code, as they are offered in a month."""

    def __init__(self, agency: Organisation) -> None:
        self.agency = agency
        self._of_month: dict[date, dict[str, Procedure]] = {}
        codes = Procedure.objects.filter(agency=agency).values_list("code", flat=True)
        self.codes = set(codes)

    def find(self, code: str, month: date) -> Procedure:
        """The version that a month is offered."""
        if month not in self._of_month:
            self._of_month[month] = {
                offer.procedure.code: offer.procedure
                for offer in offers(self.agency, month)
            }
        return self._of_month[month][code]
