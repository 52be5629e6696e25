"""Every form is printed in the regime of its day, so the regimes must be there."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def _regimes(known_norms_and_forms: None) -> None:
    """The two sets of forms, and the transit times."""


@pytest.fixture
def printed(sign_in: Callable[..., Client]) -> Callable[..., str]:
    """The words of a printed page, as the person of a role reads them."""

    def read(address: str, role: str = "clerk") -> str:
        response = sign_in(role).get(address)
        assert response.status_code == 200, address
        return words_of(response.text)

    return read


def words_of(html: str) -> str:
    """The words of a page without its marks, one space between them."""
    without_marks = re.sub(r"<[^>]+>", " ", html)
    return " ".join(unescape(without_marks).split())
