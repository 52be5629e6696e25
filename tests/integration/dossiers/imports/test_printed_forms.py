"""The blank form and the workbook of faulty rows, as they look and are printed."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dossiers.spreadsheets import faulty
from dossiers.spreadsheets.blank import blank
from dossiers.spreadsheets.columns import IMPORTED
from postal_tthc.lib.printed_sheets import lines_in
from postal_tthc.lib.sheets import Sheet

REASON = (
    "Ngày tiếp nhận: Ngày 31/02/2020 không có trong lịch.\n"
    "Mã TTHC: Không có thủ tục nào mang mã 9.999999 trong danh mục; kiểm tra lại mã "
    "hoặc nhập thủ tục vào danh mục trước khi đưa tệp lên lần nữa."
)


@pytest.fixture
def form() -> tuple[Worksheet, Worksheet]:
    book = load_workbook(BytesIO(blank()))
    return book.worksheets[0], book.worksheets[1]


def returned(headings: int) -> Worksheet:
    """The faulty rows of a sheet with so many columns."""
    rows = [[f"Cột {n}" for n in range(headings)], ["Nguyễn Thị Đào"] * headings]
    content = faulty.workbook(Sheet("Sổ", rows), 1, {2: REASON})
    return load_workbook(BytesIO(content)).active


def test_the_blank_form_is_printed_across_with_its_codes_on_every_page(form):
    page, _guide = form

    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.scale >= 58
    assert (page.print_title_rows, page.print_title_cols) == ("$1:$1", "$A:$A")
    assert page.print_area.startswith("'Sổ theo dõi hồ sơ'!$A$1:$")


def test_the_guide_is_one_page_across_with_every_word_to_be_seen(form):
    _page, guide = form

    assert guide.sheet_properties.pageSetUpPr.fitToPage
    assert guide.max_row == len(IMPORTED) + 1
    for row in guide.iter_rows(min_row=2):
        for cell in row:
            width = guide.column_dimensions[cell.column_letter].width
            lines = lines_in(cell.value or "", width)
            assert guide.row_dimensions[cell.row].height >= lines * 13, cell.coordinate


def test_the_whole_reason_is_seen_beside_a_faulty_row():
    sheet = returned(3)

    width = sheet.column_dimensions["A"].width
    lines = lines_in(REASON, width)
    assert lines >= 4
    assert sheet.row_dimensions[2].height >= lines * 13
    assert sheet["A2"].alignment.wrap_text
    assert sheet["B2"].alignment.vertical == "top"


def test_a_few_columns_of_faulty_rows_are_one_page_across():
    assert returned(3).sheet_properties.pageSetUpPr.fitToPage


def test_many_columns_of_faulty_rows_go_over_pages_that_all_say_the_reason():
    sheet = returned(40)

    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.scale >= 58
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")


def test_a_column_of_faulty_rows_is_as_wide_as_its_words_and_no_wider():
    rows = [["STT", "Nội dung"], [1, "x" * 200]]
    content = faulty.workbook(Sheet("Sổ", rows), 1, {2: REASON})
    sheet = load_workbook(BytesIO(content)).active

    widths = sheet.column_dimensions
    assert widths["B"].width < 10 < widths["C"].width <= faulty.WIDEST + 1
