"""Reading a workbook that somebody sent: what comes out, and what is refused."""

import io
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from postal_tthc.errors import Invalid
from postal_tthc.lib import grids, packages, sheets
from postal_tthc.lib.grids import Limits
from postal_tthc.lib.sheets import Sheet, read_workbook

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def with_cells(**cells: object) -> bytes:
    workbook = Workbook()
    for place, value in cells.items():
        workbook.active[place] = value
    return saved(workbook)


def read(content: bytes, name: str = "list.xlsx", **limits: int) -> list[Sheet]:
    return read_workbook(io.BytesIO(content), name=name, limits=Limits(**limits))


def with_part(name: str, change: Callable[[str], str | bytes]) -> bytes:
    """A good workbook in which one part says something else."""
    stream = io.BytesIO()
    good = zipfile.ZipFile(io.BytesIO(with_cells(A1="a", A2=1)))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in good.namelist():
            content = good.read(entry)
            package.writestr(
                entry, change(content.decode()) if entry == name else content
            )
    return stream.getvalue()


def with_sheet(data: str) -> bytes:
    """A workbook whose only sheet holds this ``sheetData``."""
    xml = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{data}</sheetData></worksheet>'
    return with_part("xl/worksheets/sheet1.xml", lambda _old: xml)


def test_rows_come_as_excel_numbers_them():
    (sheet,) = read(with_cells(B3="x"))

    assert sheet.rows == [[None, None], [None, None], [None, "x"]]


def test_text_is_composed_and_stripped():
    decomposed = unicodedata.normalize("NFD", " Tiếp nhận \n")

    (sheet,) = read(with_cells(A1=decomposed))

    assert sheet.rows == [["Tiếp nhận"]]


def test_values_keep_their_kind():
    (sheet,) = read(with_cells(A1=10.0, B1=1.00145, C1=True, D1=date(2020, 1, 20)))

    assert sheet.rows == [[10, 1.00145, True, date(2020, 1, 20)]]
    assert type(sheet.rows[0][0]) is int


def test_a_failed_formula_is_read_as_what_excel_shows():
    workbook = Workbook()
    workbook.active["A1"] = "#N/A"
    workbook.active["A1"].data_type = "e"

    (sheet,) = read(saved(workbook))

    assert sheet.rows == [["#N/A"]]


def test_a_merged_range_holds_its_value_everywhere():
    workbook = Workbook()
    workbook.active["A1"] = "Danh mục"
    workbook.active["C2"] = "x"
    workbook.active.merge_cells("A1:B2")

    (sheet,) = read(saved(workbook))

    assert sheet.rows == [["Danh mục", "Danh mục", None], ["Danh mục", "Danh mục", "x"]]


def test_hidden_sheets_and_charts_are_left_out():
    workbook = Workbook()
    workbook.active["A1"] = "shown"
    workbook.create_sheet("hidden").sheet_state = "hidden"
    workbook.create_chartsheet("chart")

    assert [sheet.name for sheet in read(saved(workbook))] == ["Sheet"]


