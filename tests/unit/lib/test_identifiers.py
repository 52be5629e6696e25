"""Numbers people carry look right or are doubted; nothing is refused."""

import pytest

from postal_tthc.lib.identifiers import (
    digits,
    is_plausible_personal_id,
    is_plausible_phone,
    is_plausible_tax_code,
)


@pytest.mark.parametrize(
    ("number", "is_plausible"),
    [
        pytest.param("024085001234", True, id="Bắc Giang"),
        pytest.param("027 190 001 234", True, id="Bắc Ninh, with spaces"),
        pytest.param("001.200.000.001", True, id="first place, with dots"),
        pytest.param("096300000001", True, id="last place"),
        pytest.param("000085001234", False, id="place 000"),
        pytest.param("097085001234", False, id="place 097"),
        pytest.param("121234567", True, id="old card of nine digits"),
        pytest.param("12123456", False, id="eight digits"),
        pytest.param("0240850012", False, id="ten digits"),
        pytest.param("02408500123", False, id="eleven digits"),
        pytest.param("0240850012345", False, id="thirteen digits"),
        pytest.param("02408500123A", False, id="a letter"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_personal_id_has_12_digits_or_9(number, is_plausible):
    assert is_plausible_personal_id(number) is is_plausible


@pytest.mark.parametrize(
    ("number", "is_plausible"),
    [
        pytest.param("0100109106", True, id="ten digits"),
        pytest.param("01 00 10 91 06", True, id="with spaces"),
        pytest.param("0100109106-001", True, id="a branch"),
        pytest.param("0100109106001", True, id="a branch without dash"),
        pytest.param("0100109105", False, id="wrong check digit"),
        pytest.param("0100109105-001", False, id="wrong check digit of a branch"),
        pytest.param("0100109106-000", False, id="branch 000"),
        pytest.param("010010910", False, id="nine digits"),
        pytest.param("024085001234", False, id="a personal id"),
        pytest.param("MST0100109", False, id="letters"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_tax_code_has_10_digits_or_13_and_its_check_digit(number, is_plausible):
    assert is_plausible_tax_code(number) is is_plausible


@pytest.mark.parametrize(
    ("number", "is_plausible"),
    [
        pytest.param("0912345678", True, id="mobile"),
        pytest.param("0912 345 678", True, id="with spaces"),
        pytest.param("0912.345.678", True, id="with dots"),
        pytest.param("+84 912 345 678", True, id="from abroad"),
        pytest.param("84912345678", True, id="from abroad without plus"),
        pytest.param("0345678901", True, id="03"),
        pytest.param("0567890123", True, id="05"),
        pytest.param("0778901234", True, id="07"),
        pytest.param("0889012345", True, id="08"),
        pytest.param("0204 3854 123", True, id="land line of Bắc Giang"),
        pytest.param("024 3825 1234", True, id="land line of Hà Nội"),
        pytest.param("+84 204 3854 123", True, id="land line from abroad"),
        pytest.param("0112345678", False, id="no such prefix"),
        pytest.param("0612345678", False, id="no such mobile"),
        pytest.param("091234567", False, id="nine digits"),
        pytest.param("09123456789", False, id="eleven digits"),
        pytest.param("912345678", False, id="without its zero"),
        pytest.param("không có", False, id="words"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_phone_number_is_a_mobile_or_a_land_line(number, is_plausible):
    assert is_plausible_phone(number) is is_plausible


def test_what_people_type_between_digits_does_not_count():
    assert digits(" 0912-345.678\t9 ") == "09123456789"
