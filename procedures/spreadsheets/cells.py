"""Plain cells of the catalogue: text, codes, marks and days.

Readers raise ``Invalid`` with a sentence; words in cells are Vietnamese data.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import Cell, show
from postal_tthc.lib.vietnamese import tidy
from procedures.models import PROCEDURE_CODE

MARKED = frozenset({"x", "×", "v", "✓", "✔", "√", "☑", "có", "co", "1"})
UNMARKED = frozenset({"không", "khong", "0", "-", "–", "—"})
DAY = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})"
FIRST_YEAR, LAST_YEAR = 1945, 2099
BEYOND = "\ufffe"  # from here on a letter does not go into a sheet


def text_of(cell: Cell) -> str:
    """The cell as one line of text."""
    return tidy(cell if isinstance(cell, str) else show(cell))


def needed_text(longest: int) -> Callable[[Cell], str]:
    """A reader of text that must be there, of at most so many letters."""

    def read(cell: Cell) -> str:
        if cell is None:
            raise Invalid(_("This cell must not be empty."))
        return within(text_of(cell), longest)

    return read


def optional_text(longest: int) -> Callable[[Cell], str | None]:
    """A reader of text that may be missing, of at most so many letters."""

    def read(cell: Cell) -> str | None:
        return None if cell is None else within(text_of(cell), longest)

    return read


def within(text: str, longest: int) -> str:
    """The text itself; ``Invalid`` when it has too many letters."""
    if len(text) > longest:
        raise Invalid(
            _("The text has %(length)s letters; shorten it to %(longest)s.")
            % {"length": len(text), "longest": longest}
        )
    return text


def write_text(text: str | None) -> Cell:
    """The text on one line, without signs a sheet cannot hold."""
    if text is None:
        return None
    # A plain text, which nearly all are, need not be read letter by letter.
    if not (text.isprintable() and max(text, default="") < BEYOND):
        text = "".join(letter for letter in text if _fits(letter))
    return tidy(text) or None


def _fits(letter: str) -> bool:
    if letter in "\t\n":
        return True
    return unicodedata.category(letter) not in {"Cc", "Cs"} and letter < BEYOND


def read_code(cell: Cell) -> str:
    """A national procedure code such as 1.001445.

    Excel takes a code for a number and drops its last zeros (1.00145), or its
    dot where dots part thousands (1001445); both are put right.
    """
    if cell is None:
        raise Invalid(_("This cell must not be empty."))
    if isinstance(cell, float):
        code = f"{cell:.6f}"
    elif isinstance(cell, int) and len(str(cell)) == 7:
        code = f"{str(cell)[0]}.{str(cell)[1:]}"
    else:
        # Codes copied from a web page bring spaces that nobody sees.
        code = re.sub(r"[\s\u200b-\u200f\ufeff]", "", text_of(cell)).upper()
    if not re.fullmatch(PROCEDURE_CODE, code, re.ASCII):
        raise Invalid(_("A code looks like 1.001445 or 2.000635.000.00.00.H02."))
    return code


def read_mark(cell: Cell) -> bool:
    """Whether the cell is marked with x; empty is no."""
    if cell is None or isinstance(cell, bool):
        return bool(cell)
    text = text_of(cell).casefold()
    if text in MARKED or text in UNMARKED:
        return text in MARKED
    raise Invalid(_("Write x, or leave the cell empty."))


def write_mark(is_marked: bool) -> Cell:
    """The mark as ``read_mark`` reads it."""
    return "x" if is_marked else None


def read_day(cell: Cell) -> date | None:
    """A day: a date cell, or text such as ``20/01/2020`` or ``2020-01-20``."""
    if cell is None:
        return None
    day = None
    if isinstance(cell, datetime):
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, str):
        if said := re.fullmatch(DAY, cell, re.ASCII):
            day = day_of(*said.groups())
        elif said := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell, re.ASCII):
            day = day_of(*reversed(said.groups()))
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid(_("Write the day as 20/01/2020."))
    return day


def day_of(day: str, month: str, year: str) -> date | None:
    """The day written in digits; None when there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