def test_bordered_empty_cells_far_below_do_not_count():
    workbook = Workbook()
    workbook.active["A1"] = "a"
    workbook.active["A60000"].border = Border(top=Side("thin"))

    (sheet,) = read(saved(workbook))

    assert sheet.rows == [["a"]]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("list.xlsm", "contains macros"),
        ("list.XLSB", "contains macros"),
        ("list.xls", "old form"),
        ("list.csv", "not an Excel workbook"),
        ("list", "not an Excel workbook"),
    ],
)
def test_other_endings_are_refused(name, sentence):
    with pytest.raises(Invalid, match=sentence):
        read(with_cells(A1=1), name)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"STT,Ma TTHC", "damaged or is not", id="text"),
        pytest.param(with_cells(A1=1)[:900], "damaged or is not", id="cut off"),
        pytest.param(b"MZ" + with_cells(A1=1), "damaged or is not", id="zip behind"),
        pytest.param(packages.OLD_CONTAINER + bytes(500), "old form", id="xls renamed"),
        pytest.param(
            packages.OLD_CONTAINER + bytes(500) + packages.ENCRYPTED,
            "password",
            id="password",
        ),
    ],
)
def test_what_is_no_workbook_is_refused(content, sentence):
    with pytest.raises(Invalid, match=sentence):
        read(content)


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def test_a_zip_of_something_else_is_refused():
    with pytest.raises(Invalid, match="damaged or is not"):
        read(zipped(**{"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}))


def test_a_workbook_with_a_macro_part_is_refused():
    with zipfile.ZipFile(stream := io.BytesIO(with_cells(A1=1)), "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")

    with pytest.raises(Invalid, match="contains macros"):
        read(stream.getvalue())


def test_a_workbook_declared_with_macros_is_refused():
    content = with_part(
        "[Content_Types].xml",
        lambda old: old.replace("sheet.main", "sheet.macroEnabled.main"),
    )

    with pytest.raises(Invalid, match="contains macros"):
        read(content)


def test_a_zip_protected_by_a_password_is_refused():
    content = bytearray(with_cells(A1=1))
    first = content.index(b"PK\x01\x02")
    while (first := content.find(b"PK\x01\x02", first)) >= 0:
        content[first + 8] |= 1  # the bit that says "encrypted"
        first += 4
    content[6] |= 1

    with pytest.raises(Invalid, match="password"):
        read(bytes(content))


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "MAX_FILE", 1000)

    with pytest.raises(Invalid, match="larger than"):
        read(with_cells(A1=1))


def test_a_bomb_is_refused_by_its_directory():
    bomb = with_part("xl/styles.xml", lambda old: old + " " * 30_000_000)

    assert len(bomb) < 60_000
    with pytest.raises(Invalid, match="unpacks to far more"):
        read(bomb)


def test_too_many_parts_are_refused():
    with zipfile.ZipFile(stream := io.BytesIO(with_cells(A1=1)), "a") as package:
        for number in range(packages.MAX_PARTS):
            package.writestr(f"xl/media/{number}.png", b"")

    with pytest.raises(Invalid, match="unpacks to far more"):
        read(stream.getvalue())


def test_a_directory_that_lies_about_a_size_is_not_believed():
    bomb = bytearray(with_part("xl/styles.xml", lambda old: old + " " * 30_000_000))
    entry = bomb.index(b"xl/styles.xml", bomb.index(b"PK\x01\x02")) - 46
    struct.pack_into("<L", bomb, entry + 24, 1000)

    with pytest.raises(Invalid, match="damaged or is not"):
        read(bytes(bomb))


def test_a_part_that_stands_twice_is_refused():
    content = with_cells(A1=1)
    with zipfile.ZipFile(stream := io.BytesIO(content), "a") as package:
        package.writestr("XL/workbook.xml", b"<workbook/>")

    with pytest.raises(Invalid, match="damaged or is not"):
        read(stream.getvalue())


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(
            '<row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
            "more than 20000 rows",
            id="far corner",
        ),
        pytest.param(
            "<row><c r='XFD1'><v>1</v></c></row>", "100 columns", id="far column"
        ),
        pytest.param(
            '<row r="1048576"><c><v>1</v></c></row>', "20000 rows", id="row says it"
        ),
        pytest.param(
            '<row r="1"><c r="CV1"/><c><v>1</v></c></row>', "100 columns", id="a jump"
        ),
        pytest.param(
            '<row r="1"><c r="99"><v>1</v></c></row>', "columns", id="no letters"
        ),
        pytest.param(
            '<row r="1"><c r="A"><v>1</v></c></row>', "damaged", id="no number"
        ),
        pytest.param('<row r="1"><c r="A1"><v>1</c></row>', "damaged", id="bad xml"),
        pytest.param(
            '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "damaged", id="bad index"
        ),
    ],
)
def test_cells_beyond_the_limits_are_refused_before_they_are_read(data, sentence):
    with pytest.raises(Invalid, match=sentence):
        read(with_sheet(data))


def test_limits_can_be_asked_for():
    content = with_cells(A1="STT", A30=1)

    assert len(read(content, rows=30)[0].rows) == 30
    with pytest.raises(Invalid, match="more than 29 rows"):
        read(content, rows=29)


def test_long_text_shown_in_many_cells_counts_for_each():
    workbook = Workbook()
    for _row in range(50):
        workbook.active.append(["a" * 1000] * 10)
    content = saved(workbook)

    assert len(read(content, text=500_000)[0].rows) == 50
    with pytest.raises(Invalid, match="too much text"):
        read(content, text=499_999)


def test_declared_words_are_refused():
    content = with_part(
        "xl/worksheets/sheet1.xml",
        lambda old: '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + old,
    )

    with pytest.raises(Invalid, match="damaged"):
        read(content)


def test_overlapping_merged_ranges_come_to_an_end():
    merged = '<mergeCell ref="A1:B2"/>' * 1000

    def change(old: str) -> str:
        return old.replace(
            "</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>"
        )

    with pytest.raises(Invalid, match="damaged"):
        read(with_part("xl/worksheets/sheet1.xml", change))


def test_too_many_sheets_and_cells_are_refused(monkeypatch):
    workbook = Workbook()
    for name in ("one", "two"):
        workbook.create_sheet(name).append([1, 2, 3])
    content = saved(workbook)

    monkeypatch.setattr(sheets, "MAX_CELLS", 5)
    with pytest.raises(Invalid, match="too many cells"):
        read(content)
    monkeypatch.setattr(sheets, "MAX_SHEETS", 2)
    with pytest.raises(Invalid, match="more than 2 sheets"):
        read(content)


def test_columns_are_numbered_as_excel_does():
    assert [grids.column_number(name) for name in ("A", "Z", "AA", "XFD")] == [
        1,
        26,
        27,
        16384,
    ]
