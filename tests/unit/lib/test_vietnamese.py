"""Names are found without their marks, and figures are written as offices do."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_tthc.lib.vietnamese import fold, tidy, write_date, write_number

VOWELS = "aăâeêioôơuưy"
MARKS = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
letters = st.builds(
    lambda vowel, mark: unicodedata.normalize("NFC", vowel + mark),
    st.sampled_from(VOWELS),
    st.sampled_from(MARKS),
)
words = st.text(st.one_of(letters, st.sampled_from("bcdđghklmnpqrstvx 0129./-")))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Nguyễn Văn Đức", "nguyen van duc"),
        ("ĐẶNG THỊ ĐÀO", "dang thi dao"),
        ("đường Hùng Vương", "duong hung vuong"),
        ("Trường Chỉnh, Lữ Ỷ Ỹ", "truong chinh, lu y y"),
        ("ẤẦẨẪẬ ẮẰẲẴẶ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ", "aaaaa aaaaa eeeee ooooo ooooo uuuuu"),
        ("H02.16-200601-0001", "h02.16-200601-0001"),
        ("  Trần\u00a0\tVăn \n A ", "tran van a"),
        ("", ""),
    ],
)
def test_marks_case_and_spaces_do_not_matter(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_a_name_is_found_however_its_letters_are_composed(form):
    assert fold(unicodedata.normalize(form, "Nguyễn Thị Đậu")) == "nguyen thi dau"


@given(words)
def test_however_it_is_typed_it_is_folded_the_same(text):
    decomposed = unicodedata.normalize("NFD", text)

    assert fold(text) == fold(decomposed) == fold(text.upper()) == fold(f" {text} ")


@given(words)
def test_folded_text_is_plain_and_stays_as_it_is(text):
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_text_is_kept_in_composed_letters_with_single_spaces(form):
    typed = unicodedata.normalize(form, "  Nguyễn \u00a0 Văn\nĐức ")

    assert tidy(typed) == unicodedata.normalize("NFC", "Nguyễn Văn Đức")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (212, "212"),
        (1234, "1.234"),
        (1234567, "1.234.567"),
        (-1234, "-1.234"),
        (Decimal("10.85"), "10,85"),
        (Decimal("0.00"), "0,00"),
        (Decimal("12345.60"), "12.345,60"),
    ],
)
def test_numbers_are_written_with_a_comma_and_dots(value, written):
    assert write_number(value) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [(date(2020, 9, 29), "29/09/2020"), (date(2021, 1, 2), "02/01/2021")],
)
def test_days_are_written_day_first(day, written):
    assert write_date(day) == written
