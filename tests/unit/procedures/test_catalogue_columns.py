"""The columns of a catalogue: what their cells mean, and how they are found."""

import unicodedata
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import Cell, Sheet
from postal_tthc.lib.tables import is_total, numbers_the_columns, plain
from procedures.models import RequiredPaper
from procedures.spreadsheets import cells, phrases
from procedures.spreadsheets.columns import COLUMNS, normal
from procedures.spreadsheets.lines import (
    Citation,
    Fee,
    Line,
    Paper,
    ProcessingTime,
    Reasons,
)
from procedures.spreadsheets.reading import Reading, read
from procedures.working_days import TimeUnit

HEADINGS = [
    "STT",
    "Mã TTHC",
    "Tên TTHC",
    "Lĩnh vực",
    "Thời hạn",
    "Tiếp nhận qua BCCI",
    "Trả kết quả qua BCCI",
]
ROW = [1, "1.001445", "Thi tuyển công chức", "Công chức", "10 ngày", "x", None]
DAYS, WORKING = TimeUnit.CALENDAR_DAYS, TimeUnit.WORKING_DAYS
FORM = RequiredPaper.Form


def reading(*rows: list[Cell], name: str = "Sheet") -> Reading:
    return read([Sheet(name, list(rows))])


# Cells


@pytest.mark.parametrize(
    ("cell", "count", "unit"),
    [
        ("10 ngày làm việc", 10, WORKING),
        ("10 ngày", 10, DAYS),
        ("15", 15, WORKING),
        (15, 15, WORKING),
        (10.0, 10, WORKING),
        ("05 NGÀY LÀM VIỆC", 5, WORKING),
        ("10 ngay lam viec", 10, WORKING),
        ("Không quá 10 ngày làm việc", 10, WORKING),
        ("Trong thời hạn 20 ngày", 20, DAYS),
        ("10 (mười) ngày làm việc kể từ ngày nhận đủ hồ sơ.", 10, WORKING),
        ("16 giờ làm việc", 2, WORKING),
        ("Trong ngày", 0, WORKING),
        ("Ngay", 0, WORKING),
        ("Trong ngày làm việc", 0, WORKING),
        ("0 ngày", 0, WORKING),
        (unicodedata.normalize("NFD", "10 ngày làm việc"), 10, WORKING),
    ],
)
def test_a_time_limit_is_read(cell, count, unit):
    assert phrases.read_time(cell) == ProcessingTime(count, unit)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (None, "Write the time limit"),
        ("60 giờ làm việc", "hours as days"),
        ("24 giờ", "hours as days"),
        ("0 giờ làm việc", "hours as days"),
        ("ngày", "whole number of days"),
        ("10,5 ngày", "whole number of days"),
        (10.5, "whole number of days"),
        ("-5 ngày", "whole number of days"),
        ("10-15 ngày", "whole number of days"),
        ("2 tháng", "whole number of days"),
        ("10.000 ngày", "whole number of days"),
        (True, "whole number of days"),
        (date(2020, 10, 5), "whole number of days"),
        ("731 ngày", "at most 730"),
        ("9" * 40, "at most 730"),
    ],
)
def test_a_time_limit_that_cannot_be_is_refused(cell, sentence):
    with pytest.raises(Invalid, match=sentence):
        phrases.read_time(cell)


@pytest.mark.parametrize("cell", ["x", "X", "✓", "có", "CÓ", 1, "1", True, " x "])
def test_a_mark_is_yes(cell):
    assert cells.read_mark(cell) is True


@pytest.mark.parametrize("cell", [None, "không", "Không", 0, "0", "-", "–", False])
def test_no_mark_is_no(cell):
    assert cells.read_mark(cell) is False


@pytest.mark.parametrize("cell", ["xx", 2, "tùy", date(2020, 1, 1), "?"])
def test_anything_else_is_no_mark(cell):
    with pytest.raises(Invalid, match="Write x"):
        cells.read_mark(cell)


