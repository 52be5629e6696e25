"""The workbook of the yearly report, read back from its own bytes."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from postal_tthc.lib.letterheads import letterhead
from postal_tthc.lib.text_width import count_lines, width_mm
from postal_tthc.lib.workbooks import LONGEST_TEXT, Book, Look, clean_text
from reports.documents import (
    DossierRow,
    Heading,
    YearlyReport,
    heading,
    why_no_whole,
)
from reports.figures import Counts, Figures, MonthLine, ProcedureLine
from reports.layouts import RATIOS, SUMMARY, number, ratio
from reports.periods import parse
from reports.ratios import Ratio
from reports.renderers.excel import render
from tests.libreoffice import needs_libreoffice, recalculated

HEAD = Heading("UBND TỈNH BẮC GIANG", "SỞ NỘI VỤ", "SNV", "Bắc Giang", 2020)
SHEETS = [
    "Tổng hợp",
    "Theo thủ tục",
    "Theo lĩnh vực",
    "Theo tháng",
    "Biểu đồ",
    "Biểu 06",
    "Bưu chính",
    "Hồ sơ qua bưu chính",
    "Quy tắc đếm",
]
LONG_NAME = (
    "Chuyển xếp lương đối với cán bộ chuyên trách cấp xã khi có thay đổi về trình độ "
    "chuyên môn, nghiệp vụ và trong những trường hợp khác theo quy định của pháp luật "
    "về cán bộ, công chức, viên chức hiện hành"
)
USED = Counts(
    received=32,
    by_post=1,  # 3,125 %: a tie, rounded up
    intake_by_post=1,
    results=30,
    return_by_post=7,
    early=20,
    on_time=5,
    overdue=4,
    withdrawn=1,
    carried_over=3,
    open_within=2,
    open_overdue=3,
)
OTHER = Counts(
    received=1180,
    by_post=22,
    both_legs_by_post=4,
    results=1000,
    return_by_post=15,
    early=900,
    on_time=80,
    overdue=19,
    withdrawn=1,
    open_within=100,
    open_overdue=80,
)
NEXT = Counts(
    received=120,
    by_post=29,
    carried_over=185,
    early=200,
    open_within=100,
    open_overdue=5,
)


def line(code: str, counts: Counts, name: str = "Xếp lương", field: str = "Công chức"):
    return ProcedureLine(code, name, field, True, counts)


def figures(word: str, *lines: ProcedureLine, as_of: date | None = None) -> Figures:
    """Figures made by hand; everything was received in the first month."""
    period = parse(word)
    received = sum(x.counts.received for x in lines)
    by_post = sum(x.counts.by_post for x in lines)
    months = [
        MonthLine(
            start,
            end,
            received=received if start == period.start else 0,
            by_post=by_post if start == period.start else 0,
            intake_by_post=0,
            year_before_start=start.replace(year=start.year - 1),
            year_before_end=start.replace(year=start.year - 1, day=28),
            received_year_before=8,
            by_post_year_before=3,
        )
        for start, end in period.months()
    ]
    return Figures(
        "Sở Nội vụ",
        "SNV",
        period,
        as_of or period.end,
        as_of or period.end + timedelta(days=1),
        Ratio(6, 98, "postal", "in_force"),
        lines,
        tuple(months),
    )


YEAR = figures(
    "2019",
    line("1.000001", USED, LONG_NAME),
    line("1.000002", OTHER),
    line("1.000003", Counts(), "Thủ tục không phát sinh", "Thanh niên"),
)
NINE_MONTHS = figures("2020-9M", line("1.000001", NEXT, LONG_NAME))
NOTHING_OPEN = {"open_within": 0, "open_overdue": 0}  # at the end of the whole
WHOLE = replace(
    figures("2019-01-01..2020-09-30"),
    by_procedure=(
        line("1.000001", replace(USED, **NOTHING_OPEN) + replace(NEXT, carried_over=0)),
        line("1.000002", replace(OTHER, **NOTHING_OPEN)),
    ),
)


def dossier(**values: object) -> DossierRow:
    day = date(2019, 3, 4)
    row = DossierRow(
        code="000.00.16.H02-190304-0001",
        procedure="1.000001 Xếp lương",
        applicant="Nguyễn Văn A",
        received_on=day,
        intake="Trực tiếp",
        returned_by="Bưu chính công ích",
        due_on=date(2019, 3, 18),
        finished_on=date(2019, 3, 15),
        returned_on=None,
        items="Trả: EE471108151VN",
        status="Đang xử lý",
    )
    return replace(row, **values)


def report(
    *periods: Figures,
    whole: Figures | None = None,
    why: str = "",
    dossiers: tuple[DossierRow, ...] = (dossier(),),
) -> YearlyReport:
    return YearlyReport(HEAD, date(2020, 10, 1), periods, whole, why, dossiers)


def opened(content: bytes, *, values: bool = True) -> Workbook:
    return load_workbook(BytesIO(content), data_only=values)


def row_of(sheet: Worksheet, label: str, after: int = 0) -> int:
    """The row whose second cell is this label."""
    for row in range(after + 1, sheet.max_row + 1):
        if sheet.cell(row, 2).value == label:
            return row
    raise AssertionError(f"no row «{label}»")


def words(sheet: Worksheet) -> str:
    """All text of a sheet."""
    cells = (str(x) for row in sheet.values for x in row if x is not None)
    return "\n".join(cells)


def compared_with_libreoffice(content: bytes, folder: Path) -> int:
    """Compare every formula with what LibreOffice makes of it; how many there are."""
    stored, formulas = opened(content), opened(content, values=False)
    compared = 0
    calculated = recalculated(content, folder)
    for sheet in formulas:
        for cell in (x for row in sheet.iter_rows() for x in row):
            if cell.data_type != "f":
                continue
            where = f"{sheet.title}!{cell.coordinate} {cell.value}"
            theirs = calculated[sheet.title][cell.coordinate].value
            ours = stored[sheet.title][cell.coordinate].value
            if isinstance(ours, str):
                assert theirs == ours, where
            else:
                assert theirs == pytest.approx(ours, abs=1e-12), where
            compared += 1
    return compared


def test_the_sheets_stand_in_their_order():
    assert opened(render(report(YEAR))).sheetnames == SHEETS


def test_the_summary_gives_the_numbers_of_the_figures():
    given = report(YEAR, NINE_MONTHS, whole=WHOLE)
    sheet = opened(render(given))["Tổng hợp"]

    row = 0
    for each in SUMMARY:
        row = row_of(sheet, each.label, after=row)
        for position, counted in enumerate(given.columns):
            if each.name:
                cell = sheet.cell(row, 3 + 2 * position)
                assert cell.value == number(counted, each.name), each.label
            if each.ratio and (percent := ratio(counted, each.ratio).percent):
                share = sheet.cell(row, 4 + 2 * position).value
                assert Decimal(str(share)) * 100 == percent, each.label


def test_ratios_are_written_as_in_a_report():
    sheet = opened(render(report(YEAR)))["Tổng hợp"]

    after = row_of(sheet, "Tỷ lệ viết trong báo cáo")
    for name, rule in RATIOS.items():
        row = row_of(sheet, rule.label, after=after)
        assert sheet.cell(row, 3).value == str(ratio(YEAR, name))
    assert "06/98 (6,12%)" in words(sheet)
    assert "23/1212 (1,90%)" in words(sheet)


def test_every_total_and_ratio_is_a_live_formula():
    book = opened(render(report(YEAR, NINE_MONTHS, whole=WHOLE)), values=False)

    summary, procedures = book["Tổng hợp"], book["Theo thủ tục"]
    by_post = row_of(summary, "Qua bưu chính công ích (ít nhất một chiều)")
    assert summary.cell(by_post, 3).value.startswith("='Theo thủ tục'!")
    assert "ROUND" in summary.cell(by_post, 4).value
    totals = [row for row in procedures.values if str(row[0]).startswith("Cộng")]
    assert len(totals) == 3
    assert all(str(row[4]).startswith("=SUM(") for row in totals)


def test_a_ratio_without_a_whole_is_a_dash():
    empty = figures("2019", line("1.000001", Counts()))
    sheet = opened(render(report(empty)))["Tổng hợp"]

    row = row_of(sheet, "Trả qua bưu chính công ích")
    assert (sheet.cell(row, 3).value, sheet.cell(row, 4).value) == (0, "–")
    assert "0/0" in words(sheet)


def test_a_signed_report_names_its_fingerprint_on_the_first_sheet():
    signed = replace(report(YEAR), fingerprint="9f2c" * 16)
    first, draft = (opened(render(x))["Tổng hợp"] for x in (signed, report(YEAR)))

    assert f"Số liệu đã chốt, mã nội dung {'9f2c' * 16}" in words(first)
    assert "Số liệu đã chốt" not in words(draft)


def test_what_does_not_balance_is_said():
    odd = figures("2019", line("1.000001", Counts(received=5)))
    book = opened(render(report(YEAR, odd)))

    assert [x for x in words(book["Tổng hợp"]).split("\n") if x in ("Đúng", "Sai")] == [
        "Đúng",
        "Sai",
    ]


def test_the_whole_is_checked_against_its_periods():
    wrong = replace(WHOLE, by_procedure=WHOLE.by_procedure[:1])
    right, bad = (
        words(opened(render(report(YEAR, NINE_MONTHS, whole=x)))["Quy tắc đếm"])
        for x in (WHOLE, wrong)
    )
    assert "Đối chiếu cột «Cả kỳ»" in right
    assert "\nSai" not in right
    assert "\nSai" in bad


def test_without_a_whole_the_reason_stands_on_the_sheet():
    why = "Không cộng các kỳ: trùng nhau."
    book = opened(render(report(YEAR, YEAR, why=why)))

    assert why in words(book["Tổng hợp"])
    assert why in words(book["Quy tắc đếm"])
    assert "Cả kỳ" not in words(book["Tổng hợp"])


def test_a_period_that_goes_on_says_so():
    unfinished = figures("2020", line("1.000001", USED), as_of=date(2020, 10, 1))
    book = opened(render(report(unfinished)))

    assert "chưa kết thúc, đếm đến 01/10/2020" in words(book["Tổng hợp"])
    assert "Chưa kết thúc" in words(book["Quy tắc đếm"])
    months = words(book["Theo tháng"])
    assert "10/2020" in months
    assert "11/2020" not in months


def test_the_head_is_that_of_an_official_paper():
    sheet = opened(render(report(YEAR)))["Tổng hợp"]

    assert sheet["A1"].value == "UBND TỈNH BẮC GIANG"
    assert (sheet["A2"].value, sheet["A2"].font.bold) == ("SỞ NỘI VỤ", True)
    assert sheet["C1"].value == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert "/BC-SNV" in sheet["A4"].value
    assert "NGƯỜI LẬP BIỂU" in words(sheet)
    fonts = {cell.font.name for row in sheet.iter_rows() for cell in row}
    assert fonts == {"Times New Roman"}


DANGEROUS = ["=1+1", "+84912345678", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("name", [*DANGEROUS, "#N/A", "TRUE", "0012"])
def test_text_stays_text(name):
    content = render(report(YEAR, dossiers=(dossier(applicant=name),)))

    cell = opened(content, values=False)["Hồ sơ qua bưu chính"]["D5"]
    assert cell.value == name
    assert cell.data_type == "s"
    assert cell.quotePrefix == (name in DANGEROUS)
    # A cell of the same look beside it is left alone.
    assert not cell.offset(column=-1).quotePrefix


def test_what_xml_cannot_hold_is_left_out():
    assert clean_text("Nguyễn\x00 Văn\x0b \ud800A\ufffe") == "Nguyễn Văn A"
    assert clean_text("dòng một\r\ndòng hai") == "dòng một\ndòng hai"
    assert len(clean_text("a" * 40_000)) == LONGEST_TEXT
    assert clean_text("é") == "é"


def test_a_very_long_text_is_written():
    content = render(report(YEAR, dossiers=(dossier(applicant="Vũ " * 20_000),)))

    assert len(opened(content)["Hồ sơ qua bưu chính"]["D5"].value) <= LONGEST_TEXT


def test_a_long_name_gets_a_row_high_enough():
    sheet = opened(render(report(YEAR)))["Theo thủ tục"]

    rows = {sheet.cell(row, 3).value: row for row in range(7, sheet.max_row)}
    long, short = (
        sheet.row_dimensions[rows[name]].height for name in (LONG_NAME, "Xếp lương")
    )
    assert long >= 3 * 11 * 1.15
    assert short < 20


def test_lines_are_counted_as_they_are_drawn():
    assert width_mm("0" * 10, 12) == pytest.approx(10 * 6 * 25.4 / 72)
    assert width_mm("Đường", 12, bold=True) > width_mm("Đường", 12)
    assert width_mm("ư", 12) > width_mm("u", 12)
    assert count_lines("", 20, 11) == 1
    assert count_lines("một\nhai", 20, 11) == 2
    assert count_lines("một hai ba bốn năm sáu", 20, 11) == 2
    assert count_lines("x" * 100, 20, 11) == 10


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_prints_on_official_paper(name):
    sheet = opened(render(report(YEAR, NINE_MONTHS, whole=WHOLE)))[name]

    assert sheet.page_setup.paperSize == 9  # A4
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.page_margins.left * 25.4 == pytest.approx(30)
    assert sheet.page_margins.right * 25.4 == pytest.approx(15)
    assert sheet.oddHeader.center.text == "&P"


@pytest.mark.parametrize(
    ("name", "rows", "frozen"),
    [
        ("Theo thủ tục", "$4:$5", "D6"),
        ("Theo lĩnh vực", "$4:$5", "C6"),
        ("Theo tháng", "$4:$5", "B6"),
        ("Biểu 06", "$5:$8", "C9"),
        ("Bưu chính", "$4:$4", "C5"),
        ("Hồ sơ qua bưu chính", "$4:$4", "C5"),
    ],
)
def test_heads_of_tables_stay_in_sight(name, rows, frozen):
    sheet = opened(render(report(YEAR)))[name]

    assert sheet.print_title_rows == rows
    assert sheet.freeze_panes == frozen


def test_charts_are_native_and_say_what_they_show():
    sheet = opened(render(report(YEAR, NINE_MONTHS, whole=WHOLE)))["Biểu đồ"]

    assert len(sheet._charts) == 3
    for chart in sheet._charts:
        assert chart.title is not None
        for axis in (chart.x_axis, chart.y_axis):
            assert not axis.delete
            assert axis.title is not None


@pytest.mark.parametrize(
    "nothing",
    [
        pytest.param(figures("2019"), id="no procedure"),
        pytest.param(figures("2019-05", line("1.000001", Counts())), id="one month"),
    ],
)
def test_a_report_of_nothing_is_a_report(nothing):
    book = opened(render(report(nothing, dossiers=())))

    assert "Không có hồ sơ nào" in words(book["Hồ sơ qua bưu chính"])
    assert "Không có hồ sơ qua bưu chính." in words(book["Biểu đồ"])


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["2019"], ""),
        (["2019", "2020-9M"], ""),
        (["2019@15", "2020-9M@15"], ""),
        (["2019", "2019-Q4"], "trùng nhau từ 01/10/2019"),
        (["2019", "2020-Q2"], "(01/01/2020 – 31/03/2020)"),
        (["2019", "2020", "2021"], "năm 2021 chưa bắt đầu"),
    ],
)
def test_periods_make_a_whole_when_they_adjoin(asked, sentence):
    said = why_no_whole([parse(word) for word in asked], date(2020, 10, 1))

    assert sentence in said
    assert bool(said) == bool(sentence)


@pytest.mark.parametrize(
    ("name", "above", "province", "expected"),
    [
        (
            "Sở Nội vụ tỉnh Bắc Giang",
            "Ủy ban nhân dân tỉnh Bắc Giang",
            "Ủy ban nhân dân tỉnh Bắc Giang",
            ("UBND TỈNH BẮC GIANG", "SỞ NỘI VỤ", "Bắc Giang"),
        ),
        (
            "Sở Nội vụ",
            "Thành phố Hà Nội",
            "Thành phố Hà Nội",
            ("UBND THÀNH PHỐ HÀ NỘI", "SỞ NỘI VỤ", "Hà Nội"),
        ),
        (
            "Ban Tôn giáo",
            "Sở Nội vụ tỉnh Bắc Giang",
            "Tỉnh Bắc Giang",
            ("SỞ NỘI VỤ TỈNH BẮC GIANG", "BAN TÔN GIÁO", "Bắc Giang"),
        ),
        (
            "Ủy ban nhân dân tỉnh Bắc Giang",
            "",
            "Ủy ban nhân dân tỉnh Bắc Giang",
            ("", "ỦY BAN NHÂN DÂN TỈNH BẮC GIANG", "Bắc Giang"),
        ),
    ],
)
def test_the_agency_stands_under_its_committee(name, above, province, expected):
    words = letterhead(name=name, above=above, province=province)
    head = heading(words, symbol="SNV", today=date(2020, 9, 1))

    assert (head.agency_above, head.agency, head.place) == expected


@pytest.mark.parametrize("name", [name for name in RATIOS if name != "procedures"])
def test_a_ratio_divides_what_its_rule_says(name):
    rule = RATIOS[name]
    expected = ratio(YEAR, name)

    parts = (rule.numerator, rule.denominator)
    sums = [sum(number(YEAR, each) for each in names) for names in parts]
    assert sums == [expected.numerator, expected.denominator]


@pytest.mark.libreoffice
@needs_libreoffice
def test_libreoffice_calculates_what_the_figures_say(tmp_path):
    ties = figures(
        "2021",
        *(
            line(f"2.{whole:06}", Counts(received=whole, by_post=part))
            for part, whole in ((1, 32), (1, 160), (3, 800), (1, 800), (19_999, 20_000))
        ),
    )
    content = render(report(YEAR, NINE_MONTHS, ties, whole=WHOLE))

    assert compared_with_libreoffice(content, tmp_path) > 150


def test_a_formula_keeps_its_value_beside_it():
    book = Book(title="Thử", author="Sở Nội vụ")
    sheet = book.sheet("Một & hai", [20, 20])
    sheet.number(1, 1, 23, Look())
    sheet.formula(2, 1, "=A1*2", 46, Look())
    sheet.formula(3, 1, '=IF(A1<24,"<&>","")', "<&>", Look())

    content = book.to_bytes()

    values = opened(content)["Một & hai"]
    assert (values["A2"].value, values["A3"].value) == (46, "<&>")
    assert opened(content, values=False)["Một & hai"]["A3"].value.startswith("=IF(")
