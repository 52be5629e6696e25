"""The power-cut book: blank register pages, to be typed in when the power is back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dossiers.book_pages import LINES, BookPage, page_of
from dossiers.printing.sheets import Sheet, head_of
from postal_tthc.accounts.models import Organisation

TITLE = "SỔ GHI TẠM TIẾP NHẬN HỒ SƠ KHI MẤT ĐIỆN, MẤT MẠNG"


@dataclass(frozen=True)
class BlankPage:
    """A page, and the address at which its lines are typed in."""

    page: BookPage
    address: str


def context(
    desk: Organisation,
    day: date,
    *,
    first: int,
    count: int,
    address_of: Callable[[BookPage], str],
) -> dict[str, Any]:
    """Blank pages of a desk, printed on a day, numbered from ``first``."""
    pages = [page_of(desk.symbol, day, first + n) for n in range(count)]
    return {
        "sheet": Sheet(TITLE, "", (), (), "A4"),
        "head": head_of(desk, None),
        "pages": [BlankPage(page, address_of(page)) for page in pages],
        "lines": range(1, LINES + 1),
        "printed_on": day,
    }