@pytest.mark.parametrize(
    ("cell", "fee"),
    [
        (None, None),
        ("Không", Fee(0)),
        ("không thu", Fee(0)),
        ("0", Fee(0)),
        (0, Fee(0)),
        ("30.000 đồng", Fee(30_000)),
        ("30000", Fee(30_000)),
        (30000, Fee(30_000)),
        ("30.000", Fee(30_000)),
        ("1.200.000đ", Fee(1_200_000)),
        ("200 đồng", Fee(200)),
        ("30.000 đồng (lần đầu)", Fee(30_000, "lần đầu")),
        ("Không (theo TT 25)", Fee(0, "theo TT 25")),
        ("Theo Thông tư 92/2021", Fee(None, "Theo Thông tư 92/2021")),
        ("30.000 đồng/bản", Fee(None, "30.000 đồng/bản")),
    ],
)
def test_fees_are_read(cell, fee):
    assert phrases.read_fee(cell) == fee


@pytest.mark.parametrize("cell", [30, 30.5, -1, 10**10, "30", True, date(2020, 1, 1)])
def test_a_fee_that_excel_has_changed_is_refused(cell):
    with pytest.raises(Invalid, match="no amount in đồng"):
        phrases.read_fee(cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.001445", "1.001445"),
        (" 2.000635.000.00.00.h02 ", "2.000635.000.00.00.H02"),
        (1.001445, "1.001445"),
        (1.00145, "1.001450"),
        (1001445, "1.001445"),
        ("1.001445\u200b", "1.001445"),
    ],
)
def test_a_code_is_read_also_where_excel_took_it_for_a_number(cell, code):
    assert cells.read_code(cell) == code


@pytest.mark.parametrize(
    "cell", ["4.001445", "1.1445", "1.001445.000.00.00.Z02", 10.5, 12, "١.001445"]
)
def test_another_code_is_refused(cell):
    with pytest.raises(Invalid, match="A code looks like"):
        cells.read_code(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "124/QĐ-UBND ngày 20/01/2020",
        "124/QĐ-UBND, 20/01/2020",
        "124/QĐ-UBND (20/1/2020)",
        "Quyết định số 124/QĐ-UBND ngày 20 tháng 01 năm 2020 của UBND tỉnh",
        "QĐ số: 124/QĐ-UBND ngày 20-01-2020",
    ],
)
def test_a_decision_is_read(cell):
    assert phrases.read_decision(cell) == Citation("124/QĐ-UBND", date(2020, 1, 20))


def test_a_decision_without_its_day_is_a_number():
    assert phrases.read_decision("124/QĐ-UBND") == Citation("124/QĐ-UBND")
    assert phrases.read_decision("124/QĐ-UBND ngày 31/02/2020").issued_on is None
    assert phrases.read_decision(None) is None


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (None, None),
        (date(2020, 1, 20), date(2020, 1, 20)),
        (datetime(2020, 1, 20, 9), date(2020, 1, 20)),  # noqa: DTZ001
        ("20/1/2020", date(2020, 1, 20)),
        ("20.01.2020", date(2020, 1, 20)),
        ("2020-01-20", date(2020, 1, 20)),
    ],
)
def test_a_day_is_read(cell, day):
    assert cells.read_day(cell) == day


@pytest.mark.parametrize(
    "cell", ["31/02/2020", "01/20/2020", 43850, "2020", "20/01/0020", time(10)]
)
def test_another_day_is_refused(cell):
    with pytest.raises(Invalid, match="20/01/2020"):
        cells.read_day(cell)


def test_required_papers_are_read_one_on_a_line():
    cell = "- Đơn đề nghị\nBằng tốt nghiệp|bản sao chứng thực|2\n\nẢnh 4x6|02 bản"

    assert phrases.read_papers(cell) == (
        Paper("Đơn đề nghị"),
        Paper("Bằng tốt nghiệp", FORM.CERTIFIED_COPY, 2),
        Paper("Ảnh 4x6", FORM.ORIGINAL, 2),
    )


@pytest.mark.parametrize("cell", ["Đơn|bản in", "Đơn|0", "|bản chính", "Đơn|99999"])
def test_a_paper_of_no_known_form_is_refused(cell):
    with pytest.raises(Invalid):
        phrases.read_papers(cell)


