"""The annex of the post in the workbook, read back from its own bytes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dossiers.models import Incident
from reports.figures import Counts
from reports.layouts import INCIDENT_KINDS, POST_COLUMNS, POST_ROWS
from reports.post_figures import LegFigures, PostFigures
from reports.renderers.excel import render
from reports.renderers.excel.post import mean
from tests.libreoffice import needs_libreoffice
from tests.unit.reports.test_excel import (
    NINE_MONTHS,
    WHOLE,
    YEAR,
    compared_with_libreoffice,
    figures,
    line,
    opened,
    report,
    words,
)

INTAKE = LegFigures(
    posted=10,
    arrived=7,
    came_back=1,
    lost=1,
    under_way=1,
    judged=9,
    within_norm=6,
    attempts=2,
    postage_known=3,
    postage_dong=100_000,  # 33.333,33 a piece
    days=((0, 1), (2, 4), (5, 2)),
    norms=((2, 5), (4, 4)),
)
OUTGOING = LegFigures(
    posted=1250,
    arrived=1250,
    judged=1250,
    within_norm=1249,
    postage_known=2,
    postage_dong=52_001,  # 26.000,50: up
    days=((1, 1250),),
    norms=((2, 1250),),
)
POST = PostFigures(
    INTAKE,
    OUTGOING,
    incidents=(("silence", 3), ("lost", 1)),
    complaints=2,
    answered_late=1,
    compensation_due_dong=12_345_678,
    compensation_paid_dong=104_000,
)
POSTED = replace(YEAR, post=POST)
LABELS = [each.label for each in POST_ROWS]


def sheet_of(*periods, whole=None, values: bool = True) -> Worksheet:
    return opened(render(report(*periods, whole=whole)), values=values)["Bưu chính"]


def row_of(sheet: Worksheet, label: str, after: int = 0) -> list[object]:
    """The three cells of the legs and both, in the first row with this label."""
    for row in sheet.iter_rows(min_row=after + 1):
        if label in (row[0].value, row[1].value):
            return [cell.value for cell in row[3:6]]
    raise AssertionError(f"no row «{label}»")


@pytest.mark.parametrize(
    "each",
    [
        pytest.param(row, id=f"{row.name} {row.kind}")
        for row in POST_ROWS
        if row.kind == "leg" or (row.kind == "days")
    ],
)
def test_a_row_gives_the_numbers_of_both_legs_and_together(each):
    shown = row_of(sheet_of(POSTED), each.label)
    legs = (getattr(POST, name) for name in POST_COLUMNS)

    assert shown == [getattr(leg, each.name) for leg in legs]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (
            "Viết trong báo cáo",
            ["06/09 (66,67%)", "1249/1250 (99,92%)", "1255/1259 (99,68%)"],
        ),
        ("Tỷ lệ", [0.6667, 0.9992, 0.9968]),
        ("Chỉ tiêu J+n bình quân", [2.89, 2, 2.01]),
        ("Cước bình quân một bưu gửi", [33_333, 26_001, 30_400]),
        ("Sự cố phát hiện trong kỳ", [None, None, 4]),
        ("Quá thời gian toàn trình, không có tin", [None, None, 3]),
        ("Hư hỏng", [None, None, 0]),
        ("Khiếu nại đã gửi trong kỳ", [None, None, 2]),
        ("Trả lời chậm hoặc quá hạn chưa trả lời", [None, None, 1]),
        ("Bồi thường phải trả", [None, None, 12_345_678]),
        ("Bồi thường đã trả", [None, None, 104_000]),
    ],
)
def test_what_is_worked_out_is_right(label, expected):
    assert row_of(sheet_of(POSTED), label) == expected


def test_sums_means_and_ratios_are_live_formulas():
    sheet = sheet_of(POSTED, values=False)

    posted = row_of(sheet, "Bưu gửi được chấp nhận trong kỳ")
    assert posted == [10, 1250, "=D7+E7"]
    assert all("ROUND(" in x for x in row_of(sheet, "Cước bình quân một bưu gửi"))
    assert all("ROUND(" in x for x in row_of(sheet, "Tỷ lệ"))
    assert row_of(sheet, "Sự cố phát hiện trong kỳ")[2].startswith("=SUM(")
    # No sum makes a median.
    assert row_of(sheet, "Trung vị") == [2, 1, 1]


def test_every_item_accepted_is_somewhere_or_the_sheet_says_so():
    missing = replace(YEAR, post=replace(POST, intake=replace(INTAKE, arrived=6)))
    label = next(x for x in words(sheet_of(POSTED)).split("\n") if "Đối chiếu" in x)

    assert row_of(sheet_of(POSTED), label) == ["Đúng", "Đúng", "Đúng"]
    assert row_of(sheet_of(missing), label) == ["Sai", "Đúng", "Sai"]


def test_where_nothing_was_posted_there_are_dashes_and_zeros():
    sheet = sheet_of(YEAR)

    for label in ("Trung vị", "Tỷ lệ", "Chỉ tiêu J+n bình quân"):
        assert row_of(sheet, label) == ["–", "–", "–"], label
    assert row_of(sheet, "Cước bình quân một bưu gửi") == ["–", "–", "–"]
    assert row_of(sheet, "Viết trong báo cáo") == ["0/0", "0/0", "0/0"]
    assert row_of(sheet, "Đã phát") == [0, 0, 0]


def test_every_period_has_its_block_on_its_own_page():
    sheet = sheet_of(YEAR, NINE_MONTHS, whole=WHOLE)

    column = [cell.value for cell in sheet["B"]]
    assert column.count("Bưu gửi được chấp nhận trong kỳ") == 3
    assert len(sheet.row_breaks.brk) == 2


def test_every_kind_of_incident_has_its_row():
    assert set(INCIDENT_KINDS) == set(Incident.Kind.values)


@pytest.mark.libreoffice
@needs_libreoffice
def test_libreoffice_calculates_what_the_figures_say(tmp_path):
    missing = replace(NINE_MONTHS, post=replace(POST, intake=replace(INTAKE, lost=5)))
    unbalanced = figures(
        "2021",
        line("1.000001", Counts(received=5, online=2, early=4), field="Công chức"),
        line("1.000002", Counts(received=5, early=6), field="Thanh niên"),
    )
    content = render(report(POSTED, missing, unbalanced))

    assert compared_with_libreoffice(content, tmp_path) > 300


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), None),
        (((2, 1),), Decimal("2.00")),
        (((1, 1), (2, 1)), Decimal("1.50")),
        (((1, 199), (2, 1)), Decimal("1.01")),  # 1.005: up
    ],
)
def test_a_mean_is_rounded_half_up(values, expected):
    assert mean(values) == expected
