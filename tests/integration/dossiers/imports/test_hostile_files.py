"""Hostile files cost little time and little memory, measured from outside."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.factories.jobs import ROOT
from tests.integration.dossiers.imports import workbooks
from tests.integration.dossiers.imports.hostile import (
    LONG,
    compound,
    of_many_rows,
    record,
    shared_text,
    shown,
    xls,
    xlsx,
)
from tests.integration.dossiers.imports.test_bad_files import CELL, HEAD, TAIL, ods

MOST = 400  # MB, of which half is the interpreter with all that is loaded
PATIENCE = 30  # seconds; the machine of a test run has other things to do
INLINE = '<c t="inlineStr"><is><t>Nguyễn Thị Đào</t></is></c>'
ROW = f"<row>{INLINE * 6}</row>"
SHARED = '<row><c t="s"><v>0</v></c></row>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
CORNERS = '<row r="1"><c r="A1"><v>1</v></c></row>'
CORNERS += '<row r="200000"><c r="GR200000"><v>1</v></c></row>'
REPEATED = '<table:table-row table:number-rows-repeated="200000">'
REPEATED += CELL.replace(
    "<table:table-cell", '<table:table-cell table:number-columns-repeated="190"'
)
REPEATED += "</table:table-row>"
DAMAGED, PASSWORD = "damaged", "protected by a password"
TOO_LARGE, MACROS = "unpacks to far more", "contains macros"
TEXT, CELLS = "too much text", "too many cells"
LOCKED = compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})


def different_rows(count: int) -> str:
    """Rows of one number each, which do not pack to nothing."""
    numbers = (n * n * 7_919 % 999_983 for n in range(count))
    return "".join(f"<row><c><v>{number}</v></c></row>" for number in numbers)


Case = tuple[str, Callable[[], bytes], str]
CASES: list[Case] = [
    ("gigabyte.xlsx", lambda: of_many_rows(ROW, 2**30 // len(ROW)), TOO_LARGE),
    ("bomb.xlsx", lambda: xlsx(ROW, xl__x=bytes(150 * 2**20)), TOO_LARGE),
    ("rows.xlsx", lambda: xlsx(different_rows(220_000)), "200100 rows"),
    ("text.xlsx", lambda: xlsx(SHARED * 5_000, shared=f"<si><t>{LONG}</t></si>"), TEXT),
    ("corners.xlsx", lambda: xlsx(CORNERS), CELLS),
    ("wide.xlsx", lambda: xlsx('<row><c r="XFD1"><v>1</v></c></row>'), "200 columns"),
    ("laughs.xlsx", lambda: xlsx(ROW, head=LAUGHS), DAMAGED),
    ("outside.xlsx", lambda: xlsx(ROW, head=OUTSIDE), DAMAGED),
    ("macros.xlsx", lambda: xlsx(ROW, **{"xl__vbaProject.bin": b""}), MACROS),
    ("macros.xlsm", lambda: xlsx(ROW), MACROS),
    ("locked.xlsx", lambda: LOCKED, PASSWORD),
    ("locked.xls", lambda: LOCKED, PASSWORD),
    (
        "old locked.xls",
        lambda: compound({"Workbook": xls(record(0x2F, b"xx"))}),
        PASSWORD,
    ),
    ("cut.xlsx", lambda: workbooks.plain("1.000001")[:-300], DAMAGED),
    ("empty.xlsx", lambda: b"", "empty"),
    ("empty.csv", lambda: b"", "empty"),
    ("picture.xlsx", lambda: b"\x89PNG\r\n\x1a\n" * 99, DAMAGED),
    ("page.xls", lambda: b"<html><table><tr><td>1</td></tr></table>", "fit its ending"),
    ("new.xls", lambda: workbooks.plain("1.000001"), "fit its ending"),
    ("list.ods", lambda: workbooks.plain("1.000001"), DAMAGED),
    ("repeated.ods", lambda: ods(HEAD + REPEATED + TAIL), CELLS),
    (
        "text.xls",
        lambda: compound({"Workbook": xls(*shared_text(30_000), shown(500, 100))}),
        TEXT,
    ),
    (
        "corners.xls",
        lambda: compound(
            {
                "Workbook": xls(
                    record(0x0203, bytes(14)),
                    record(0x0203, b"\xff\xff\xc0\0" + bytes(10)),
                )
            }
        ),
        CELLS,
    ),
    ("circle.xls", lambda: compound({"Workbook": xls()}, circle=True), DAMAGED),
    ("signs.csv", lambda: b";" * 19_000_000, "200 columns"),
    ("lines.csv", lambda: b"a;b\n" * 4_900_000, "200100 rows"),
    ("quote.csv", lambda: b'"' + b"a;b\n" * 4_900_000, "cannot be read"),
    ("cells.csv", lambda: (b";" * 189 + b"\n") * 100_000, CELLS),
]
SAYS = {name: says for name, _build, says in CASES}


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, dict]:
    """What every file took, by its name."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, build, _says in CASES:
        (folder / name).write_bytes(build())
    module = "tests.integration.dossiers.imports.measured"
    run = subprocess.run(
        [sys.executable, "-m", module, str(folder)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "postal_tthc.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("name", SAYS)
def test_a_hostile_file_is_refused_in_a_sentence_for_little(told, name: str) -> None:
    took = told[name]
    assert SAYS[name] in took["said"], took
    assert took["said"].endswith(".")
    assert took["peak"] < MOST, took
    assert took["seconds"] < PATIENCE, took
