"""The sums and checks of a province, and the faces that draw them."""

from dataclasses import replace
from io import BytesIO
from itertools import permutations

import pytest
from openpyxl import Workbook, load_workbook

from postal_tthc.lib.letterheads import letterhead
from reports.consolidation.lines import NAMES, Line, from_json, less
from reports.consolidation.paper import paper
from reports.consolidation.province import (
    Consolidation,
    Row,
    Source,
    join_successors,
    last_successor,
)
from reports.figures import Counts
from reports.periods import parse
from reports.renderers import word
from reports.renderers.excel import province
from tests.factories.returns import COUNTS, SHARED, YEAR
from tests.libreoffice import needs_libreoffice, recalculated

LONG = "Sở Nông nghiệp và Phát triển nông thôn tỉnh Thừa Thiên Huế (mới thành lập)"
SYSTEM = Row("Sở Nội vụ", "SNV", Source.SYSTEM, COUNTS, in_force=9, postal=4)
RETURN = Row(
    LONG, "SNN", Source.RETURN, COUNTS, SHARED, in_force=5, postal=1, received_from="a"
)
AWAITED = Row("Sở Y tế", "SYT", Source.AWAITED)


def collected(*rows: Row, whole: Row = SYSTEM) -> Consolidation:
    day = YEAR.end.replace(year=2020)
    return Consolidation("Tỉnh UBND", "UBND", YEAR, YEAR.end, day, rows, whole)


ALL = collected(SYSTEM, RETURN, AWAITED)


def test_the_total_has_every_dossier_once():
    assert ALL.gross.counts == COUNTS + COUNTS
    assert ALL.total.counts == less(COUNTS + COUNTS, SHARED)
    assert ALL.total.counts.received == 37
    assert str(ALL.total.counts.by_post_ratio) == "15/37 (40,54%)"
    assert str(ALL.total.procedures) == "05/14 (35,71%)"


def test_who_has_not_reported_is_named_and_adds_nothing():
    assert ALL.awaited == (AWAITED,)
    assert collected(SYSTEM, RETURN).total == ALL.total


def test_what_does_not_add_up_is_named():
    whole = replace(SYSTEM, counts=replace(COUNTS, received=22), in_force=10)

    differences = collected(SYSTEM, RETURN, whole=whole).differences

    assert [(x.label, x.of_rows, x.counted) for x in differences] == [
        ("Thủ tục còn hiệu lực vào ngày cuối kỳ", 9, 10),
        ("Hồ sơ tiếp nhận trong kỳ", 20, 22),
    ]
    assert ALL.differences == ()


def test_a_row_that_does_not_balance_is_named_with_the_total():
    bad = replace(RETURN, counts=replace(COUNTS, early=0))

    assert [x.name for x in collected(SYSTEM, bad).unbalanced] == [LONG, "Tổng cộng"]
    assert ALL.unbalanced == ()


def test_a_line_is_kept_and_read_back():
    line = Line("Dược phẩm", 9, 4, COUNTS, SHARED)

    assert from_json(line.as_json()) == line


@pytest.mark.parametrize(
    ("symbol", "successors", "last"),
    [
        ("A", {}, "A"),
        ("A", {"A": "B"}, "B"),
        ("A", {"A": "B", "B": "C"}, "C"),
        ("A", {"A": "X"}, "A"),
        ("A", {"A": "X", "X": "C"}, "C"),
        ("A", {"A": "B", "B": "A"}, "A"),
        ("A", {"A": "B", "B": "C", "C": "B"}, "A"),
        ("A", {"A": "A"}, "A"),
    ],
    ids=[
        "goes on",
        "one step",
        "two steps",
        "to another province",
        "through another province",
        "a circle",
        "into a circle",
        "into itself",
    ],
)
def test_the_way_to_the_last_successor(symbol, successors, last):
    assert last_successor(symbol, successors, "ABC") == last


@pytest.mark.parametrize("order", list(permutations("ABC")), ids="".join)
def test_predecessors_are_summed_under_their_successor_with_one_total(order):
    rows = {
        "A": replace(SYSTEM, name="Sở A", symbol="A"),
        "B": replace(RETURN, name="Sở B", symbol="B"),
        "C": replace(AWAITED, name="Sở C", symbol="C"),
    }
    before = collected(*(rows[x] for x in order))
    names = {x: row.name for x, row in rows.items()} | {"D": "Sở D"}

    after = join_successors(before, {"A": "B", "B": "D"}, names)

    assert [(row.name, row.source) for row in after.rows] == [
        ("Sở C", Source.AWAITED),
        ("Sở D", Source.JOINED),
    ]
    assert after.rows[1].counts == COUNTS + COUNTS
    assert {x.symbol for x in after.rows[1].members} == {"A", "B"}
    assert after.total == before.total
    assert after.gross.counts == before.gross.counts
    assert after.awaited == before.awaited
    assert after.differences == before.differences


