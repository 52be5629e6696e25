"""Item numbers are checked by the digit of UPU S10."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.item_numbers import (
    MOST_HINTS,
    RESERVED,
    Doubt,
    Kind,
    check_digit,
    doubts,
    is_s10,
    near_misses,
    tidy,
)

serials = st.text("0123456789", min_size=8, max_size=8)
digits = st.sampled_from("0123456789")
TWICE_GIVEN = 5  # the check digit of two remainders, 0 and 6
REAL = [
    "EE471108151FR",
    "RB167995284IT",
    "LL572405406US",
    "RB123456785GB",
    "RR473124829GB",
    "EB000717618HK",
    "EO793894515VN",
    "EO793893917VN",
    "EE123456785VN",
]


@pytest.mark.parametrize("number", REAL)
def test_numbers_of_real_items_are_right(number):
    assert is_s10(number)
    assert doubts(number) == []
    assert near_misses(number) == ()


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
        "ee.123.456.785.vn",
        "EE 123-456-785 VN.",
    ],
)
def test_a_number_is_kept_in_capitals_without_spaces(typed):
    assert tidy(typed) == "EE123456785VN"


@pytest.mark.parametrize("typed", ["bg-12.345", "BG - 12.345", "BG-12.345"])
def test_a_number_of_another_form_keeps_its_dots_and_dashes(typed):
    assert tidy(typed) == "BG-12.345"


@given(serials)
def test_exactly_one_check_digit_fits_a_serial(serial):
    fitting = [digit for digit in range(10) if is_s10(f"EA{serial}{digit}VN")]

    assert fitting == [check_digit(serial)]


@given(serials, st.integers(0, 7), digits)
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


def number_of(serial: str) -> str:
    return f"EA{serial}{check_digit(serial)}VN"


@given(serials, st.integers(2, 10), digits)
def test_of_one_wrong_digit_the_right_number_is_among_the_hints(serial, place, digit):
    right = number_of(serial)
    wrong = right[:place] + digit + right[place + 1 :]

    assert is_s10(wrong) or right in near_misses(wrong)


@given(serials, st.integers(2, 9))
def test_of_two_neighbours_swapped_the_right_number_is_among_the_first(serial, place):
    right = number_of(serial)
    wrong = swap(right, place)
    swaps = {swap(wrong, at) for at in range(2, 10)}

    if not is_s10(wrong):
        hints = near_misses(wrong)
        assert right in hints
        assert set(hints[: hints.index(right)]) <= swaps


def swap(number: str, place: int) -> str:
    left, right = number[place : place + 2]
    return number[:place] + right + left + number[place + 2 :]


@given(st.text("0123456789", min_size=9, max_size=9))
def test_every_hint_is_a_right_number_one_slip_away(nine):
    typed = f"EA{nine}VN"
    hints = near_misses(typed)

    assert bool(hints) == (not is_s10(typed))
    assert len(set(hints)) == len(hints)
    for hint in hints:
        assert is_s10(hint)
        places = [at for at in range(13) if hint[at] != typed[at]]
        assert len(places) == 1 or swap(typed, places[0]) == hint


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param(
            "EE123456789VN",
            ["EE123457689VN", "EE123456785VN", "EE123456799VN", "EE623456789VN"],
            id="a swap, the check digit, a digit like it, any digit",
        ),
        pytest.param(
            "EE213456785VN",
            ["EE123456785VN", "EE213465785VN", "EE213456783VN"],
            id="swaps from left to right",
        ),
        pytest.param(
            "EO793894551VN",
            ["EO793894515VN", "EO793894550VN", "EO798894551VN"],
            id="swapped with the check digit",
        ),
    ],
)
def test_the_likeliest_slips_come_first(typed, first):
    assert list(near_misses(typed)[: len(first)]) == first
    assert doubts(typed) == [Doubt(Kind.CHECK_DIGIT, tuple(first[:MOST_HINTS]))]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        pytest.param("E0793894515VN", "EO793894515VN", id="nought for O"),
        pytest.param("EE47II08I5IFR", "EE471108151FR", id="I for one"),
        pytest.param("L1572405406US", "LI572405406US", id="one for I"),
        pytest.param("EBOOO7I76I8HK", "EB000717618HK", id="many"),
    ],
)
def test_letters_and_digits_that_look_alike_are_read_in_their_places(typed, right):
    (doubt,) = doubts(typed)

    assert doubt.kind == Kind.NOT_S10
    assert doubt.hints == (right,)


def test_a_letter_for_a_digit_in_a_wrong_number_still_finds_the_right_one():
    assert "EO793894515VN" in near_misses("EO79389455IVN")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "E",
        "RB123456785G8",
        "EE12345678VN",
        "EE1234567855VN",
        "EĐ123456789VN",
        "BG-12.345",
    ],
)
def test_a_number_of_another_form_gets_no_hints(typed):
    assert doubts(typed) == [Doubt(Kind.NOT_S10)]


@given(serials, st.integers(2, 10), digits)
def test_a_number_that_is_expected_comes_before_any_other(serial, place, digit):
    right = number_of(serial)
    wrong = right[:place] + digit + right[place + 1 :]

    if not is_s10(wrong):
        (doubt,) = doubts(wrong, expected={right, "EE123456785VN"})
        assert doubt.hints[0] == right
        assert doubt.expected == (right,)
        assert len(doubt.hints) <= MOST_HINTS


@pytest.mark.parametrize("letter", sorted(RESERVED))
def test_an_indicator_that_no_service_has_is_doubted(letter):
    assert doubts(f"{letter}E123456785VN") == [Doubt(Kind.RESERVED)]


def test_a_number_used_before_is_doubted_however_right_it_is():
    assert doubts("EE123456785VN", is_used=True) == [Doubt(Kind.USED_BEFORE)]
    kinds = [doubt.kind for doubt in doubts("JE123456789VN", is_used=True)]
    assert kinds == [Kind.CHECK_DIGIT, Kind.RESERVED, Kind.USED_BEFORE]
