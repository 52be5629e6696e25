"""Registers as people make them: each function builds one awkward file."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = (
    "STT",
    "Mã TTHC",
    "Người nộp hồ sơ",
    "Ngày tiếp nhận",
    "Hình thức nộp",
    "Ngày trả kết quả",
)
DAY, RETURNED = date(2020, 3, 5), date(2020, 3, 12)


def rows(code: str) -> list[list[Any]]:
    """Two dossiers of a procedure."""
    return [
        [1, code, "Nguyễn Thị Đào", DAY, "Trực tiếp", RETURNED],
        [2, code, "Trần Văn Bình", DAY, "BCCI", None],
    ]


def book(
    lines: Sequence[Sequence[Any]], title: str = "Sổ"
) -> tuple[Workbook, Worksheet]:
    """A workbook with these lines in its only sheet."""
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for line in lines:
        sheet.append(list(line))
    return made, sheet


def packed(made: Workbook) -> bytes:
    """The bytes of the workbook."""
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def listed(*lines: list[Any]) -> bytes:
    """A workbook of these lines."""
    return packed(book(lines)[0])


def plain(code: str) -> bytes:
    """Nothing odd."""
    return packed(book([HEADINGS, *rows(code)])[0])


def heading_three_rows_down(code: str) -> bytes:
    """Titles over the list, the way offices write them, merged across."""
    made, sheet = book(
        [["UBND TỈNH"], [], ["SỔ THEO DÕI HỒ SƠ NĂM 2020"], HEADINGS, *rows(code)]
    )
    sheet.merge_cells("A3:F3")
    return packed(made)


def two_row_headings(code: str) -> bytes:
    """A common title over the days, single headings merged down."""
    made, sheet = book(
        [
            ["STT", "Mã TTHC", "Người nộp", "Thời gian", None, "Cách thức nộp"],
            [None, None, None, "Nhận hồ sơ", "Trả kết quả", None],
            [1, code, "Nguyễn Thị Đào", DAY, RETURNED, "Trực tiếp"],
            [2, code, "Trần Văn Bình", DAY, None, "BCCI"],
        ]
    )
    sheet.merge_cells("D1:E1")
    for letter in "ABCF":
        sheet.merge_cells(f"{letter}1:{letter}2")
    return packed(made)


def days_as_text(code: str) -> bytes:
    """Days typed as text, with stray spaces."""
    first, second = rows(code)
    first[3], first[5], second[3] = " 05/03/2020 ", "12.3.2020", "5/3/20"
    return packed(book([HEADINGS, first, second])[0])


def excel_serials(code: str) -> bytes:
    """Days whose cells were formatted as numbers."""
    lines = rows(code)
    lines[0][3], lines[0][5], lines[1][3] = 43895, 43902, 43895
    return packed(book([HEADINGS, *lines])[0])


def epoch_1904(code: str) -> bytes:
    """A workbook from an old Mac, whose days are counted from 1904."""
    made, sheet = book([HEADINGS])
    made.epoch = CALENDAR_MAC_1904
    for line in rows(code):
        sheet.append(line)
    return packed(made)


def nfd_text(code: str) -> bytes:
    """Letters and their marks apart, in headings and cells."""
    from unicodedata import normalize

    lines = [
        [normalize("NFD", cell) if isinstance(cell, str) else cell for cell in line]
        for line in (HEADINGS, *rows(code))
    ]
    return packed(book(lines)[0])


def full_width_digits(code: str) -> bytes:
    """Digits of an Asian keyboard."""
    first, second = rows(code)
    first[3], first[5] = "０５/０３/２０２０", "１２/０３/２０２０"
    second[3] = "０５/０３/２０２０"
    return packed(book([HEADINGS, first, second])[0])


def headings_without_marks(code: str) -> bytes:
    """Headings without diacritics, in capitals, with spaces and a line break."""
    headings = (
        "stt",
        "MA  THU TUC",
        "Ho ten\nnguoi nop",
        "NGAY NHAN HO SO ",
        "hinh thuc nop",
        "ngay tra",
    )
    return packed(book([headings, *rows(code)])[0])


def hidden_rows(code: str) -> bytes:
    """A row that a filter hides is a dossier still."""
    made, sheet = book([HEADINGS, *rows(code)])
    sheet.row_dimensions[3].hidden = True
    return packed(made)


def fifty_empty_columns(code: str) -> bytes:
    """Columns that say nothing, between the others and after them."""
    lines = [HEADINGS, *rows(code)]
    return packed(book([[*line[:3], *[None] * 50, *line[3:]] for line in lines])[0])


def totals_and_signatures(code: str) -> bytes:
    """Rows numbered, added up and signed."""
    lines = [
        HEADINGS,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        *rows(code),
        ["Tổng số: 2 hồ sơ"],
        [],
        [None, "NGƯỜI LẬP BIỂU", None, "GIÁM ĐỐC"],
    ]
    return packed(book(lines)[0])


def second_sheet(code: str) -> bytes:
    """Notes on the first sheet, a hidden sheet, and the list on the last."""
    made, _notes = book([["Ghi chú chung"], ["Tệp của năm 2020"]], "Ghi chú")
    hidden = made.create_sheet("Cũ")
    hidden.append(HEADINGS)
    hidden.append(["9", "1.999999", "Ai đó", DAY, "BCCI", None])
    hidden.sheet_state = "hidden"
    sheet = made.create_sheet("Sổ 2020")
    for line in (HEADINGS, *rows(code)):
        sheet.append(list(line))
    return packed(made)


def groups_and_blank_rows(code: str) -> bytes:
    """A title merged over each month's rows, empty rows, the headings again."""
    first, second = rows(code)
    made, sheet = book(
        [HEADINGS, ["Tháng 3/2020"], first, [], HEADINGS, ["Tháng 4/2020"], second]
    )
    sheet.merge_cells("A2:F2")
    sheet.merge_cells("A6:F6")
    return packed(made)