def joined() -> Consolidation:
    names = {x.symbol: x.name for x in (SYSTEM, RETURN, AWAITED)}
    return join_successors(ALL, {"SYT": "SNV", "SNN": "SNV"}, names)


CASES = {
    "one row each": ALL,
    "summed under successors": joined(),
    "nobody": collected(whole=Row("Tỉnh UBND", "UBND", Source.SYSTEM)),
    "nobody reported": collected(AWAITED, whole=Row("", "", Source.SYSTEM)),
    "nothing shared": collected(SYSTEM, AWAITED),
    "sums that differ": collected(RETURN),
}


def values(book: Workbook) -> dict[str, dict[str, object]]:
    return {
        sheet.title: {
            cell.coordinate: cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in book
    }


def by_name(content: bytes) -> dict[str, tuple[object, ...]]:
    """The rows of the first sheet by the name of their organisation or sum."""
    book = load_workbook(BytesIO(content), data_only=True)
    rows = book["Tổng hợp"].iter_rows(min_row=7, values_only=True)
    return {row[1] or row[0]: row[3:] for row in rows if row[1] or row[0]}


@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("case", CASES)
def test_libreoffice_calculates_what_is_stored(case, tmp_path):
    content = province.render(CASES[case])

    stored = values(load_workbook(BytesIO(content), data_only=True))
    fresh = values(recalculated(content, tmp_path))
    for sheet, cells in stored.items():
        for place, value in cells.items():
            now = fresh[sheet].get(place, "")
            if isinstance(value, int | float):
                assert now == pytest.approx(value), (sheet, place)
            else:
                assert str(now) == str(value), (sheet, place)


@pytest.mark.parametrize("case", CASES)
def test_the_sheet_has_the_numbers_of_the_consolidation(case):
    given = CASES[case]
    rows = by_name(province.render(given))
    # After the procedures, without the shares of those by post.
    positions = [3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17]
    for row in (*given.leaves, *given.foot):
        numbers = rows[row.name]
        if row.is_awaited and row.symbol:
            assert not any(isinstance(x, int) for x in numbers)
            continue
        assert [numbers[x] for x in positions] == [row.number(x) for x in NAMES]


def test_sums_ratios_and_checks_are_live():
    sheet = load_workbook(BytesIO(province.render(ALL)))["Tổng hợp"]

    (total,) = (x for x in sheet.iter_rows() if x[0].value == "Tổng cộng")
    formulas = [str(cell.value) for cell in total[3:] if cell.value is not None]
    assert len(formulas) == 20
    assert all(formula.startswith("=") for formula in formulas)


def test_who_has_not_reported_is_grey_and_empty_in_the_sheet():
    sheet = load_workbook(BytesIO(province.render(ALL)))["Tổng hợp"]

    (row,) = (x for x in sheet.iter_rows(min_row=7) if x[1].value == "Sở Y tế")
    assert row[2].value == "Chưa báo cáo"
    assert all(cell.value is None for cell in row[3:])
    assert {cell.fill.start_color.rgb for cell in row} == {"00EDEDED"}


def test_a_difference_is_said_on_the_sheet_of_checks():
    content = province.render(CASES["sums that differ"])
    sheet = load_workbook(BytesIO(content), data_only=True)["Đối chiếu"]

    assert [row[4] for row in sheet.iter_rows(min_row=5, values_only=True)][:4] == [
        "Sai"
    ] * 4


@pytest.mark.parametrize("case", CASES)
def test_the_paper_says_the_same_and_word_draws_it(case):
    given = CASES[case]
    head = letterhead(name="UBND tỉnh A", above="", province="UBND tỉnh A")

    drawn = paper(given, head)

    assert drawn.is_draft
    assert drawn.number_line.endswith("/BC-UBND")
    said = [text for section in drawn.sections for text in section.paragraphs]
    ratio = given.total.counts.by_post_ratio
    assert f"Hồ sơ qua bưu chính công ích: {ratio}." in said
    if given.awaited:
        assert any("Chưa báo cáo: Sở Y tế." in text for text in said)
    tables = [table for section in drawn.sections for table in section.tables]
    assert len(tables) == 2
    for table in tables:
        assert len(table.rows) == len(given.listed)
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert all(len(row) == len(table.columns) for row in table.totals)
        assert table.totals[-1][1] == "Tổng cộng"
    assert word.render(drawn).startswith(b"PK")


def test_an_unfinished_period_says_so_on_every_face():
    going_on = replace(ALL, counted_on=parse("2019-06").start, as_of=YEAR.start)

    sentence = "chưa kết thúc, đếm đến 01/01/2019"
    head = letterhead(name="UBND tỉnh A", above="", province="UBND tỉnh A")
    assert sentence in paper(going_on, head).opening[0]
    book = load_workbook(BytesIO(province.render(going_on)))
    assert sentence in str(book["Tổng hợp"]["A2"].value)


def test_counts_less_a_part_leave_nothing_when_the_part_is_all():
    assert less(COUNTS, COUNTS) == Counts()
