"""A page of figures kept as a file holds what the page holds, in its order."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from reports.renderers.excel.screen import render
from reports.screens import (
    COUNT,
    DAY,
    DONG,
    PERCENT,
    POINTS,
    TEXT,
    Cell,
    Head,
    Screen,
    Table,
)

HEADS = (
    Head("Thủ tục", TEXT),
    Head("Số lượng", COUNT),
    Head("%", PERCENT),
    Head("Điểm", POINTS),
    Head("Cước", DONG),
    Head("Ngày", DAY),
    Head("J+n", TEXT),
)
ROW = (
    Cell("Thi tuyển", "/dossiers/?x", small="1.001445"),
    Cell(1_234, "/dossiers/?counted=received"),
    Cell(Decimal("10.85")),
    Cell(Decimal("-1.50")),
    Cell(30_000),
    Cell(date(2020, 9, 29)),
    Cell("J+2"),
)
NOTHING = (Cell("Không có"), Cell(0), *[Cell(None)] * 5)


def written(*tables: Table) -> Workbook:
    screen = Screen("Bưu chính", "Sở Nội vụ", "Năm 2020", "Đếm ngày 29/09/2020", tables)
    return load_workbook(BytesIO(render(screen)))


def rows(book: Workbook, place: int = 0) -> list[list[object]]:
    sheet = book.worksheets[place]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_value_is_a_value_and_not_its_picture():
    book = written(
        Table("Theo thủ tục", HEADS, (ROW, NOTHING), "Cách đếm.", total=NOTHING)
    )
    shown = rows(book)

    assert [row[0] for row in shown[:5]] == [
        "Theo thủ tục",
        "Sở Nội vụ",
        "Bưu chính",
        "Năm 2020",
        "Đếm ngày 29/09/2020",
    ]
    assert shown[6] == [head.label for head in HEADS]
    name, number, percent, points, dong, day, norm = shown[7]
    assert (name, number, dong, norm) == ("Thi tuyển\n1.001445", 1_234, 30_000, "J+2")
    assert (percent, points) == (0.1085, -1.5)
    assert day.date() == date(2020, 9, 29)
    assert shown[8] == shown[9] == ["Không có", 0, *["–"] * 5]
    assert shown[10][0] == "Cách đếm."
    assert book.worksheets[0]["C8"].number_format.startswith("[$-42A]0.00%")


def test_tables_keep_their_order_each_on_a_sheet_with_a_name_excel_takes():
    titles = ["06/98 → 05/97", "Kết quả: [xã] * ? và phường, thị trấn, đặc khu", "Sau"]
    book = written(*(Table(x, HEADS, (ROW,)) for x in titles))

    assert [rows(book, place)[0][0] for place in range(3)] == titles
    assert all(len(sheet.title) <= 31 for sheet in book)


def test_an_empty_table_says_so_and_its_sentences_are_kept():
    shown = rows(
        written(Table("Trống", HEADS, (), empty="Chưa có.", sentences=("Một.", "Hai.")))
    )

    assert [row[0] for row in shown[6:]] == ["Một.", "Hai.", "Chưa có."]


def test_a_page_without_a_table_is_still_a_file():
    assert rows(written())[0][0] == "Bưu chính"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-A1", "@SUM(A1)", "#N/A"])
def test_text_is_never_a_formula(text):
    book = written(Table("A", HEADS[:2], ((Cell(text), Cell(1)),)))
    cell = book.worksheets[0]["A8"]

    assert (cell.value, cell.data_type) == (text, "s")
