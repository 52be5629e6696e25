"""The place an address lies in is read from its words, never guessed."""

import pytest

from dossiers.places import place_of


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (
            "Thôn 5, xã Đông Lỗ, huyện Hiệp Hòa, tỉnh Bắc Giang",
            "Xã Đông Lỗ, huyện Hiệp Hòa",
        ),
        ("XÃ TIÊN LỤC - HUYỆN LẠNG GIANG", "Xã Tiên Lục, huyện Lạng Giang"),
        ("xã Đông Lỗ huyện Hiệp Hòa tỉnh Bắc Giang", "Xã Đông Lỗ, huyện Hiệp Hòa"),
        ("UBND xã Song Mai, thành phố Bắc Giang", "Xã Song Mai, thành phố Bắc Giang"),
        ("Số 2, P. Trần Phú, TP Bắc Giang", "Phường Trần Phú, thành phố Bắc Giang"),
        ("TT. Neo, H. Yên Dũng", "Thị trấn Neo, huyện Yên Dũng"),
        ("Phường Đa Mai, tỉnh Bắc Ninh", "Phường Đa Mai"),
        ("Đặc khu Vân Đồn, tỉnh Quảng Ninh", "Đặc khu Vân Đồn"),
        ("Thị xã Từ Sơn, tỉnh Bắc Ninh", "Thị xã Từ Sơn"),
        ("Huyện Lục Nam, tỉnh Bắc Giang", "Huyện Lục Nam"),
        ("Tỉnh Bắc Giang", "Tỉnh Bắc Giang"),
        ("Số 1 đường Hùng Vương, Bắc Giang", ""),
        ("Hộp thư 12", ""),
        ("  ,; - ", ""),
        ("", ""),
    ],
)
def test_a_place_is_read_from_an_address(address, place):
    assert place_of(address) == place


def test_one_commune_written_two_ways_is_one_place():
    assert place_of("Xã Song Mai, TP. Bắc Giang") == place_of(
        "thôn 3 - xã Song  Mai; thành phố Bắc Giang, tỉnh Bắc Giang"
    )
