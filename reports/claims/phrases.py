"""Periods and days named in a text: «9 tháng đầu năm 2020», «từ 01/01 đến 30/9/2020»."""

import calendar
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from reports.claims.words import NUMBER_WORDS, WORD_NUMBER, as_small_count

YEAR = r"(?:19|20)\d\d"
DAY = (
    rf"(?:ngày\s+)?(?:\d{{1,2}}\s*[/.-]\s*\d{{1,2}}(?:\s*[/.-]\s*{YEAR})?"
    rf"|\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+{YEAR})?)(?!\d)"
)
MONTH = rf"tháng\s+\d{{1,2}}(?:\s*[/-]\s*{YEAR}|\s+năm\s+{YEAR})?"
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
PHRASE = re.compile(
    rf"""
    (?<!\w)(?:
      (?:từ|kể\ từ)\s+(?P<first>{DAY}|{MONTH})\s+(?:đến|tới)\s+(?:hết\s+)?(?P<last>{DAY}|{MONTH})
    | (?P<from>{DAY})\s*[–—-]\s*(?P<to>{DAY})
    | ngày\s+{DAY}
    | (?<![\d/])\d{{1,2}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*{YEAR}(?!\d)
    | (?P<months>\d{{1,2}}|{WORD_NUMBER})\s+tháng\s+(?P<side>đầu|cuối)\s+(?:của\s+)?năm\s+(?P<months_year>{YEAR})(?!\d)
    | quý\s+(?P<quarter>iv|i{{1,3}}|[1-4])(?:\s*/\s*|\s*,?\s+năm\s+|\s+)(?P<quarter_year>{YEAR})(?!\d)
    | (?<!\d\s)tháng\s+(?P<month>\d{{1,2}})(?:\s*/\s*|\s+năm\s+)(?P<month_year>{YEAR})(?!\d)
    | (?:cả\s+)?năm\s+(?P<year>{YEAR})(?![\d/])
    )""",
    re.VERBOSE,
)
WORDS_OF_MONTHS = {
    ("đầu", 3): "-Q1",
    ("đầu", 6): "-H1",
    ("cuối", 6): "-H2",
    ("đầu", 9): "-9M",
    ("cuối", 3): "-Q4",
}
DAYS_OF_A_MONTH = 30.4375


@dataclass(frozen=True)
class Phrase:
    """A period where it stands. ``word`` is what ``reports.periods`` calls it.

    ``is_exact``: first and last day are printed.
    """

    position: int
    end: int
    first: date
    last: date
    word: str = ""
    is_exact: bool = False


def find_periods(plain: str) -> list[Phrase]:
    """All periods in their order; single days are passed over."""
    found = (_phrase(match) for match in PHRASE.finditer(plain))
    return [phrase for phrase in found if phrase]


def masked(plain: str) -> str:
    """The text with every period and day blanked, so that only counts are left."""
    return PHRASE.sub(lambda m: " " * len(m[0]), plain)


def months_covered(phrases: Iterable[Phrase]) -> int:
    """How many months all periods cover together; overlaps count once."""
    days, reached = 0, date.min
    for phrase in sorted(phrases, key=lambda x: (x.first, x.last)):
        first = max(phrase.first, reached)
        if phrase.last >= first:
            days += (phrase.last - first).days + 1
            reached = phrase.last + timedelta(days=1)
    return round(days / DAYS_OF_A_MONTH)


def overlap(phrases: list[Phrase]) -> bool:
    """Whether a day lies in two of them."""
    ordered = sorted(phrases, key=lambda x: x.first)
    return any(b.first <= a.last for a, b in itertools.pairwise(ordered))


def day_of(text: str) -> date | None:
    """The day that ``22/9/2020`` or ``22 tháng 9 năm 2020`` names; None if unreal."""
    numbers = [int(x) for x in re.findall(r"\d+", text)]
    return _day(*numbers) if len(numbers) == 3 else None


def _phrase(match: re.Match[str]) -> Phrase | None:
    position, end = match.span()
    if ends := (match["first"] or match["from"]):
        span = _between(ends, match["last"] or match["to"])
        if span is None:
            return None
        word = f"{span[0]}..{span[1]}"
        return Phrase(position, end, *span, word, is_exact=True)
    if match["months"]:
        count, year = as_small_count(match["months"]), int(match["months_year"])
        if not 1 <= count <= 12:
            return None
        first = 1 if match["side"] == "đầu" else 13 - count
        part = WORDS_OF_MONTHS.get((match["side"], count))
        word = f"{year}{part}" if part else ""
        return _of_months(position, end, year, first, first + count - 1, word)
    if match["quarter"]:
        number = ROMAN.get(match["quarter"]) or int(match["quarter"])
        year = int(match["quarter_year"])
        last = number * 3
        return _of_months(position, end, year, last - 2, last, f"{year}-Q{number}")
    if match["month"]:
        month, year = int(match["month"]), int(match["month_year"])
        if not 1 <= month <= 12:
            return None
        return _of_months(position, end, year, month, month, f"{year}-{month:02}")
    if match["year"]:
        year = int(match["year"])
        return _of_months(position, end, year, 1, 12, str(year))
    return None


def _of_months(
    position: int, end: int, year: int, first: int, last: int, word: str
) -> Phrase:
    days = calendar.monthrange(year, last)[1]
    return Phrase(position, end, date(year, first, 1), date(year, last, days), word)


def _between(first: str, last: str) -> tuple[date, date] | None:
    """Two days, or two months; the first may leave its year to the last."""
    one, two = ([int(x) for x in re.findall(r"\d+", text)] for text in (first, last))
    of_months = first.startswith("tháng"), last.startswith("tháng")
    if of_months[0]:
        one = [1, *one]
    if of_months[1] and len(two) == 2:
        month, year = two
        if not 1 <= month <= 12:
            return None
        two = [calendar.monthrange(year, month)[1], month, year]
    if len(two) != 3:
        return None
    if len(one) == 2:
        one = [*one, two[2]]
    start, end = _day(*one), _day(*two)
    return (start, end) if start and end and start <= end else None


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


__all__ = [
    "NUMBER_WORDS",
    "PHRASE",
    "Phrase",
    "day_of",
    "find_periods",
    "masked",
    "months_covered",
    "overlap",
]
