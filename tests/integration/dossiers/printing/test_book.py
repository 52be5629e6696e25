"""The power-cut book: blank pages that know how they will be typed in."""

import re
from datetime import date
from urllib.parse import quote

import pytest

from dossiers.book_pages import LINES
from tests.factories.dossiers import at
from tests.factories.printing import received

CHOOSE, PRINT = "/dossiers/book/", "/dossiers/book/pages/"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(at(TODAY), tick=False)


def pages(text: str) -> list[str]:
    return re.findall(r'<p class="code">([^<]+)</p>', text)


def first_offered(client) -> str:
    found = re.search(r'name="first"[^>]* value="(\d+)"', client.get(CHOOSE).text)
    return found[1]


def test_each_page_has_its_code_and_twelve_lines(sign_in, office):
    page = sign_in("clerk").get(PRINT, {"pages": "3", "first": "1"}).text

    assert pages(page) == [f"SNV-MC-20261123-{n:02}" for n in (1, 2, 3)]
    assert page.count('<article class="sheet">') == 3
    assert page.count('<td class="n">') == 3 * LINES
    assert '<body class="book">' in page
    assert "SỔ GHI TẠM TIẾP NHẬN HỒ SƠ" in page


def test_the_code_of_a_page_leads_to_where_it_is_typed_in(sign_in, office, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "postal_tthc.lib.barcodes.qr", lambda text, **_: drawn.append(text) or ""
    )

    sign_in("clerk").get(PRINT, {"pages": "1", "first": "7"})

    assert drawn == ["http://testserver/dossiers/new/?book=SNV-MC-20261123-07"]


def test_a_symbol_with_vietnamese_letters_is_quoted(sign_in, office, monkeypatch):
    office.desk.symbol = "BĐ-MC"
    office.desk.save()
    drawn = []
    monkeypatch.setattr(
        "postal_tthc.lib.barcodes.qr", lambda text, **_: drawn.append(text) or ""
    )

    sign_in("clerk").get(PRINT, {"pages": "1", "first": "7"})

    assert drawn[0].endswith(f"?book={quote('BĐ-MC')}-20261123-07")


def test_the_next_pages_go_on_after_those_printed_today(sign_in, office, time_machine):
    client = sign_in("clerk")
    assert first_offered(client) == "1"

    client.get(PRINT, {"pages": "4", "first": "1"})
    assert first_offered(client) == "5"

    client.get(PRINT, {"pages": "1", "first": "2"})  # one was spilt on
    assert first_offered(client) == "5"

    time_machine.move_to(at(date(2026, 11, 25)), tick=False)
    client = sign_in("clerk")
    assert first_offered(client) == "1"


def test_they_go_on_after_those_that_a_colleague_has_typed_in(sign_in, office):
    received(office, TODAY, book_line="SNV-MC-20261123-06/03")
    received(office, TODAY, book_line="SNV-MC-20261122-09/01")

    assert first_offered(sign_in("clerk")) == "7"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"pages": "21", "first": "1"}, "less than or equal to 20"),
        ({"pages": "0", "first": "1"}, "greater than or equal to 1"),
        ({"pages": "20", "first": "81"}, "A day has 99 pages at most."),
        ({"pages": "hai", "first": "1"}, "Enter a whole number."),
        ({}, "This field is required."),
    ],
)
def test_a_number_that_makes_no_sense_is_told(sign_in, office, typed, sentence):
    client = sign_in("clerk")

    page = client.get(PRINT, typed)

    assert page.status_code == 422
    assert sentence in page.text
    assert "Nothing was printed." in page.text
    assert first_offered(client) == "1"


@pytest.mark.parametrize("address", [CHOOSE, f"{PRINT}?pages=1&first=1"])
@pytest.mark.parametrize("role", ["leader", "postal_clerk", "case_officer"])
def test_who_has_no_counter_has_no_book(sign_in, office, role, address):
    client = sign_in(role)

    assert client.get(address).status_code == 403
    assert CHOOSE not in client.get("/dossiers/").text


def test_the_register_shows_the_way_to_it(sign_in, office):
    assert f'href="{CHOOSE}"' in sign_in("clerk").get("/dossiers/").text
