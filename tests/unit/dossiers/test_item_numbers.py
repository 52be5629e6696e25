"""Item numbers are checked by the digit of UPU S10."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.item_numbers import check_digit, is_s10, tidy

serials = st.text("0123456789", min_size=8, max_size=8)
TWICE_GIVEN = 5  # the check digit of two remainders, 0 and 6


@pytest.mark.parametrize(
    "number",
    [
        "EE471108151FR",
        "RB167995284IT",
        "LL572405406US",
        "RB123456785GB",
        "RR473124829GB",
        "EB000717618HK",
        "EO793894515VN",
        "EO793893917VN",
        "EE123456785VN",
    ],
)
def test_numbers_of_real_items_are_right(number):
    assert is_s10(number)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("EE123456789VN", id="wrong check digit"),
        pytest.param("EE123456785vn", id="not tidy"),
        pytest.param("EE 123456785 VN", id="spaces"),
        pytest.param("EE12345678VN", id="too short"),
        pytest.param("EE1234567855VN", id="too long"),
        pytest.param("E1123456785VN", id="digit for a letter"),
        pytest.param("EE12345678OVN", id="letter for a digit"),
        pytest.param("EE123456785VN\n", id="a line more"),
        pytest.param("EĐ123456785VN", id="letter of another alphabet"),
        pytest.param("EE１２３４５６７８５VN", id="full-width digits"),
        pytest.param("", id="nothing"),
    ],
)
def test_anything_else_is_doubted(number):
    assert not is_s10(number)


@pytest.mark.parametrize(
    "typed",
    [
        "EE123456785VN",
        "ee123456785vn",
        " EE 123 456 785 VN ",
        "EE\u00a0123456785\tvn\n",
    ],
)
def test_a_number_is_kept_in_capitals_without_spaces(typed):
    assert tidy(typed) == "EE123456785VN"


@given(serials)
def test_exactly_one_check_digit_fits_a_serial(serial):
    fitting = [digit for digit in range(10) if is_s10(f"EA{serial}{digit}VN")]

    assert fitting == [check_digit(serial)]


@given(serials, st.integers(0, 7), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(serial, place, digit):
    wrong = serial[:place] + digit + serial[place + 1 :]

    assert check_digit(wrong) != check_digit(serial) or is_excused(serial, wrong)


@given(serials)
def test_two_neighbours_in_the_wrong_order_are_noticed(serial):
    for place, (left, right) in enumerate(pairwise(serial)):
        wrong = serial[:place] + right + left + serial[place + 2 :]

        assert check_digit(wrong) != check_digit(serial) or is_excused(serial, wrong)


def is_excused(serial: str, wrong: str) -> bool:
    return wrong == serial or check_digit(serial) == TWICE_GIVEN


def test_only_a_number_whose_check_digit_is_five_may_hide_a_wrong_digit():
    assert check_digit("00000000") == check_digit("90000000") == TWICE_GIVEN
