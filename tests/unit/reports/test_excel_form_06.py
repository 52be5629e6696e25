"""Biểu số 06/VPCP/KSTT in the workbook, read back from its own bytes."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reports.figures import COUNTED, Counts
from reports.layouts import FORM_06, FORM_06_CHECKS, form_06
from reports.renderers.excel import render
from tests.unit.reports.test_excel import (
    NINE_MONTHS,
    OTHER,
    USED,
    WHOLE,
    YEAR,
    figures,
    line,
    opened,
    report,
    words,
)

FIRST_ROW = 10  # below the head and the band of the first period
ONLINE = replace(USED, online=12)
TWO_FIELDS = figures(
    "2019",
    line("1.000001", ONLINE, field="Công chức"),
    line("1.000002", OTHER, field="Công chức"),
    line("1.000003", Counts(received=2, early=2), field="Thanh niên"),
)


def sheet_of(*periods, whole=None, values: bool = True) -> Worksheet:
    return opened(render(report(*periods, whole=whole)), values=values)["Biểu 06"]


def rows_of(sheet: Worksheet) -> list[tuple]:
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def checks_of(sheet: Worksheet) -> list[tuple[str, str]]:
    return [
        (row[0].removeprefix("Kiểm tra: "), row[2])
        for row in rows_of(sheet)
        if str(row[0]).startswith("Kiểm tra")
    ]


def test_the_columns_are_those_of_the_form():
    sheet = sheet_of(TWO_FIELDS)

    assert [sheet.cell(8, column).value for column in range(1, 14)] == [
        f"({number})" for number in range(1, 14)
    ]
    assert (sheet["A5"].value, sheet["C5"].value) == ("STT", "Số hồ sơ nhận giải quyết")
    assert sheet["G5"].value == "Số hồ sơ đã giải quyết"
    assert sheet["K5"].value == "Số hồ sơ đang giải quyết"
    assert sheet["D6"].value == "Trong đó"
    assert [sheet.cell(7, column).value for column in (4, 5, 6)] == [
        "Trực tuyến",
        "Trực tiếp, dịch vụ bưu chính",
        "Từ kỳ trước",
    ]
    assert [sheet.cell(6, column).value for column in (3, 7, 8, 9, 10, 11, 12, 13)] == [
        "Tổng số",
        *("Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn"),
        *("Tổng số", "Trong hạn", "Quá hạn"),
    ]


def test_the_head_names_the_form_the_agency_and_the_days():
    text = words(sheet_of(TWO_FIELDS))

    assert "Biểu số 06/VPCP/KSTT" in text
    assert "Đơn vị báo cáo: Sở Nội vụ" in text
    assert "(Từ ngày 01/01/2019 đến ngày 31/12/2019)" in text
    assert "Đơn vị tính: số hồ sơ TTHC" in text


def test_a_row_gives_the_numbers_of_its_field():
    first, second, total = rows_of(sheet_of(TWO_FIELDS))[FIRST_ROW - 1 : FIRST_ROW + 2]

    # Withdrawn: one of each procedure, counted as on time.
    assert first == (
        *(1, "Công chức"),
        *(32 + 1180 + 3, 12, 20 + 1180, 3),
        *(920 + 87 + 23, 920, 85 + 2, 23),
        *(102 + 83, 102, 83),
    )
    assert second == (2, "Thanh niên", 2, 0, 2, 0, 2, 2, 0, 0, 0, 0, 0)
    assert total[0] == "Tổng cộng"
    assert total[2:] == tuple(form_06(TWO_FIELDS.counts, x.number) for x in FORM_06)


def test_withdrawn_dossiers_stand_under_on_time_and_the_sheet_says_so():
    text = words(sheet_of(TWO_FIELDS))

    assert "Cột (9) gồm cả 2 hồ sơ rút hoặc dừng giải quyết." in text
    assert "gồm cả" not in words(sheet_of(NINE_MONTHS))


def test_totals_and_checks_are_live_formulas():
    sheet = sheet_of(TWO_FIELDS, values=False)

    row = FIRST_ROW
    assert [sheet.cell(row, column).value for column in (3, 7, 11)] == [
        "=D10+E10+F10",
        "=H10+I10+J10",
        "=L10+M10",
    ]
    assert all(
        sheet.cell(row + 2, column).value.startswith("=SUM(") for column in range(3, 14)
    )
    assert sheet.cell(row + 3, 3).value == (
        '=IF(SUMPRODUCT(--(C10:C12<>D10:D12+E10:E12+F10:F12))=0,"Đúng","Sai")'
    )


def test_the_four_checks_of_the_form_hold():
    assert checks_of(sheet_of(TWO_FIELDS)) == [
        ("(3) = (4) + (5) + (6)", "Đúng"),
        ("(7) = (8) + (9) + (10)", "Đúng"),
        ("(11) = (12) + (13)", "Đúng"),
        ("(3) = (7) + (11)", "Đúng"),
    ]


def test_what_does_not_balance_in_one_field_is_wrong_even_when_the_total_is_right():
    odd = figures(
        "2019",
        line("1.000001", Counts(received=5, early=4), field="Công chức"),
        line("1.000002", Counts(received=5, early=6), field="Thanh niên"),
    )

    assert odd.counts.is_balanced
    assert [answer for _, answer in checks_of(sheet_of(odd))] == [
        *("Đúng", "Đúng", "Đúng"),
        "Sai",
    ]


def test_every_period_has_its_block():
    sheet = sheet_of(YEAR, NINE_MONTHS, whole=WHOLE)

    bands = [row[0] for row in rows_of(sheet) if str(row[0]).startswith("Kỳ báo cáo")]
    assert [band.split(" (")[0] for band in bands] == [
        "Kỳ báo cáo: năm 2019",
        "Kỳ báo cáo: 9 tháng đầu năm 2020",
        "Kỳ báo cáo: cả kỳ",
    ]
    assert len(checks_of(sheet)) == 3 * len(FORM_06_CHECKS)


def test_a_period_that_goes_on_says_how_far_it_was_counted():
    unfinished = figures("2020", line("1.000001", USED), as_of=date(2020, 10, 1))

    assert "chưa kết thúc, đếm đến 01/10/2020" in words(sheet_of(unfinished))


def test_a_form_without_fields_is_a_form():
    sheet = sheet_of(figures("2019"))

    assert "Không có lĩnh vực nào trong kỳ." in words(sheet)
    total = next(row for row in rows_of(sheet) if row[0] == "Tổng cộng")
    assert set(total[2:]) == {0}


@pytest.mark.parametrize("name", COUNTED)
def test_every_count_that_the_form_asks_for_moves_it(name):
    asked = {each for column in FORM_06 for each in column.counts}
    counted = Counts(**{name: 7})

    moved = any(form_06(counted, column.number) for column in FORM_06)
    # Received shows through those that did not come online; the legs do not show.
    assert moved == (name in asked or name == "received")
