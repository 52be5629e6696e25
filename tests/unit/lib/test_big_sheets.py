"""Large tables: read back they say the same, and no text of theirs is a formula."""

import csv
import re
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from postal_tthc.lib import big_csv, big_sheets
from postal_tthc.lib.big_tables import Column, Kind, Line, Row, Table
from tests.libreoffice import needs_libreoffice

LIST = Table(
    "Hồ sơ",
    "Danh sách hồ sơ",
    "Sở Nội vụ",
    (
        Column("Mã", width=20),
        Column("Ngày", Kind.DATE),
        Column("Số", Kind.COUNT),
        Column("Cước", Kind.MONEY),
        Column("[id]", Kind.COUNT, is_hidden=True),
    ),
)
FORM = Table(
    "Sổ",
    "Sổ theo dõi",
    "Sở Nội vụ",
    (
        Column("TT", Kind.COUNT, 6),
        Column("Mã hồ sơ", width=20),
        Column("Nhận", Kind.DATE, group="Ngày"),
        Column("Trả", Kind.DATE, group="Ngày"),
    ),
    above=(Line("SỞ NỘI VỤ", "CỘNG HÒA"), Line("SỔ THEO DÕI", is_bold=True)),
    is_form=True,
)
ROWS: list[Row] = [
    ("H02.16-200601-0001", date(2020, 6, 1), 3, 26_000, 1),
    ("  Giữ  nguyên <khoảng> & cách ", None, 0, None, 2),
    ("Dòng một\nDòng hai", datetime(2020, 6, 1, 8, 30), None, 1_000_000, 3),  # noqa: DTZ001
    (None, None, None, None, 4),
]
FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+84 912 345 678",
    "-5",
    "@SUM(A1:A9)",
    "\t=1+1",
    '=HYPERLINK("http://example.vn","x")',
    "'=1",
    "'quoted'",
)


@pytest.fixture(params=sorted(big_sheets.FORMATS))
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


def written(table: Table, rows: list[Row], kind: str, folder: Path) -> Path:
    path = folder / f"sheet.{kind}"
    assert big_sheets.write(table, iter(rows), path, kind) == len(rows)
    return path


