"""Cells of a register: days, hours, counts, money and the words for choices.

Readers take a cell (None when it is empty) and raise ``Invalid`` with a sentence.
Words in cells are Vietnamese data, whatever language the pages are in.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import Cell, show
from postal_tthc.lib.vietnamese import fold, tidy
from procedures.spreadsheets.cells import day_of, within

FIRST_YEAR, LAST_YEAR = 2000, 2099
# Day 0 of Excel's count, as it is for every day since March 1900.
EXCEL_EPOCH = date(1899, 12, 30)
HOUR = r"(?:[\s,t]+(\d{1,2})\s*[:hg]\s*(\d{2})?(?::\d{2})?.*)?"
DAY_MONTH_YEAR = re.compile(
    r"(?:ngay\s*)?(\d{1,2})\s*(?:[/.-]|thang)\s*(\d{1,2})\s*(?:[/.-]|nam)\s*"
    rf"(\d{{4}}|\d{{2}}){HOUR}",
    re.ASCII,
)
YEAR_MONTH_DAY = re.compile(
    rf"(\d{{4}})\s*[/.-]\s*(\d{{1,2}})\s*[/.-]\s*(\d{{1,2}}){HOUR}", re.ASCII
)


def half_width(text: str) -> str:
    """Full-width letters and digits (as from an Asian keyboard) made ordinary."""
    return "".join(
        unicodedata.normalize("NFKC", letter)
        if "\uff00" <= letter <= "\uffef"
        else letter
        for letter in text
    )


def read_text(longest: int) -> Callable[[Cell], str]:
    """A reader of text of at most so many letters; empty when there is none."""

    def read(cell: Cell) -> str:
        return within(words_of(cell), longest)

    return read


def read_number_text(longest: int) -> Callable[[Cell], str]:
    """A reader of what looks like a number but is not one: phones, ids, codes.

    Spaces at its ends and full-width digits are put right; a leading zero that
    Excel took away cannot be known here.
    """

    def read(cell: Cell) -> str:
        text = within(half_width(words_of(cell)), longest)
        return text.lstrip("'")

    return read


def read_phone(cell: Cell) -> str:
    """A phone number; the leading zero that Excel takes from a number is put back."""
    if isinstance(cell, int) and re.fullmatch(r"[2-9]\d{8,9}", str(cell)):
        return f"0{cell}"
    return read_number_text(30)(cell)


def read_id_number(cell: Cell) -> str:
    """A personal id or tax code; an id keeps the zero that Excel took from it."""
    if isinstance(cell, int) and len(str(cell)) in (10, 11) and str(cell)[0] != "0":
        # 012345678901 becomes 12345678901; ten digits may be a tax code as they are.
        return f"0{cell}" if len(str(cell)) == 11 else str(cell)
    return read_number_text(30)(cell)


def read_day(cell: Cell) -> date | None:
    """A day: a date cell, Excel's count of days, or text such as ``20/01/2020``."""
    day: date | None = None
    match cell:
        case None:
            return None
        case datetime():
            day = cell.date()
        case date():
            day = cell
        case bool():
            pass
        case int() | float() if 36_526 <= cell < 73_051:  # 01/01/2000 … 31/12/2099
            day = EXCEL_EPOCH + timedelta(days=int(cell))
        case str():
            said = fold(half_width(tidy(cell)))
            day = _day_in(said)
            if day is None and _is_written_as_day(said):
                raise Invalid(_("There is no day %(day)s.") % {"day": tidy(cell)})
    if day is None:
        raise Invalid(_("Write the day as 20/01/2020."))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid(
            _(
                "The year must be between %(first)d and %(last)d. Write it as 20/01/2020."
            )
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day


def _is_written_as_day(text: str) -> bool:
    return bool(DAY_MONTH_YEAR.fullmatch(text) or YEAR_MONTH_DAY.fullmatch(text))


def _day_in(text: str) -> date | None:
    if said := DAY_MONTH_YEAR.fullmatch(text):
        day, month, year = said.groups()[:3]
        return day_of(day, month, year if len(year) == 4 else f"20{year}")
    if said := YEAR_MONTH_DAY.fullmatch(text):
        year, month, day = said.groups()[:3]
        return day_of(day, month, year)
    return day_of(*serial) if (serial := _serial(text)) else None


def _serial(text: str) -> tuple[str, str, str] | None:
    """Excel's count of days that a .csv shows as digits."""
    if not re.fullmatch(r"\d{5}", text, re.ASCII) or not 36_526 <= int(text) < 73_051:
        return None
    day = EXCEL_EPOCH + timedelta(days=int(text))
    return f"{day:%d}", f"{day:%m}", f"{day:%Y}"


def read_hour(cell: Cell) -> time | None:
    """An hour of the day: a time cell, or text such as ``08:30`` or ``8h30``."""
    match cell:
        case None:
            return None
        case datetime():
            return cell.time().replace(second=0, microsecond=0)
        case time():
            return cell.replace(second=0, microsecond=0)
        case timedelta() if timedelta(0) <= cell < timedelta(days=1):
            return _hour_after(cell)
        case float() if 0 <= cell < 1:  # a part of the day, as Excel counts
            return _hour_after(timedelta(days=cell, seconds=1))
        case str():
            said = re.fullmatch(
                r"(\d{1,2})\s*(?:[:hg]|gio)\s*(\d{2})?\s*(?::\d{2}|p|phut)?",
                fold(half_width(cell)),
                re.ASCII,
            )
            if said and int(said[1]) < 24 and int(said[2] or 0) < 60:
                return time(int(said[1]), int(said[2] or 0))
    raise Invalid(_("Write the hour as 08:30."))


def _hour_after(midnight: timedelta) -> time:
    minutes = int(midnight.total_seconds()) // 60
    return time(minutes // 60 % 24, minutes % 60)


def read_count(least: int, most: int) -> Callable[[Cell], int | None]:
    """A reader of a whole number within bounds; None when the cell is empty."""

    def read(cell: Cell) -> int | None:
        if cell is None:
            return None
        text = half_width(words_of(cell)).replace(" ", "")
        if isinstance(cell, str) and re.fullmatch(r"\d{1,3}(\.\d{3})+", text, re.ASCII):
            text = text.replace(".", "")
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not (
            least <= int(text) <= most
        ):
            raise Invalid(
                _("Write a whole number from %(least)d to %(most)d.")
                % {"least": least, "most": most}
            )
        return int(text)

    return read


def read_choice(
    named: Mapping[str, str], others: Mapping[str, str]
) -> Callable[[Cell], str]:
    """A reader of one of a few choices; empty when the cell is.

    ``named`` maps each choice to the words it is written in; ``others`` maps more
    words, folded, to choices.
    """
    known = {fold(words): choice for choice, words in named.items()}
    known |= {fold(words): choice for words, choice in others.items()}

    def read(cell: Cell) -> str:
        if cell is None:
            return ""
        if (choice := known.get(fold(half_width(words_of(cell))))) is not None:
            return choice
        raise Invalid(
            _("Not known. Write one of: %(words)s.")
            % {"words": "; ".join(named.values())}
        )

    return read


def words_of(cell: Cell) -> str:
    """The cell as one line of text, however long."""
    match cell:
        case None:
            return ""
        case str():
            return tidy(cell)
        case datetime() | date() | float() | bool():
            return show(cell)
    return tidy(str(cell))
