"""How pages and lines of the power-cut book are called, and read again."""

from datetime import date

import pytest

from dossiers.book_pages import BookPage, next_number, page_of, read_page

DAY = date(2026, 11, 23)
PAGE = BookPage("SNV-MC", DAY, 3)


def test_a_page_and_its_lines_are_called_by_desk_day_and_number():
    assert str(PAGE) == "SNV-MC-20261123-03"
    assert PAGE.line(7) == "SNV-MC-20261123-03/07"
    assert PAGE.of_the_day == "SNV-MC-20261123-"


@pytest.mark.parametrize(
    "text", ["SNV-MC-20261123-03", " SNV-MC-20261123-03 ", "SNV-MC-20261123-03/12"]
)
def test_what_was_written_is_read_again(text):
    assert read_page(text) == PAGE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SNV-MC",
        "SNV-MC-20261123",
        "SNV-MC-20261123-3",
        "SNV-MC-20261331-03",
        "-20261123-03",
        "H02.16-261123-0001",
        f"{'X' * 16}-20261123-03",
    ],
)
def test_anything_else_is_no_page(text):
    assert read_page(text) is None


def test_a_line_of_the_longest_symbol_fits_its_field():
    line = page_of("X" * 20, DAY, 99).line(12)

    assert len(line) <= 30
    assert read_page(line).number == 99


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ([], 1),
        (["SNV-MC-20261123-02/01", "SNV-MC-20261123-06/12"], 7),
        (["nonsense"], 1),
    ],
)
def test_the_next_page_follows_the_highest_one(lines, number):
    assert next_number(lines) == number
