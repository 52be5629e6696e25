"""A letter as the rules see it: its text, who wrote it, when, and its parts."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reports.claims import words
from reports.claims.departments import DEPARTMENTS, by_initials
from reports.claims.findings import Context, Finding, Severity
from reports.claims.phrases import Phrase, find_periods

TOP_LINES = 30
BLANK = r"[\s.…_]*"
NUMBER_LINE = re.compile(
    r"^\W{0,5}[Ss]ố\s*:(?P<number>[^/\n\t]{0,20}?)/(?:\d{4}/)?"
    r"(?P<symbol>[A-ZĐ][\w.&]*(?:-[\w.&-]+)?)",
    re.MULTILINE,
)
DAY_LINE = re.compile(
    rf"(?P<place>[^\W\d_][^\d,\n\t]{{1,40}}),\s*ngày(?P<day>{BLANK}|\s*\d{{1,2}}\s*)"
    rf"tháng(?P<month>{BLANK}|\s*\d{{1,2}}\s*)năm\s*(?P<year>\d{{4}}|{BLANK})"
    r"(?=[ \t*_]*(?:[\n\t]|$))"
)
TITLE = re.compile(r"^[ \t*_#]*(?:BÁO CÁO\b|Báo cáo[ \t*_]*$)", re.MULTILINE)
HEADING = re.compile(
    r"^[ \t*_#]*(?P<number>[IVX]+|\d{1,2}(?:\.\d{1,2})*)[.)]\s+(?P<text>\S.*)$"
)
REPORTS = re.compile(r"(sở [^,;.\n\d]{3,50}?) (?:xin )?báo cáo(?: kết quả| như sau|:)")


@dataclass(frozen=True)
class Line:
    """A line of the text without its marks of emphasis."""

    position: int
    text: str


class Letter:
    """A tidied text with what the rules ask of it."""

    def __init__(self, text: str, context: Context) -> None:
        self.text = words.tidy(text)
        self.plain = words.plain(self.text)
        self.context = context

    @cached_property
    def lines(self) -> list[Line]:
        """Lines that hold something; a cell of a table is not a line."""
        return [Line(m.start(), m[0]) for m in re.finditer(r"\S[^\n]*", self.text)]

    @cached_property
    def top_end(self) -> int:
        """Where the letterhead ends at the latest: at the title, or after 30 lines."""
        if title := TITLE.search(self.text):
            return title.start()
        lines = self.lines[:TOP_LINES]
        return lines[-1].position + len(lines[-1].text) if lines else 0

    @cached_property
    def is_report(self) -> bool:
        """A whole letter of the kind «báo cáo», not a passage of one."""
        has_head = self.number_line or self.day_line
        return bool(TITLE.search(self.text) and has_head)

    @cached_property
    def number_line(self) -> re.Match[str] | None:
        """«Số: 15/BC-SNV»."""
        return NUMBER_LINE.search(self.text, 0, self.top_end)

    @cached_property
    def day_line(self) -> re.Match[str] | None:
        """«Bắc Giang, ngày 30 tháng 9 năm 2020»."""
        return DAY_LINE.search(self.text, 0, self.top_end)

    @cached_property
    def day(self) -> date | None:
        """The day of the letter when it is complete; of a draft, today."""
        if self.day_line:
            try:
                return date(
                    *(int(self.day_line[name]) for name in ("year", "month", "day"))
                )
            except ValueError:
                pass
        return self.context.today if self.context.is_draft else None

    @cached_property
    def month(self) -> tuple[int, int] | None:
        """Year and month of the letter, also when the day is left blank."""
        if self.day:
            return self.day.year, self.day.month
        if self.day_line:
            month, year = self.day_line["month"].strip(), self.day_line["year"].strip()
            if month.isdigit() and year.isdigit() and 1 <= int(month) <= 12:
                return int(year), int(month)
        return None

    @cached_property
    def own_name(self) -> str:
        """Who reports, such as «Sở Nội vụ»; empty when the letter does not say."""
        if self.context.organisation:
            return self.context.organisation
        symbol = self.context.symbol
        if not symbol and self.number_line:
            symbol = self.number_line["symbol"].rpartition("-")[2]
        named = {x: self.plain.count(x.lower()) for x in by_initials(symbol)}
        if any(named.values()):
            return max(named, key=lambda x: named[x])
        top = words.plain(self.text[: self.top_end])
        for name in DEPARTMENTS:
            if re.search(rf"^[ \t*_]*{re.escape(name.lower())}\b", top, re.MULTILINE):
                return name
        if match := REPORTS.search(self.plain):
            for name in DEPARTMENTS:
                if match[1].startswith(name.lower()):
                    return name
        return ""

    @cached_property
    def periods(self) -> list[Phrase]:
        """Every period that is named."""
        return find_periods(self.plain)

    def heading_after(self, position: int) -> int:
        """Where the next numbered line or the recipients begin."""
        for line in self.lines:
            if line.position > position and (
                HEADING.match(line.text) or line.text.startswith("Nơi nhận")
            ):
                return line.position
        return len(self.text)

    def passage(self, start: int, end: int, around: int = 60) -> str:
        """The words around a place on one line, cut at the ends of words."""
        first = max(words.sentence_start(self.text, start), start - around)
        last = min(words.sentence_end(self.text, end), end + around)
        if first > 0 and self.text[first - 1].isalnum():
            first = min(start, _next_space(self.text, first, start))
        while last > end and last < len(self.text) and self.text[last].isalnum():
            last -= 1
        return " ".join(self.text[first:last].split())

    def finding(
        self,
        kind: str,
        severity: Severity,
        span: tuple[int, int],
        *,
        expected: str,
        explanation: str,
        found: str = "",
        replacement: str = "",
    ) -> Finding:
        """A finding at a place, with its passage."""
        start, end = span
        return Finding(
            kind=kind,
            severity=severity,
            position=start,
            end=end,
            text=self.passage(start, end),
            found=found or " ".join(self.text[start:end].split()),
            expected=expected,
            explanation=explanation,
            replacement=replacement,
        )


def _next_space(text: str, first: int, limit: int) -> int:
    space = text.find(" ", first, limit)
    return limit if space < 0 else space + 1
