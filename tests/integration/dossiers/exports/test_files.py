"""Every sheet in every kind of file, opened again: the same rows, the same types.

A dossier's own words begin like formulas; no file may make one of them.
"""

import csv
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from dossiers.spreadsheets import templates
from dossiers.spreadsheets.exporting import Wish, choose, in_slices, write
from dossiers.spreadsheets.layouts import LAYOUTS
from dossiers.statuses import Status
from postal_tthc.lib import big_csv, big_sheets
from tests.factories.dossiers import dossier_at
from tests.factories.offices import Office
from tests.libreoffice import needs_libreoffice

EVIL = (
    "=1+1",
    "+84 912 345 678",
    "-5",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.vn","x")',
    "'=1",
)
OWN = "own columns"  # a saved template: few columns, in another order than the list's
KINDS = sorted(big_sheets.FORMATS)
SHEETS = [*LAYOUTS, OWN]


@pytest.fixture
def dossiers(office: Office) -> Office:
    """Dossiers on their way by post, with words that look like formulas."""
    for text in EVIL:
        dossier = dossier_at(Status.WITH_POST, office)
        dossier.applicant_name = dossier.return_name = f"{text} & <Hoa>"
        dossier.applicant_address = dossier.return_address = text
        dossier.note = "Dòng một\nDòng hai"
        dossier.save()
        dossier.postal_items.update(postage_dong=26_000)
    return office


def wish(sheet: str, kind: str, office: Office) -> Wish:
    if sheet != OWN:
        return Wish(layout=sheet, file_format=kind, order="receipt")
    keys = ("postage", "return_name", "code", "received_on")
    chosen = Wish(columns=keys, file_format=kind, order="receipt")
    return templates.wish_of(templates.save(chosen, name="Của tôi", by=office.clerk))


def exported(sheet: str, kind: str, office: Office, folder: Path) -> tuple[Path, Any]:
    """The file, and the rows that it must have."""
    asked = wish(sheet, kind, office)
    chosen, layout = choose(asked, office.clerk), LAYOUTS[asked.layout]
    path = folder / f"{sheet.replace(' ', '-')}-{kind}.{kind}"
    assert write(chosen, asked, office.desk, path) == len(EVIL)
    found = in_slices(chosen.dossiers, asked)
    rows = list(layout.rows(found, asked.columns, chosen.span))
    return path, [list(row) for row in rows]


def opened(path: Path) -> list[list[Any]]:
    """The cells as another program reads them; None for an empty one."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [[big_csv.bare(x) or None for x in row] for row in csv.reader(file)]
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [[None if cell == "" else cell for cell in row] for row in sheet.to_python()]


def as_kept(cell: Any, kind: str) -> Any:
    """A cell as this kind of file holds it: a .csv knows texts alone, .ods no tab."""
    match cell:
        case str():
            lines = cell.replace("\r\n", "\n").replace("\r", "\n")
            return lines.replace("\t", " ") if kind == "ods" else lines
        case None:
            return None
        case date() if kind == "csv":
            return f"{cell:%d/%m/%Y}"
    return str(cell) if kind == "csv" else cell


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_an_export_opened_again_has_the_same_rows_with_the_same_types(
    sheet, kind, dossiers, tmp_path
):
    path, rows = exported(sheet, kind, dossiers, tmp_path)

    found = opened(path)[-len(rows) :]

    assert found == [[as_kept(cell, kind) for cell in row] for row in rows]
    if kind != "csv":
        days = [x for row in rows for x in row if isinstance(x, date)]
        assert days
        known = [x for row in found for x in row]
        assert sum(type(x) is date for x in known) == len(days)
        assert not any(isinstance(x, datetime) for x in known)


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_cell_of_a_workbook_is_a_formula(sheet, dossiers, tmp_path):
    path, _rows = exported(sheet, "xlsx", dossiers, tmp_path)

    cells = [cell for row in load_workbook(path).active.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    bare = [
        cell.coordinate
        for cell in cells
        if isinstance(cell.value, str)
        and cell.value.startswith(("=", "+", "-", "@", "\t", "\n"))
        and not cell.quotePrefix
    ]
    assert bare == []
    assert any(cell.quotePrefix for cell in cells)


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_cell_of_an_open_document_is_a_formula(sheet, dossiers, tmp_path):
    path, _rows = exported(sheet, "ods", dossiers, tmp_path)

    content = ZipFile(path).read("content.xml").decode()
    assert "formula" not in content
    assert "=1+1 &amp; &lt;Hoa&gt;" in content


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_cell_of_a_csv_begins_like_a_formula(sheet, dossiers, tmp_path):
    path, _rows = exported(sheet, "csv", dossiers, tmp_path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n")]
    assert "'=1+1 & <Hoa>" in cells


@needs_libreoffice
@pytest.mark.libreoffice
def test_libreoffice_opens_each_and_reads_the_same_words_and_days(dossiers, tmp_path):
    made = {
        path: rows
        for sheet in SHEETS
        for kind in ("xlsx", "ods")
        for path, rows in [exported(sheet, kind, dossiers, tmp_path)]
    }

    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            # Comma, double quote, UTF-8, all rows, values and not what is shown.
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
            "--outdir",
            tmp_path / "out",
            *made,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )

    for path, rows in made.items():
        with (tmp_path / "out" / f"{path.stem}.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            found = list(csv.reader(file))[-len(rows) :]
        kind = path.suffix[1:]
        expected = [[_said(as_kept(cell, kind)) for cell in row] for row in rows]
        assert found == expected, path.name


def _said(cell: Any) -> str:
    if isinstance(cell, date):
        return f"{cell:%m/%d/%Y}"
    return "" if cell is None else str(cell)
