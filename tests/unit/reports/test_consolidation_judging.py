"""A filled return is judged as a whole: every fault with its place and a way out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from postal_tthc.lib.tables import Fault
from reports.consolidation import form, judging, reading
from reports.consolidation.columns import HEADINGS, OWN_COLUMNS
from reports.consolidation.judging import Request
from reports.consolidation.lines import NAMES, Line
from reports.periods import parse
from tests.factories.returns import (
    COUNTS,
    FIRST,
    HEAD,
    LINES,
    SHARED,
    YEAR,
    column,
    filled,
    own,
    put,
    shared,
    total_row,
)

REQUEST = Request("Sở Y tế", "SYT", YEAR, date(2020, 2, 1))
Spoil = Callable[[Workbook], None]


def judged(
    content: bytes, request: Request = REQUEST
) -> tuple[list[Fault], tuple[Line, ...]]:
    return judging.judge(reading.read(content, name="return.xlsx"), request)


def faults(spoil: Spoil) -> list[Fault]:
    """The faults of a form that was right before; a faulty one gives no lines."""
    found, lines = judged(filled(spoil=spoil))
    assert found
    assert lines == ()
    return found


def test_a_filled_form_is_read_as_it_was_written():
    assert judged(filled()) == ([], LINES)


def test_a_form_whose_formulas_became_values_is_read_the_same():
    assert judged(filled(spoil=lambda workbook: None)) == ([], LINES)


def test_zeros_are_numbers():
    nothing = Line("Dược phẩm")

    assert judged(filled(lines=(nothing,))) == ([], (nothing,))


def test_every_count_has_a_column_and_a_heading():
    assert set(HEADINGS) == {each.key for each in OWN_COLUMNS}
    assert set(NAMES) < set(HEADINGS)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("mười", "This is text"),
        ("12", "This is text"),
        ("1.234", "This is text"),
        (-1, "cannot be negative"),
        (2.5, "no parts of a dossier"),
        (True, "no number of dossiers"),
        (date(2019, 1, 2), "no number of dossiers"),
        (10_000_000, "more than an organisation can have"),
        ("#REF!", "The formula in this cell fails"),
    ],
)
def test_a_cell_that_is_no_count_is_named_with_what_to_write(value, sentence):
    (fault,) = faults(put("withdrawn", value))

    assert (fault.row, fault.heading) == (FIRST, "Rút, dừng giải quyết")
    assert sentence in fault.sentence
    assert fault.value


@pytest.mark.parametrize(
    ("part", "whole", "value"),
    [
        ("postal", "in_force", 10),
        ("by_post", "received", 21),
        ("intake_by_post", "by_post", 9),
        ("both_legs_by_post", "intake_by_post", 6),
        ("return_by_post", "results", 16),
    ],
)
def test_a_part_beyond_its_whole_is_named(part, whole, value):
    def spoil(workbook: Workbook) -> None:
        add = value - own(workbook).cell(FIRST, column(part)).value
        put(part, value)(workbook)
        own(workbook).cell(total_row(own(workbook)), column(part)).value += add

    fault = faults(spoil)[0]

    assert (fault.row, fault.heading, fault.value) == (
        FIRST,
        HEADINGS[part],
        str(value),
    )
    assert HEADINGS[whole] in fault.sentence


def test_a_row_that_does_not_balance_says_both_sides():
    found = faults(put("early", 7))

    assert (found[0].row, found[0].value) == (FIRST, "Dược phẩm")
    assert "4 + received 20 = 24, but finished 17 + outstanding 8 = 25" in (
        found[0].sentence
    )
    # The total no longer agrees either.
    assert found[-1].heading == HEADINGS["early"]


def test_a_total_that_differs_from_its_rows_is_named():
    def spoil(workbook: Workbook) -> None:
        own(workbook).cell(total_row(own(workbook)), column("results")).value = 99

    (fault,) = faults(spoil)

    assert (fault.heading, fault.value) == ("Kết quả đã trả", "99")
    assert "add up to 30" in fault.sentence


def test_a_missing_row_of_totals_is_asked_for():
    found = faults(lambda workbook: own(workbook).delete_rows(total_row(own(workbook))))

    assert "“Tổng cộng” is missing" in found[0].sentence


def test_merged_cells_are_named_by_their_addresses():
    def spoil(workbook: Workbook) -> None:
        first, last = (get_column_letter(column(x)) for x in ("early", "overdue"))
        own(workbook).merge_cells(f"{first}{FIRST}:{last}{FIRST}")

    (fault,) = faults(spoil)

    assert (fault.row, fault.value) == (FIRST, "6")
    assert "K10:M10 are merged" in fault.sentence
    assert fault.heading.startswith("Giải quyết trước hạn")


def test_formulas_without_stored_results_are_told_from_numbers():
    def spoil(workbook: Workbook) -> None:
        sheet = own(workbook)
        row = total_row(sheet)
        for place in range(2, len(OWN_COLUMNS) + 1):
            letter = get_column_letter(place)
            sheet.cell(row, place).value = f"=SUM({letter}{FIRST}:{letter}{row - 1})"

    (fault,) = faults(spoil)

    assert "no stored results" in fault.sentence


def test_empty_cells_of_a_row_are_one_fault():
    def spoil(workbook: Workbook) -> None:
        put("early", None)(workbook)
        put("overdue", "=1+1")(workbook)

    (fault,) = faults(spoil)

    assert fault.heading == "Giải quyết trước hạn; Giải quyết quá hạn"
    assert "0 where there is nothing" in fault.sentence


def test_a_row_of_numbers_without_its_field_is_a_fault():
    found = faults(put("field", None))

    assert (found[0].row, found[0].heading) == (FIRST, "Lĩnh vực")


def test_a_field_without_numbers_asks_for_zeros():
    def spoil(workbook: Workbook) -> None:
        own(workbook).cell(FIRST + 2, 1).value = "Y tế dự phòng"

    (fault,) = faults(spoil)

    assert (fault.row, fault.value) == (FIRST + 2, "Y tế dự phòng")
    assert "has no numbers" in fault.sentence


def test_the_same_field_twice_names_the_first_row():
    found = faults(put("field", "dược  PHẨM", row=FIRST + 1))

    assert (found[0].row, found[0].heading) == (FIRST + 1, "Lĩnh vực")
    assert f"row {FIRST} already" in found[0].sentence


def test_a_missing_column_is_named():
    found = faults(lambda workbook: own(workbook).delete_cols(column("overdue")))

    assert [(x.row, x.heading) for x in found] == [
        (form.HEAD_ROW, "Giải quyết quá hạn")
    ]


@pytest.mark.parametrize("title", [form.OWN_SHEET, form.SHARED_SHEET])
def test_a_missing_sheet_is_named(title):
    found = faults(lambda workbook: workbook.remove(workbook[title]))

    assert any(f"“{title}” is missing" in x.sentence for x in found)


def test_another_workbook_is_asked_to_be_the_form():
    def spoil(workbook: Workbook) -> None:
        own(workbook).delete_rows(1, 60)

    sentences = [x.sentence for x in faults(spoil)]

    assert any("The file is not from Sở Y tế" in x for x in sentences)
    assert any("Download the blank form" in x for x in sentences)


def test_an_empty_form_is_one_sentence():
    found, lines = judged(form.blank(HEAD, ["Dược phẩm", "Khám bệnh"]))

    assert lines == ()
    assert [x.sentence[:18] for x in found] == ["The form is empty:"]


@pytest.mark.parametrize(
    ("request_", "label", "value"),
    [
        (replace(REQUEST, symbol="STP"), "Ký hiệu đơn vị", "SYT"),
        (replace(REQUEST, period=parse("2018")), "Kỳ báo cáo", "2019"),
        (replace(REQUEST, period=parse("2019@15")), "Kỳ báo cáo", "2019"),
        (replace(REQUEST, today=date(2019, 12, 31)), "Kỳ báo cáo", "2019"),
    ],
    ids=["organisation", "period", "cut-off", "not over"],
)
def test_a_form_of_others_or_of_another_time_is_refused(request_, label, value):
    found, lines = judged(filled(), request_)

    assert lines == ()
    assert [(x.heading, x.value) for x in found] == [(label, value)]


def test_what_others_lead_cannot_be_more_than_the_own():
    def spoil(workbook: Workbook) -> None:
        put("received", 21, on_shared=True)(workbook)

    beyond = [x for x in faults(spoil) if "of which it is a part" in x.sentence]

    assert [(x.row, x.heading) for x in beyond] == [
        (FIRST, "Liên thông – Tiếp nhận trong kỳ")
    ]


def test_what_others_lead_stands_under_a_field_of_the_own():
    found = faults(put("field", "Đất đai", on_shared=True))

    assert found[0].value == "Đất đai"
    assert "is not on the sheet “Số liệu”" in found[0].sentence


def test_without_what_others_lead_the_parts_still_fit_their_wholes():
    # 8 of 20 by post; if 14 are led by others and none of these went by post,
    # 8 of 6 would be left.
    led = replace(SHARED, received=14, by_post=0, intake_by_post=0, open_within=12)
    line = Line(
        "Dược phẩm", 9, 4, replace(COUNTS, open_within=12, carried_over=10), led
    )

    found, _lines = judged(filled(lines=(line,)))

    assert [x.heading for x in found] == ["Liên thông – Tiếp nhận qua bưu chính"]
    assert "would be 8 of “Tiếp nhận trong kỳ” 6" in found[0].sentence


def test_all_faults_are_named_at_once():
    def spoil(workbook: Workbook) -> None:
        for each in (
            put("early", "sáu"),
            put("results", -1, row=FIRST + 1),
            put("received", 2.5, on_shared=True),
        ):
            each(workbook)
        shared(workbook)["B3"] = "khác"

    places = {(x.row, x.heading) for x in faults(spoil)}

    assert places >= {
        (FIRST, "Giải quyết trước hạn"),
        (FIRST + 1, "Kết quả đã trả"),
        (FIRST, "Liên thông – Tiếp nhận trong kỳ"),
    }


def test_text_beside_a_formula_sign_stays_text():
    line = replace(LINES[1], field='=HYPERLINK("http://example.org")')

    assert judged(filled(lines=(line,))) == ([], (line,))