@pytest.mark.parametrize(
    ("cell", "reasons"),
    [
        (None, None),
        ("Phải có mặt", Reasons(both="Phải có mặt")),
        ("Tiếp nhận: phải có mặt", Reasons(intake="phải có mặt")),
        ("trả kết quả : ký sổ gốc", Reasons(result="ký sổ gốc")),
        ("Tiếp nhận: a\nTrả kết quả: b", Reasons("", "a", "b")),
        ("Lý do: phải có mặt\nvà ký", Reasons(both="Lý do: phải có mặt và ký")),
    ],
)
def test_reasons_are_read_for_both_legs_or_one(cell, reasons):
    assert phrases.read_reasons(cell) == reasons


TRICKY = ["Không", "30.000 đồng", " ", "(", ")", "Tiếp nhận:", "|", "\n", "số ", "20"]
TRICKY += ["ngày 20/01/2020", "#N/A", "- ", "=1", "bản sao", "2", "QĐ ", "/", "\x07"]
TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(TRICKY), max_size=6).map(
    "".join
)
LINES = st.builds(
    Line,
    name=TEXTS,
    field=TEXTS,
    agency=st.none() | TEXTS,
    time=st.builds(ProcessingTime, st.integers(0, 730), st.sampled_from(TimeUnit)),
    fee=st.none() | st.builds(Fee, st.none() | st.integers(0, 10**9), TEXTS),
    decision=st.none()
    | st.builds(
        Citation, TEXTS, st.none() | st.dates(date(1945, 1, 1), date(2099, 12, 31))
    ),
    note=st.none() | TEXTS,
    reasons=st.none() | st.builds(Reasons, TEXTS, TEXTS, TEXTS),
    papers=st.none()
    | st.lists(
        st.builds(Paper, TEXTS, st.sampled_from(FORM), st.integers(1, 32767)),
        max_size=3,
    ).map(tuple),
)


@given(LINES)
def test_what_is_written_is_read_back_the_same(line):
    once = normal(line)

    assert normal(once) == once


# Headings and rows


def test_headings_are_found_below_titles_on_any_sheet_in_any_order():
    shuffled = [HEADINGS[place] for place in (5, 2, 1, 0, 6, 4, 3)]
    row = [ROW[place] for place in (5, 2, 1, 0, 6, 4, 3)]
    title: list[Cell] = ["DANH MỤC THỦ TỤC HÀNH CHÍNH"] * 7

    found = read([Sheet("Bìa", [["Danh mục"]]), Sheet("2", [title, [], shuffled, row])])

    assert found.faults == ()
    assert found.lines == (
        Line(
            row=4,
            code="1.001445",
            name="Thi tuyển công chức",
            field="Công chức",
            time=ProcessingTime(10, DAYS),
            intake=True,
        ),
    )


@pytest.mark.parametrize(
    "spell",
    [
        str.upper,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: f"  {text.replace(' ', chr(0xA0))} ",
        lambda text: text.replace(" ", "\n"),
        lambda text: (
            unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
        ),
        lambda text: f"{text} (*)",
    ],
)
def test_headings_are_found_however_they_are_spelt(spell):
    found = reading([spell(heading) for heading in HEADINGS], ROW)

    assert found.faults == ()
    assert len(found.lines) == 1


def test_headings_in_two_rows_are_found():
    top: list[Cell] = [*HEADINGS[:5], "Thực hiện qua BCCI", None]
    below: list[Cell] = [None] * 5 + ["Tiếp nhận hồ sơ", "Trả kết quả"]

    found = reading(top, below, ROW)

    assert found.faults == ()
    assert [line.row for line in found.lines] == [3]


def test_a_missing_column_is_named():
    found = reading(HEADINGS[:4], ROW[:4])

    assert [(fault.row, fault.heading) for fault in found.faults] == [
        (1, "Thời hạn"),
        (1, "Tiếp nhận qua BCCI"),
        (1, "Trả kết quả qua BCCI"),
    ]
    assert all("missing" in fault.sentence for fault in found.faults)


def test_a_heading_that_stands_twice_is_named():
    found = reading([*HEADINGS, None, "Tên thủ tục"], [*ROW, None, "Khác"])

    assert [str(fault) for fault in found.faults] == [
        "Row 1, Tên TTHC: Two columns have this heading. Rename or remove one."
    ]


def test_a_heading_merged_over_two_columns_is_one():
    heading = [*HEADINGS[:3], *HEADINGS[2:]]

    assert reading(heading, [*ROW[:3], *ROW[2:]]).faults == ()


