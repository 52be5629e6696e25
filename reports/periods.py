"""Periods of a report, pure: a word such as ``2020-9M`` and its exact days.

Besides calendar periods there is the official cut-off of the 15th to the 14th
(NĐ 09/2019/NĐ-CP, Điều 12: a year runs from 15/12 of the year before to 14/12),
and the year of an agreement, which begins on the day it was signed.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

CUT_OFF_DAY = 15
FIRST_YEAR, LAST_YEAR = 2000, 2099

# Months of the parts of a year: first and last.
PARTS: dict[str, tuple[int, int]] = {
    "": (1, 12),
    "Q1": (1, 3),
    "Q2": (4, 6),
    "Q3": (7, 9),
    "Q4": (10, 12),
    "H1": (1, 6),
    "H2": (7, 12),
    "9M": (1, 9),
    **{f"{month:02}": (month, month) for month in range(1, 13)},
}
NAMES: dict[str, str] = {
    "": "năm {year}",
    "Q1": "quý I năm {year}",
    "Q2": "quý II năm {year}",
    "Q3": "quý III năm {year}",
    "Q4": "quý IV năm {year}",
    "H1": "6 tháng đầu năm {year}",
    "H2": "6 tháng cuối năm {year}",
    "9M": "9 tháng đầu năm {year}",
    **{f"{month:02}": f"tháng {month}/{{year}}" for month in range(1, 13)},
}

PART_OF_YEAR = re.compile(r"([0-9]{4})(?:-(Q[1-4]|H[12]|9M|0[1-9]|1[0-2]))?(@15)?")
FREE = re.compile(r"([0-9-]{10})\.\.([0-9-]{10})")
AGREEMENT_YEAR = re.compile(r"A([1-9][0-9]?)@([0-9-]{10})")


@dataclass(frozen=True)
class Period:
    """From ``start`` to ``end``, both inside.

    ``word`` is what ``parse`` reads; ``name`` is the period in a Vietnamese
    report; ``part`` is a key of ``PARTS``, None when it is not part of a year.
    """

    word: str
    name: str
    start: date
    end: date
    part: str | None = None
    year: int = 0

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("Kỳ báo cáo kết thúc trước khi bắt đầu.")

    @property
    def is_cut_off(self) -> bool:
        """Whether it runs from the 15th to the 14th."""
        return self.word.endswith("@15")

    @property
    def days(self) -> str:
        """The exact days as printed: ``01/01/2019 – 31/12/2019``."""
        return f"{self.start:%d/%m/%Y} – {self.end:%d/%m/%Y}"

    def is_over(self, today: date) -> bool:
        """Whether all its days have passed."""
        return self.end < today

    def as_of(self, today: date) -> date:
        """The last day that can be counted."""
        return min(self.end, today)

    def year_before(self) -> "Period":
        """The same days one year earlier, for comparison."""
        after = self.end + timedelta(days=1)
        end = _same_day(after, after.year - 1) - timedelta(days=1)
        # 29 February begins on 28 February of a common year, in the same month.
        first = self.start - timedelta(
            days=self.start.month == 2 and self.start.day == 29
        )
        return _free(first.replace(year=first.year - 1), end)

    def months(self) -> list[tuple[date, date]]:
        """First and last day of each calendar month, cut to the period."""
        months = []
        start = self.start
        while start <= self.end:
            last = calendar.monthrange(start.year, start.month)[1]
            end = min(start.replace(day=last), self.end)
            months.append((start, end))
            start = end + timedelta(days=1)
        return months


def parse(word: str) -> Period:
    """The period a word asks for.

    ``YYYY``, ``YYYY-Qn``, ``YYYY-Hn``, ``YYYY-9M``, ``YYYY-MM``, each with
    ``@15`` behind it for the official cut-off; ``YYYY-MM-DD..YYYY-MM-DD``;
    ``A1@YYYY-MM-DD`` for the first year of an agreement signed on that day.
    Raises ``ValueError`` with a sentence.
    """
    word = word.strip()
    if match := PART_OF_YEAR.fullmatch(word):
        return _part_of_year(int(match[1]), match[2] or "", cut_off=bool(match[3]))
    if match := FREE.fullmatch(word):
        return free(_day(match[1]), _day(match[2]))
    if match := AGREEMENT_YEAR.fullmatch(word):
        return agreement_year(_day(match[2]), int(match[1]))
    raise ValueError(
        f"«{word}» không phải là kỳ báo cáo. Viết 2020, 2020-Q3, 2020-H1, 2020-9M, "
        "2020-09, thêm @15 nếu chốt số liệu ngày 15, hoặc 2020-01-01..2020-09-30."
    )


def free(start: date, end: date) -> Period:
    """Any days; raises ``ValueError`` when they are the wrong way round."""
    _check_year(start.year)
    _check_year(end.year)
    return _free(start, end)


def _free(start: date, end: date) -> Period:
    return Period(
        f"{start}..{end}",
        f"từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}",
        start,
        end,
    )


def agreement_year(signed_on: date, number: int) -> Period:
    """The ``number``-th year of an agreement, from its own day (1 is the first)."""
    _check_year(signed_on.year)
    _check_year(signed_on.year + number)
    start = _same_day(signed_on, signed_on.year + number - 1)
    end = _same_day(signed_on, signed_on.year + number) - timedelta(days=1)
    name = f"năm thứ {number} của Thỏa thuận ký ngày {signed_on:%d/%m/%Y}"
    return Period(f"A{number}@{signed_on}", name, start, end)


def _part_of_year(year: int, part: str, *, cut_off: bool) -> Period:
    _check_year(year)
    first, last = PARTS[part]
    start = date(year, first, 1)
    end = date(year, last, calendar.monthrange(year, last)[1])
    word, name = f"{year}-{part}".rstrip("-"), NAMES[part].format(year=year)
    if cut_off:
        start = (start - timedelta(days=1)).replace(day=CUT_OFF_DAY)
        end = end.replace(day=CUT_OFF_DAY - 1)
        word, name = f"{word}@15", f"{name} (chốt ngày 14)"
    return Period(word, name, start, end, part, year)


def _same_day(day: date, year: int) -> date:
    """The day in another year; 29 February becomes 1 March."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"«{text}» không phải là một ngày có thật.") from None


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Năm {year} nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}.")
