"""Pages of the power-cut book: how a page and its lines are called. Pure.

Dossiers are written on them while there is no power, and typed in later; a line is
typed in once (``Dossier.book_line``).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

LINES = 12
MOST_PAGES = 20  # printed at once
LAST_NUMBER = 99  # of a day
# A line must fit ``Dossier.book_line`` (30 letters) with its day and numbers.
MOST_SYMBOL = 15

PAGE = re.compile(r"(?P<symbol>.{1,15})-(?P<day>[0-9]{8})-(?P<number>[0-9]{2})")


@dataclass(frozen=True)
class BookPage:
    """A page: whose, printed on which day, the how manieth of that day."""

    symbol: str
    day: date
    number: int

    def __str__(self) -> str:
        """``SNV-MC-20261123-03``."""
        return f"{self.symbol}-{self.day:%Y%m%d}-{self.number:02}"

    @property
    def of_the_day(self) -> str:
        """What all pages of that desk and day begin with."""
        return f"{self}"[:-2]

    def line(self, number: int) -> str:
        """``SNV-MC-20261123-03/07``."""
        return f"{self}/{number:02}"


def page_of(symbol: str, day: date, number: int) -> BookPage:
    """A page of the desk with that symbol; a long symbol is cut."""
    return BookPage(symbol[:MOST_SYMBOL], day, number)


def read_page(text: str) -> BookPage | None:
    """The page that a code names, alone or before ``/line``; None for anything else."""
    found = PAGE.fullmatch(text.strip().partition("/")[0])
    if found is None:
        return None
    try:
        day = datetime.strptime(found["day"], "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        return None
    return BookPage(found["symbol"], day, int(found["number"]))


def next_number(lines: Iterable[str]) -> int:
    """The number after the highest page of these lines, all of one day; else 1."""
    pages = [read_page(line) for line in lines]
    return max((page.number for page in pages if page), default=0) + 1
