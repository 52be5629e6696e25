"""Reading lists of the post: columns by synonyms, amounts, days, files nobody should read."""

import unicodedata
from datetime import date, time
from io import BytesIO

import pytest
from openpyxl import Workbook

from dossiers.gateway.words import STATUS_WORDS, reason_of, status_of
from dossiers.post_lists import reading
from dossiers.post_lists.columns import COLUMNS, read_dong
from dossiers.post_lists.reading import Line, read_list
from dossiers.postal_statuses import ItemStatus, Reason
from postal_tthc.errors import Invalid
from postal_tthc.lib.tables import plain
from tests.integration.dossiers.post_lists.lists import (
    PROVINCIAL,
    REGISTERED,
    comma_list,
    workbook,
)

DAY = date(2020, 6, 4)


def test_no_heading_means_two_columns():
    names = [plain(n) for c in COLUMNS for n in (c.heading, *c.synonyms)]

    assert sorted(names) == sorted(set(names))


def test_the_registration_list_is_read_under_its_titles_and_above_its_total():
    row = {
        "STT": 1,
        "Số hiệu giấy tờ (Mã hồ sơ)": " h02.16-200601-0001 ",
        "Họ tên người nhận kết quả": "Nguyễn Văn A",
        "Ngày bưu điện nhận kết quả": DAY,
        "Cước bưu điện thu": 26_000,
    }

    found = read_list(workbook(REGISTERED, [row]), name="a.xlsx")

    assert found.faults == ()
    assert found.lines == (
        Line(6, code="H02.16-200601-0001", posted_on=DAY, postage=26_000),
    )


def test_the_provincial_list_is_read():
    row = {
        "Mã hồ sơ": "H02.16-200601-0001",
        "Trạng thái": "Phát thành công",
        "Ngày trạng thái": "05/06/2020 14:30",
        "Mã vận đơn bưu điện": "ea 123-456-785 vn",
        "Phí thu hộ": "26.000 đ",
    }

    found = read_list(workbook(PROVINCIAL, [row]), name="a.xlsx")

    assert found.lines == (
        Line(
            6,
            item_number="EA123456785VN",
            code="H02.16-200601-0001",
            status="Phát thành công",
            status_on=date(2020, 6, 5),
            status_hour=time(14, 30),
            collected=26_000,
        ),
    )


@pytest.mark.parametrize(
    ("heading", "key", "value"),
    [
        ("Ngày nộp tiền thu hộ", "remitted_on", DAY),
        ("Ngày nộp phí thu hộ", "remitted_on", DAY),
        ("Ngày chuyển trả (thu hộ)", "remitted_on", DAY),
        ("Số tiền thu hộ đã nộp (đồng)", "remitted", 30_000),
        ("Phí, lệ phí thu hộ", "collected", 30_000),
        ("Cước chuyển phát", "postage", 30_000),
    ],
)
def test_posts_call_a_column_by_many_names(heading, key, value):
    row = {"Mã vận đơn": "EA123456785VN", heading: value}

    found = read_list(workbook(("Mã vận đơn", "Lý do", heading), [row]), name="a.xlsx")

    assert found.lines == (Line(6, item_number="EA123456785VN", **{key: value}),)
    assert found.unread == ()


def test_columns_that_hold_something_and_are_not_read_are_named():
    headings = ("Ngày", "Mã vận đơn", "Cước", "Lý do", None, "Ghi chú\nthêm", "Trống")
    book = Workbook()
    sheet = book.active
    sheet.append(headings)
    sheet.append(("04/06/2020", "EA123456785VN", 26_000, None, "riêng", "gấp"))
    sheet.append((None, None, None, None, None, None, "Người lập biểu"))
    file = BytesIO()
    book.save(file)

    found = read_list(BytesIO(file.getvalue()), name="a.xlsx")

    assert found.unread == ("Ngày", "column E", "Ghi chú thêm")
    assert len(found.lines) == 1