def test_a_workbook_without_the_list_is_refused():
    (fault,) = read([Sheet("a", [["STT", "Họ tên"]]), Sheet("b", [])]).faults

    assert "No sheet has the headings" in fault.sentence


def test_a_list_that_stands_twice_is_refused():
    table = [HEADINGS, ROW]

    (fault,) = read([Sheet("Sở", table), Sheet("Huyện", table)]).faults

    assert fault.value == "Sở, Huyện"


def test_a_list_without_rows_is_refused():
    (fault,) = reading(HEADINGS, [1, *[None] * 6], ["Tổng số: 0"] * 7).faults

    assert "The list is empty" in fault.sentence


def test_rows_that_are_no_procedure_are_skipped():
    found = reading(
        HEADINGS,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ROW,
        [None] * 7,
        [2, *[None] * 6],
        HEADINGS,
        [2, "2.000635", *ROW[2:]],
        ["Tổng cộng: 02 TTHC", None, None, None, None, 2, 0],
    )

    assert found.faults == ()
    assert [(line.row, line.code) for line in found.lines] == [
        (3, "1.001445"),
        (7, "2.000635"),
    ]


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        (["Tổng số", 98], True),
        (["TỔNG CỘNG: 98 thủ tục hành chính"], True),
        ([None, "Cộng", 5], True),
        ([None, None, "Công nhận ban vận động thành lập hội"], False),
        ([None, None, "Tổng hợp danh sách trình"], False),
        ([98, 6], False),
        ([], False),
    ],
)
def test_a_total_is_told_from_a_name(row, is_one):
    assert is_total(row) is is_one


def test_a_row_of_numbers_is_told_from_figures():
    assert numbers_the_columns([1, None, "(2)", "( 3 )"])
    assert not numbers_the_columns([1, 2])
    assert not numbers_the_columns([1, 5, 3])


def test_a_row_that_names_a_field_gives_it_to_the_rows_below():
    without = [*ROW[:3], None, *ROW[4:]]

    found = reading(
        HEADINGS,
        ["I", *["Lĩnh vực Tổ chức phi chính phủ"] * 6],
        [1, "1.001445", *without[2:]],
        ["II. LĨNH VỰC: Thi đua, khen thưởng", *[None] * 6],
        [2, "1.001446", *without[2:]],
        [3, "1.001447", *ROW[2:]],
    )

    assert found.faults == ()
    assert [line.field for line in found.lines] == [
        "Tổ chức phi chính phủ",
        "Thi đua, khen thưởng",
        "Công chức",
    ]


def test_every_fault_is_told_with_row_column_and_value():
    found = reading(
        HEADINGS,
        [1, "sai", None, "Công chức", "60 giờ làm việc", "x", "x"],
        [2, "1.001446", "a" * 501, "#REF!", 10, "?", None],
    )

    assert [(f.row, f.heading, f.value[:15]) for f in found.faults] == [
        (2, "Mã TTHC", "sai"),
        (2, "Tên TTHC", ""),
        (2, "Thời hạn", "60 giờ làm việc"),
        (3, "Tên TTHC", "a" * 15),
        (3, "Lĩnh vực", "#REF!"),
        (3, "Tiếp nhận qua BCCI", "?"),
    ]
    assert [line.is_faulty for line in found.lines] == [True, True]


@pytest.mark.parametrize(
    ("intake", "result", "reason", "contradicts"),
    [
        ("x", "x", "Phải có mặt", True),
        ("x", None, "Tiếp nhận: phải có mặt", True),
        (None, "x", "Trả kết quả: ký sổ", True),
        ("x", None, "Phải có mặt", False),
        (None, None, "Phải có mặt", False),
        ("x", None, "Trả kết quả: ký sổ", False),
        (None, None, None, False),
    ],
)
def test_a_mark_and_a_reason_against_it_contradict(intake, result, reason, contradicts):
    found = reading(
        [*HEADINGS, "Lý do không thực hiện qua BCCI"],
        [*ROW[:5], intake, result, reason],
    )

    headings = [fault.heading for fault in found.faults]
    assert headings == ["Lý do không thực hiện qua BCCI"] * contradicts


def test_no_two_columns_go_by_one_name():
    names = [
        (plain(name), column.key)
        for column in COLUMNS
        for name in (column.heading, *column.synonyms)
    ]

    assert len(dict(names)) == len(set(names))