def read(path: Path) -> list[list[Any]]:
    """The cells of a file as another program reads them; None for an empty one."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [[big_csv.bare(x) or None for x in row] for row in csv.reader(file)]
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [[None if cell == "" else cell for cell in row] for row in sheet.to_python()]


def as_kept(text: str, kind: str) -> str:
    """A cell of .ods holds no tab."""
    return text.replace("\t", " ") if kind == "ods" else text


def as_csv(cell: Any) -> str | None:
    """What a cell is in a file without types."""
    match cell:
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
    return None if cell is None else str(cell)


def test_every_kind_of_file_says_the_same_rows_with_the_same_types(kind, tmp_path):
    head, *rows = read(written(LIST, ROWS, kind, tmp_path))

    assert head == ["Mã", "Ngày", "Số", "Cước", "[id]"]
    expected = [list(row) for row in ROWS]
    if kind == "csv":
        expected = [[as_csv(cell) for cell in row] for row in expected]
    assert rows == expected


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_comes_back_as_the_same_text(
    text, kind, tmp_path
):
    path = written(LIST, [(text, None, None, None, 1)], kind, tmp_path)

    assert read(path)[1][0] == as_kept(text, kind)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_workbook_keeps_it_as_text_that_stays_text_when_it_is_edited(text, tmp_path):
    path = written(LIST, [(text, None, None, None, 1)], "xlsx", tmp_path)

    cell = load_workbook(path).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix is not text.startswith("'")


def test_an_open_document_has_no_formula_in_it(tmp_path):
    rows: list[Row] = [(text, None, None, None, 1) for text in FORMULAS]
    path = written(LIST, rows, "ods", tmp_path)

    content = ZipFile(path).read("content.xml").decode()
    assert "table:formula" not in content
    assert content.count('office:value-type="string"') == len(LIST.columns) + len(rows)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_begins_like_a_formula(text, tmp_path):
    path = written(LIST, [(text, None, None, None, 1)], "csv", tmp_path)

    with path.open(encoding="utf-8-sig", newline="") as file:
        cell = list(csv.reader(file))[1][0]
    assert cell[0] not in "=+-@\t\r\n"


def test_a_csv_tells_excel_that_it_is_unicode(tmp_path):
    content = written(LIST, ROWS, "csv", tmp_path).read_bytes()

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == len(ROWS) + 1


def test_columns_for_the_way_back_are_hidden(tmp_path):
    book = load_workbook(written(LIST, ROWS, "xlsx", tmp_path))

    hidden = [x for x, look in book.active.column_dimensions.items() if look.hidden]
    assert hidden == ["E"]
    content = ZipFile(written(LIST, ROWS, "ods", tmp_path)).read("content.xml").decode()
    assert re.findall(r'"c(\d)" table:visibility="collapse"', content) == ["4"]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_an_official_form_has_two_rows_of_head_and_numbers_under_them(kind, tmp_path):
    rows: list[Row] = [(1, "H02.16-200601-0001", date(2020, 6, 1), None)]

    assert read(written(FORM, rows, kind, tmp_path)) == [
        ["SỞ NỘI VỤ", None, "CỘNG HÒA", None],
        ["SỔ THEO DÕI", None, None, None],
        ["TT", "Mã hồ sơ", "Ngày", None],
        [None, None, "Nhận", "Trả"],
        ["(1)", "(2)", "(3)", "(4)"],
        [1, "H02.16-200601-0001", date(2020, 6, 1), None],
    ]


def test_the_head_of_a_form_is_merged_where_it_covers_two_rows_or_columns(tmp_path):
    book = load_workbook(written(FORM, [], "xlsx", tmp_path))

    merged = sorted(str(cells) for cells in book.active.merged_cells.ranges)
    assert merged == ["A1:B1", "A2:D2", "A3:A4", "B3:B4", "C1:D1", "C3:D3"]


def test_letters_that_no_file_can_hold_are_left_out(kind, tmp_path):
    rows: list[Row] = [("Nguyễn\x00 Văn\x0b A\ud800", None, None, None, 1)]

    assert read(written(LIST, rows, kind, tmp_path))[1][0] == "Nguyễn Văn A"


def test_more_rows_than_a_sheet_holds_are_refused(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(big_sheets, "MOST_ROWS", 2)

    with pytest.raises(big_sheets.TooManyRows):
        big_sheets.write(LIST, iter(ROWS), tmp_path / f"sheet.{kind}", kind)


def test_rows_are_asked_for_one_by_one_and_counted(kind, tmp_path):
    asked, told = [], []

    def rows() -> Iterator[Row]:
        for row in ROWS:
            assert len(told) >= len(asked) - 1
            asked.append(row)
            yield row

    big_sheets.write(LIST, rows(), tmp_path / f"x.{kind}", kind, each=told.append)

    assert told == [1, 2, 3, 4]


@needs_libreoffice
@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_libreoffice_reads_the_same_rows(kind, tmp_path):
    rows: list[Row] = [(text, date(2020, 6, 1), 7, 26_000, 1) for text in FORMULAS]
    path = written(LIST, rows, kind, tmp_path)

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
            path,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )

    with (tmp_path / "out/sheet.csv").open(encoding="utf-8", newline="") as file:
        _head, *found = csv.reader(file)
    assert [row[0] for row in found] == [as_kept(x, kind) for x in FORMULAS]
    assert {tuple(row[1:4]) for row in found} == {("06/01/2020", "7", "26000")}


WIDE = Table(
    "Hồ sơ",
    "Danh sách hồ sơ",
    "Sở Nội vụ",
    tuple(Column(f"Cột {n}", width=20) for n in range(1, 41)),
)


def page_of(path: Path) -> str:
    """What the file says about printing, as XML."""
    if path.suffix == ".ods":
        book = ZipFile(path)
        return (book.read("styles.xml") + book.read("content.xml")).decode()
    return ZipFile(path).read("xl/worksheets/sheet1.xml").decode()


def test_a_list_of_many_columns_is_printed_large_enough_to_be_read(tmp_path):
    sheet = load_workbook(written(WIDE, [], "xlsx", tmp_path)).active

    assert sheet.page_setup.orientation == "landscape"
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert 58 <= sheet.page_setup.scale <= 100
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_title_cols == "$A:$A"
    assert sheet.freeze_panes == "B2"
    page = page_of(written(WIDE, [], "ods", tmp_path))
    (scale,) = re.findall(r'style:scale-to="(\d+)%"', page)
    assert int(scale) == sheet.page_setup.scale
    assert "style:scale-to-X" not in page
    (held,) = re.findall(
        "<table:table-header-columns>(.*?)</table:table-header-columns>", page
    )
    assert held.count("<table:table-column ") == 1


def test_a_list_of_few_columns_is_one_page_across_and_holds_none(tmp_path):
    sheet = load_workbook(written(LIST, ROWS, "xlsx", tmp_path)).active

    assert (sheet.page_setup.fitToHeight, sheet.freeze_panes) == (0, "A2")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert not sheet.print_title_cols
    page = page_of(written(LIST, ROWS, "ods", tmp_path))
    assert 'style:scale-to-X="1"' in page
    assert "table-header-columns" not in page


@pytest.mark.parametrize("table", [LIST, FORM])
def test_numbers_and_days_do_not_stick_to_the_text_beside_them(table, tmp_path):
    place = next(n for n, x in enumerate(table.columns) if x.kind == Kind.COUNT)
    row: Row = tuple(
        {Kind.COUNT: 7, Kind.DATE: date(2020, 6, 1)}.get(x.kind) for x in table.columns
    )
    sheet = load_workbook(written(table, [row], "xlsx", tmp_path)).active
    cells = sheet[sheet.max_row]

    day = next(n for n, x in enumerate(table.columns) if x.kind == Kind.DATE)
    assert cells[place].alignment.horizontal == "center"
    assert cells[day].alignment.horizontal == "center"
    content = page_of(written(table, [row], "ods", tmp_path))
    for name in "nd":
        (style,) = re.findall(
            rf'<style:style style:name="{name}" .*?</style:style>', content
        )
        assert 'fo:text-align="center"' in style


def test_a_row_is_as_high_as_its_longest_text_asks(tmp_path):
    rows: list[Row] = [("một hai ba bốn " * 8, None, None, None, 1), ROWS[0]]

    sheet = load_workbook(written(LIST, rows, "xlsx", tmp_path)).active

    # 119 letters over 20 digits: six lines or seven.
    assert 6 * 13 < sheet.row_dimensions[2].height < 9 * 14
    assert sheet["A2"].alignment.wrap_text