def code_as_number(code: str) -> bytes:
    """Excel took the procedure's code for a number and dropped its last zeros."""
    lines = rows(code)
    for line in lines:
        line[1] = float(code)
    return packed(book([HEADINGS, *lines])[0])


def epoch_1904_as_numbers(code: str) -> bytes:
    """The same, and the days lost their look: numbers counted from 1904."""
    lines = rows(code)
    lines[0][3], lines[0][5], lines[1][3] = 42433, 42440, 42433.5
    made, sheet = book([HEADINGS])
    made.epoch = CALENDAR_MAC_1904
    for line in lines:
        sheet.append(line)
    return packed(made)


def one_day_merged_over_rows(code: str) -> bytes:
    """The day is written once, merged over all dossiers of that day."""
    lines = rows(code)
    lines[1][3] = None
    made, sheet = book([HEADINGS, *lines])
    sheet.merge_cells("D2:D3")
    sheet.merge_cells("B2:B3")
    return packed(made)


def totals_in_words(code: str) -> bytes:
    """Sums under each month and at the end, in the words that offices use."""
    first, second = rows(code)
    lines = [
        HEADINGS,
        first,
        ["Cộng tháng 3", None, 1, None, 1, 1],
        second,
        [None, "Cộng tháng 4/2020:", 1],
        [None, "Tổng cộng quý I", 2, None, 2, 1],
    ]
    return packed(book(lines)[0])


def formulas(code: str) -> bytes:
    """Days, names and codes that other cells make; what was computed is kept."""
    content = BytesIO()
    made = xlsxwriter.Workbook(content, {"in_memory": True})
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    sheet = made.add_worksheet("Sổ")
    sheet.write_row(0, 0, HEADINGS)
    for number, line in enumerate(rows(code), start=1):
        sheet.write_number(number, 0, number)
        sheet.write_formula(number, 1, f'="{code}"', None, code)
        sheet.write_formula(number, 2, "=PROPER(Z1)", None, line[2])
        sheet.write_formula(number, 3, "=DATE(2020,3,5)", day, 43895)
        sheet.write_formula(number, 4, '=IF(1,"x","")', None, line[4])
        if line[5]:
            sheet.write_formula(number, 5, f"=D{number + 1}+7", day, 43902)
    made.close()
    return content.getvalue()


def days_in_words(code: str) -> bytes:
    """Days in words, with an hour, and the zero-width signs of web pages."""
    first, second = rows(code)
    first[3], first[5] = "ngày 05 tháng 3 năm 2020", "12/03/2020 16:30"
    second[3] = "\u200b05-03-2020\ufeff"
    return packed(book([HEADINGS, first, second])[0])


AWKWARD = (
    plain,
    heading_three_rows_down,
    two_row_headings,
    days_as_text,
    excel_serials,
    epoch_1904,
    nfd_text,
    full_width_digits,
    headings_without_marks,
    hidden_rows,
    fifty_empty_columns,
    totals_and_signatures,
    second_sheet,
    groups_and_blank_rows,
    code_as_number,
    epoch_1904_as_numbers,
    one_day_merged_over_rows,
    totals_in_words,
    formulas,
    days_in_words,
)
