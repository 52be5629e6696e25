"""Cells of a register: what people write, and what is refused in words."""

from datetime import date, datetime, time, timedelta

import pytest

from dossiers.spreadsheets import cells
from dossiers.spreadsheets.columns import COLUMNS, IMPORTED, by_key
from postal_tthc.errors import Invalid
from postal_tthc.lib.tables import plain

DAY = date(2020, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime(2020, 3, 5, 8, 30),  # noqa: DTZ001 (as a sheet gives it)
        43895,
        43895.75,
        "05/03/2020",
        "5/3/2020",
        "5-3-20",
        "5.3.2020",
        "05 / 03 / 2020",
        "05/03/2020 08:30",
        "05/03/2020 8h30",
        "2020-03-05",
        "2020-03-05T08:30:00",
        "ngày 05 tháng 3 năm 2020",
        "Ngày 5 tháng 03 năm 2020",
        "０５/０３/２０２０",
        "43895",
    ],
)
def test_a_day_is_read_however_it_is_written(cell):
    assert cells.read_day(cell) == DAY


@pytest.mark.parametrize(
    "cell", ["hôm qua", 12, -1, True, "05/03/1820", "5/2020", "x" * 5000]
)
def test_what_is_no_day_is_refused_in_words(cell):
    with pytest.raises(Invalid, match="20/01/2020"):
        cells.read_day(cell)


@pytest.mark.parametrize(
    "cell",
    [time(8, 30), "08:30", "8h30", "8 giờ 30 phút", timedelta(hours=8.5), 8.5 / 24],
)
def test_an_hour_is_read_however_it_is_written(cell):
    assert cells.read_hour(cell) == time(8, 30)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (912345678, "0912345678"),
        ("0912 345 678", "0912 345 678"),
        ("０９１２", "0912"),
        (None, ""),
    ],
)
def test_a_phone_keeps_its_zero(cell, read):
    assert cells.read_phone(cell) == read


def test_a_personal_id_keeps_its_zero():
    assert cells.read_id_number(24090000001) == "024090000001"


def test_no_heading_means_two_columns():
    names = [
        plain(name) for column in COLUMNS for name in {column.heading, *column.synonyms}
    ]
    doubled = {name for name in names if names.count(name) > 1}
    assert doubled == set()


def test_every_word_for_a_channel_is_understood():
    ways = next(column for column in COLUMNS if column.key == "intake_channel")
    assert ways.read("TRUC TIEP") == "counter"
    assert ways.read("qua Bưu chính công ích") == "public_post"
    with pytest.raises(Invalid, match="Tại quầy"):
        ways.read("bồ câu")


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Tên người nộp", "applicant_name"),
        ("Tên người nộp hồ sơ", "applicant_name"),
        ("Họ tên người nộp", "applicant_name"),
        ("Họ tên người nộp hồ sơ", "applicant_name"),
        ("SĐT liên hệ", "applicant_phone"),
        ("Số điện thoại liên hệ", "applicant_phone"),
        ("SĐT người nộp", "applicant_phone"),
        ("Ngày hẹn trả KQ", "due_on"),
        ("Ngày hẹn trả kết quả", "due_on"),
        ("Ngày trả KQ thực tế", "returned_on"),
        ("Ngày trả kết quả thực tế", "returned_on"),
        ("Hình thức nhận KQ", "return_channel"),
        ("Hình thức nhận kết quả", "return_channel"),
        ("Trả qua BCCI", "return_channel"),
        ("Nhận KQ qua BCCI", "return_channel"),
        ("Nhận kết quả qua BCCI", "return_channel"),
        ("Nộp qua BCCI", "intake_channel"),
        ("Nhận qua BCCI", "intake_channel"),
        ("Nhận hồ sơ qua BCCI (x)", "intake_channel"),
        ("Tiếp nhận qua BCCI", "intake_channel"),
    ],
)
def test_a_heading_means_its_column(heading, key):
    assert [x.key for x in IMPORTED if x.is_called(plain(heading))] == [key]


@pytest.mark.parametrize("key", ["intake_channel", "return_channel"])
@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("x", "public_post"),
        ("X", "public_post"),
        ("1", "public_post"),
        (1, "public_post"),
        (True, "public_post"),
        ("１", "public_post"),
        ("0", ""),
        (0, ""),
        (False, ""),
        (None, ""),
    ],
)
def test_a_tick_is_the_post_and_none_says_nothing(key, cell, read):
    assert by_key[key].read(cell) == read


@pytest.mark.parametrize("cell", [2, "2", "10", "xx"])
def test_a_number_that_is_no_tick_is_refused(cell):
    with pytest.raises(Invalid, match="Tại quầy"):
        by_key["return_channel"].read(cell)


@pytest.mark.parametrize("cell", ["31/02/2020", "2020-02-30", "00/01/2020"])
def test_a_day_that_does_not_exist_is_called_so(cell):
    with pytest.raises(Invalid, match=f"There is no day {cell}."):
        cells.read_day(cell)
