"""The head of an official paper: who stands above whom, and the day in words."""

from datetime import date, datetime

import pytest

from postal_tthc.lib.letterheads import day_in_words, hour_in_words, letterhead

COMMITTEE = "Ủy ban nhân dân tỉnh Bắc Giang"
AGENCY = "Sở Nội vụ tỉnh Bắc Giang"


@pytest.mark.parametrize(
    ("name", "above", "written_above", "issuer"),
    [
        pytest.param(
            AGENCY, COMMITTEE, "UBND TỈNH BẮC GIANG", "SỞ NỘI VỤ", id="agency"
        ),
        pytest.param(
            f"Bộ phận Một cửa {AGENCY}",
            AGENCY,
            "SỞ NỘI VỤ TỈNH BẮC GIANG",
            "BỘ PHẬN MỘT CỬA",
            id="desk of an agency",
        ),
        pytest.param(
            "Trung tâm Phục vụ hành chính công tỉnh Bắc Giang",
            "UBND tỉnh Bắc Giang",
            "UBND TỈNH BẮC GIANG",
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH BẮC GIANG",
            id="a name above that is not the province's own",
        ),
        pytest.param(
            COMMITTEE, "", "", "ỦY BAN NHÂN DÂN TỈNH BẮC GIANG", id="nobody above"
        ),
        pytest.param("Một cửa", "Sở X", "SỞ X", "MỘT CỬA", id="nothing repeated"),
        pytest.param(
            AGENCY, AGENCY, "SỞ NỘI VỤ TỈNH BẮC GIANG", AGENCY.upper(), id="same"
        ),
    ],
)
def test_the_left_side_names_the_writer_below_whoever_stands_above(
    name, above, written_above, issuer
):
    head = letterhead(name=name, above=above, province=COMMITTEE)

    assert (head.above, head.issuer) == (written_above, issuer)


@pytest.mark.parametrize(
    ("province", "place"),
    [
        (COMMITTEE, "Bắc Giang"),
        ("UBND thành phố Hải Phòng", "Hải Phòng"),
        ("Uỷ ban nhân dân tỉnh Lào Cai", "Lào Cai"),
        ("Đà Nẵng", "Đà Nẵng"),
    ],
)
def test_the_province_gives_the_place(province, place):
    head = letterhead(name=AGENCY, above=province, province=province)

    assert head.place_and_day(date(2020, 1, 5)) == f"{place}, ngày 05 tháng 01 năm 2020"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2020, 2, 29), "ngày 29 tháng 02 năm 2020"),
        (date(2020, 3, 1), "ngày 01 tháng 3 năm 2020"),
        (date(2020, 12, 10), "ngày 10 tháng 12 năm 2020"),
        (None, "ngày …… tháng …… năm ………"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_zero(day, words):
    assert day_in_words(day) == words


def test_hours_are_written_with_two_digits():
    assert hour_in_words(datetime(2020, 1, 5, 8, 5)) == "08 giờ 05 phút"  # noqa: DTZ001
