"""Periods: «01 năm» over figures of 21 months, and a period that is not over."""

import re
from collections.abc import Iterable
from datetime import date

from reports.claims.citations import Citation
from reports.claims.findings import Finding
from reports.claims.labels import Labelled
from reports.claims.letter import Letter
from reports.claims.phrases import DAY, Phrase, months_covered
from reports.claims.words import WORD_NUMBER, as_small_count, write_count

CUT_OFF = 14  # a period may be closed on the 14th: NĐ 09/2019/NĐ-CP, Điều 12
REGION = 900
CLAIM = re.compile(
    rf"\b(?:sau|qua|trong|kết\s+quả)\s+(?P<near>gần|hơn|trên|khoảng)?\s*"
    rf"(?P<count>\d{{1,2}}|{WORD_NUMBER})\s+(?P<unit>năm|tháng)"
    rf"(?:\s+(?:và\s+)?(?P<more>\d{{1,2}}|{WORD_NUMBER})\s+tháng)?"
    r"\s+(?=(?:\w+\s+){0,2}(?:triển\s+khai|thực\s+hiện|thi\s+hành|hợp\s+tác|phối\s+hợp|ký))"
)
PLANNED = re.compile(r"ước|dự kiến|kế hoạch|phấn đấu|chỉ tiêu|mục tiêu|đến hết")
COUNTED_UP_TO = re.compile(
    rf"(?:tính\s+đến|chốt\s+(?:số\s+liệu\s+)?(?:đến|vào|ngày)|số\s+liệu\s+(?:tính\s+)?(?:từ|đến))"
    rf"\s*(?:hết\s+)?(?:thời\s+điểm\s+)?{DAY}"
)


def check(
    letter: Letter, labelled: list[Labelled], citations: list[Citation]
) -> Iterable[Finding]:
    """Both rules; each says one thing once."""
    yield from _claimed_length(letter, labelled, citations)
    yield from _not_over(letter, labelled)


def _claimed_length(
    letter: Letter, labelled: list[Labelled], citations: list[Citation]
) -> Iterable[Finding]:
    """A length that is claimed, against what the figures below it cover."""
    lengths = set()
    longer: tuple[re.Match[str], list[Phrase]] | None = None
    for match in CLAIM.finditer(letter.plain):
        if any(x.position <= match.start() < x.end for x in citations):
            continue  # the abstract of a letter is quoted as it is
        length = _months(match)
        lengths.add(length)
        stop = min(letter.heading_after(match.start()), match.start() + REGION)
        periods = [x.period for x in labelled if match.end() <= x.position < stop]
        covered = months_covered(periods)
        if covered > length and not _is_near(match["near"], length, covered):
            longer = longer or (match, periods)
    if longer is None:
        return
    match, periods = longer
    covered = months_covered(periods)
    if covered in lengths or _is_acknowledged(letter, periods, covered):
        return
    claim = letter.text[match.start("count") : match.end()].rstrip()
    first, last = min(x.first for x in periods), max(x.last for x in periods)
    yield letter.finding(
        "length_of_period",
        "warning",
        (match.start("count"), match.start("count") + len(claim)),
        expected=f"{write_count(covered)} tháng",
        explanation=(
            f"Văn bản nói {claim} nhưng số liệu lấy của {covered} tháng "
            f"(từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}). "
            "Ghi đúng khoảng thời gian, hoặc chỉ lấy số liệu của thời gian ấy."
        ),
    )


def _months(match: re.Match[str]) -> int:
    count = as_small_count(match["count"])
    months = count * 12 if match["unit"] == "năm" else count
    return months + (as_small_count(match["more"]) if match["more"] else 0)


def _is_near(near: str | None, length: int, covered: int) -> bool:
    if near in ("hơn", "trên"):
        return covered < length + 12
    if near == "khoảng":
        return abs(covered - length) <= 3
    return False


def _is_acknowledged(letter: Letter, periods: list[Phrase], covered: int) -> bool:
    """Whether the letter itself says what its figures cover, in months or in days."""
    if re.search(rf"(?<!\d){covered}\s+tháng\b", letter.plain):
        return True
    first, last = min(x.first for x in periods), max(x.last for x in periods)
    return any(
        x.is_exact and x.first <= first and x.last >= last for x in letter.periods
    )


def _not_over(letter: Letter, labelled: list[Labelled]) -> Iterable[Finding]:
    """A period with figures that had not ended on the day of the letter."""
    if letter.month is None or COUNTED_UP_TO.search(letter.plain):
        return
    said: set[tuple[date, date]] = set()
    for period in (x.period for x in labelled):
        span = (period.first, period.last)
        if period.is_exact or span in said or not _is_open(letter, period):
            continue
        ahead = letter.plain[max(0, period.position - 60) : period.position]
        if PLANNED.search(ahead) or _days_are_printed(letter, period):
            continue
        said.add(span)
        day = f"lập ngày {letter.day:%d/%m/%Y}" if letter.day else "chưa ghi ngày lập"
        printed = " ".join(letter.text[period.position : period.end].split())
        yield letter.finding(
            "period_not_over",
            "warning",
            (period.position, period.end),
            expected=f"kỳ đã kết thúc, hoặc ngày chốt số liệu của {printed}",
            explanation=(
                f"Kỳ «{printed}» kết thúc ngày {period.last:%d/%m/%Y}, còn văn bản {day}: "
                "kỳ có thể chưa kết thúc. Ghi rõ số liệu tính đến ngày nào "
                "(chẳng hạn chốt ngày 14)."
            ),
        )


def _is_open(letter: Letter, period: Phrase) -> bool:
    year, month = letter.month or (0, 0)
    if letter.day:
        return letter.day < min(period.last, period.last.replace(day=CUT_OFF))
    return (year, month) <= (period.last.year, period.last.month)


def _days_are_printed(letter: Letter, period: Phrase) -> bool:
    """Whether exact days that end no later than the period stand in the letter."""
    return any(
        x.is_exact and x.first <= period.last and period.first <= x.last
        for x in letter.periods
    )
