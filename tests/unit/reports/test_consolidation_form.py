"""The blank return: what it asks, what it adds up, what a program makes of it."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.consolidation import form, judging, reading
from reports.consolidation.judging import Request
from tests.factories.returns import FIRST, HEAD, LINES, YEAR, filled, total_row
from tests.libreoffice import needs_libreoffice, recalculated

REQUEST = Request("Sở Y tế", "SYT", YEAR, date(2020, 2, 1))


@pytest.mark.libreoffice
@needs_libreoffice
def test_a_form_saved_by_libreoffice_has_the_same_numbers_and_is_accepted(tmp_path):
    content = filled()

    fresh = recalculated(content, tmp_path)

    stored = load_workbook(BytesIO(content), data_only=True)
    for name in (form.OWN_SHEET, form.SHARED_SHEET):
        row = total_row(stored[name])
        for place in range(2, stored[name].max_column + 1):
            value = stored[name].cell(row, place).value
            assert fresh[name].cell(row, place).value == value
    saved = (tmp_path / "out" / "report.xlsx").read_bytes()
    read = reading.read(saved, name="return.xlsx")
    assert judging.judge(read, REQUEST) == ([], LINES)


def test_a_blank_form_has_its_fields_and_room_for_more():
    book = load_workbook(BytesIO(form.blank(HEAD, ["Dược phẩm", "Khám bệnh"])))
    sheet = book[form.OWN_SHEET]

    last = total_row(sheet)
    assert [sheet.cell(row, 1).value for row in (FIRST, FIRST + 1)] == [
        "Dược phẩm",
        "Khám bệnh",
    ]
    assert last - FIRST >= 2 + form.ROOM
    assert sheet.cell(last, 4).value == f"=SUM(D{FIRST}:D{last - 1})"
    assert all(
        not sheet.cell(row, place).protection.locked
        for row in (FIRST, last - 1)
        for place in range(1, 17)
    )
    assert sheet.cell(last, 4).protection.locked


def test_only_whole_numbers_are_let_in():
    sheet = load_workbook(BytesIO(form.blank(HEAD, [])))[form.OWN_SHEET]

    (asked,) = sheet.data_validations.dataValidation
    assert (asked.type, asked.operator, asked.formula1) == (
        "whole",
        "greaterThanOrEqual",
        "0",
    )


def test_it_carries_no_macros_and_no_password():
    content = form.blank(HEAD, [])

    sheet = load_workbook(BytesIO(content))[form.OWN_SHEET]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert b"vbaProject" not in content
