"""Reads the numbers of a page and what each of them opens."""

import re
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

# «212», or what a bar of the chart says: «01/01/2019 – 31/01/2019: 3».
NUMBER = re.compile(r"(?:.+ – .+: )?([\d,]+)")
PRESENT_TAB = re.compile(r'aria-current="true">[^<]*<span class="count">([\d,]+)<')
PROCEDURES = re.compile(r"([\d,]+) procedures?, as on")
LISTS = ("dossiers:list", "dossiers:items", "dossiers:incidents")


class Numbers(HTMLParser):
    """Collects the links of a page whose words are a number."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, int] = {}
        self._href: str | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._words = dict(attrs)["href"], ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            if match := NUMBER.fullmatch(self._words.strip()):
                number = as_number(match[1])
                assert self.found.setdefault(self._href, number) == number, self._href
            self._href = None


def as_number(text: str) -> int:
    return int(text.replace(",", ""))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def numbers(client: Client, address: str) -> dict[str, int]:
    """Each address that a number on the page leads to, and the number."""
    parser = Numbers()
    parser.feed(page(client, address))
    return parser.found


def opened(client: Client, address: str) -> int:
    """How many dossiers, items, incidents or procedures an address shows."""
    body = page(client, address)
    if any(address.startswith(f"{reverse(name)}?") for name in LISTS):
        return as_number(PRESENT_TAB.search(body)[1])
    assert address.startswith(reverse("procedures:list")), address
    listed = PROCEDURES.search(body)
    return as_number(listed[1]) if listed else 0


def wrong_numbers(client: Client, address: str) -> dict[str, tuple[int, int]]:
    """The numbers on a page that do not open what they count, with what they open."""
    pairs = {x: (n, opened(client, x)) for x, n in numbers(client, address).items()}
    return {x: pair for x, pair in pairs.items() if pair[0] != pair[1]}