def test_half_of_a_merged_column_with_values_of_its_own_is_named_by_its_letter():
    book = Workbook()
    sheet = book.active
    sheet.append(("Mã vận đơn", "Lý do", "Cước", None))
    sheet.merge_cells("C1:D1")
    sheet.append(("EA123456785VN", None, 26_000, 1_000))
    file = BytesIO()
    book.save(file)

    found = read_list(BytesIO(file.getvalue()), name="a.xlsx")

    assert found.unread == ("Cước (column D)",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_in_any_usual_writing(delimiter, encoding):
    text = comma_list(
        ("Mã vận đơn", "Cước", "Ngày gửi"),
        [{"Mã vận đơn": "'EA123456785VN", "Cước": "26.000", "Ngày gửi": "4/6/2020"}],
        delimiter,
    )
    text = unicodedata.normalize("NFD", text)

    found = read_list(BytesIO(text.encode(encoding)), name="a.CSV")

    assert found.lines == (
        Line(2, item_number="EA123456785VN", posted_on=DAY, postage=26_000),
    )


@pytest.mark.parametrize(
    ("cell", "dong"),
    [
        (26000, 26_000),
        (26000.0, 26_000),
        ("26.000", 26_000),
        ("26,000 đ", 26_000),
        ("26 000 VNĐ", 26_000),
        ("２６０００", 26_000),
        ("0", 0),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_amounts_are_read_as_people_write_them(cell, dong):
    assert read_dong(cell) == dong


@pytest.mark.parametrize(
    "cell", ["26.00", "2.6000", "hai sáu", -5, "1e9", 26000.5, True, 999_999_999_999]
)
def test_an_odd_amount_is_refused(cell):
    with pytest.raises(Invalid, match=r"26\.000"):
        read_dong(cell)


@pytest.mark.parametrize(
    ("said", "status", "reason"),
    [
        ("PHÁT THÀNH CÔNG", ItemStatus.DELIVERED, None),
        ("phat thanh cong", ItemStatus.DELIVERED, None),
        ("  Đang   phát (giao bưu tá)", ItemStatus.OUT_FOR_DELIVERY, None),
        ("Phát không thành công (đi vắng)", ItemStatus.ATTEMPTED, Reason.ABSENT),
        ("Phát không thành công - Hẹn lại", ItemStatus.ATTEMPTED, Reason.POSTPONED),
        ("Phát không thành công: mưa", None, None),
        ("Phát thành công - trả nhầm", None, None),
        ("Chuyển hoàn", ItemStatus.COMING_BACK, None),
        ("", None, None),
        ("(", None, None),
    ],
)
def test_words_of_the_post_are_known_or_not_guessed(said, status, reason):
    assert status_of(said) == (status, reason)


def test_no_word_means_two_statuses():
    words = [word.casefold() for found in STATUS_WORDS.values() for word in found]

    assert len(words) == len(set(words))
    assert reason_of("nobody knows") is None


def test_every_faulty_cell_is_named_and_the_other_rows_are_read():
    rows = [
        {"Mã hồ sơ": "H02.16-200601-0001", "Phí thu hộ": "nhiều"},
        {"Mã hồ sơ": "H02.16-200601-0002", "Ngày trạng thái": "hôm qua"},
        {"Mã hồ sơ": "H02.16-200601-0003"},
    ]

    found = read_list(workbook(PROVINCIAL, rows), name="a.xlsx")

    assert [(f.row, f.heading, f.value) for f in found.faults] == [
        (6, "Phí thu hộ", "nhiều"),
        (7, "Ngày trạng thái", "hôm qua"),
    ]
    assert [line.row for line in found.lines] == [8]


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (("A", "B", "C"), "No sheet has the headings"),
        (("Cước", "Trạng thái", "Ngày gửi"), "needs a column"),
        (("Mã hồ sơ", "Trạng thái", "Cước", "Lý do", "Cước"), "Two columns"),
        (("Mã hồ sơ", "Trạng thái", "Cước"), "list is empty"),
    ],
)
def test_a_list_that_is_none_says_why(headings, said):
    found = read_list(workbook(headings, [], total=False), name="a.xlsx")

    assert [said in fault.sentence for fault in found.faults] == [True]
    assert found.lines == ()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "empty"),
        (b"\x00\x01\x02", "a.csv", "letters"),
        (b'"' + b"x" * 200_001, "a.csv", "cannot be read"),
        (b"PK\x03\x04", "a.xlsx", "damaged"),
        (b"%PDF-1.4", "a.pdf", "not a list"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(content, name, said):
    with pytest.raises(Invalid, match=said):
        read_list(BytesIO(content), name=name)


def test_a_list_is_not_endless():
    text = "Mã vận đơn,Cước,Trạng thái\n" + "EA123456785VN,1,x\n" * 10_001

    with pytest.raises(Invalid, match="more than"):
        read_list(BytesIO(text.encode()), name="a.csv")
    with pytest.raises(Invalid, match="more than"):
        read_list(BytesIO(text.encode() * 3), name="a.csv")
    assert reading.MOST_ROWS == 10_000
