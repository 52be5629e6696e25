"""The tables of a report on paper."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from reports.layouts import SUMMARY, number
from reports.paper_tables import TOTAL_MM, by_period, by_procedure
from reports.vocabulary import write_count
from tests.unit.reports.figures_made import (
    BUSY,
    NEXT,
    drawn_reports,
    figures,
    line,
    report,
    seed,
)


def row(table, label: str) -> tuple[str, ...]:
    return next(x for x in table.rows if x[0].lstrip("– ") == label)


def test_periods_stand_side_by_side_and_the_whole_last():
    table = by_period(seed())

    heads = [x.heading for x in table.columns]
    assert heads == ["Chỉ tiêu", "Năm 2019", "9 tháng đầu năm 2020", "Cả kỳ"]
    assert row(table, "Hồ sơ tiếp nhận trong kỳ")[1:] == ("212", "120", "332")
    assert row(table, "Qua bưu chính công ích (ít nhất một chiều)")[1:] == (
        "23 (10,85%)",
        "29 (24,17%)",
        "52 (15,66%)",
    )
    assert table.note == "Đơn vị tính: hồ sơ, thủ tục."


def test_periods_without_a_whole_say_why():
    table = by_period(report(figures("2018", line(0, BUSY)), figures("2020-Q1")))

    assert len(table.columns) == 3
    assert "Không cộng các kỳ: giữa năm 2018 và quý I năm 2020" in table.note


def test_what_is_a_part_is_marked_as_one():
    labels = [x[0] for x in by_period(seed()).rows]

    assert labels[1] == "– Thực hiện qua bưu chính công ích"
    assert labels[4] == "– – Gửi đến qua bưu chính công ích"


def test_a_ratio_without_a_whole_is_a_dash():
    table = by_period(report(figures("2019", line(0))))

    assert row(table, "Trả qua bưu chính công ích")[1] == "0 (–)"


@pytest.mark.parametrize("count", range(1, 7))
def test_the_table_is_never_wider_than_the_paper(count):
    periods = [figures(f"2020-{n:02}") for n in range(1, count + 1)]

    assert sum(x.width for x in by_period(report(*periods)).columns) <= TOTAL_MM


def test_procedures_come_by_use_and_the_unused_with_nothing():
    table = by_procedure(
        figures(
            "2019",
            line(0),
            line(1, BUSY),
            line(2, replace(NEXT, by_post=0), is_postal=False),
        )
    )

    assert table.rows == (
        ("1", "Công nhận điều lệ hội", "1.990001", "212", "23", "05", "21"),
        ("2", "Xếp lương lần đầu", "1.990000", "0", "0", "0", "0"),
    )
    # The last one counts everything, also what may not go by post.
    assert table.totals[0][1:] == (
        "Tất cả thủ tục của Sở Nội vụ tỉnh Bắc Giang",
        "",
        "332",
        "23",
        "10",
        "42",
    )
    assert sum(x.width for x in table.columns) <= TOTAL_MM


def test_without_procedures_there_is_only_the_foot():
    table = by_procedure(figures("2019"))

    assert table.rows == ()
    assert table.totals[0][3:] == ("0", "0", "0", "0")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn_reports())
def test_every_row_has_a_text_for_each_column_and_says_what_was_counted(made):
    tables = [by_period(made), *(by_procedure(x) for x in made.columns)]

    for table in tables:
        for each in (*table.rows, *table.totals):
            assert len(each) == len(table.columns)
    rows = dict(zip([x.name for x in SUMMARY if x.name], tables[0].rows, strict=True))
    for name, cells in rows.items():
        for shown, cell in zip(made.columns, cells[1:], strict=True):
            assert cell.partition(" ")[0] == write_count(number(shown, name))
