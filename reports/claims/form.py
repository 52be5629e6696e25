"""The form of a report: number, day, «Kính gửi», recipients, signature, headings.

NĐ 30/2020/NĐ-CP, Phụ lục I; a report to a superior also names whom it goes to.
"""

import re
from collections.abc import Iterable
from datetime import date

from reports.claims.findings import Finding
from reports.claims.letter import HEADING, Letter, Line

ADDRESSED = re.compile(r"(?:^|\t)[ \t*_]*kính\s+gửi\b", re.MULTILINE)
RECIPIENTS = re.compile(r"(?:^|\t)[ \t*_]*nơi\s+nhận\b", re.MULTILINE)
SIGNER = re.compile(
    r"giám đốc|chủ tịch|trưởng|chánh|thủ trưởng|cục trưởng|viện trưởng|hiệu trưởng|bí thư"
)
TAIL_LINES = 25
LONGEST_HEADING = 100
FULL_LINE = 60  # of a text that is broken at a fixed width


def check(letter: Letter) -> Iterable[Finding]:
    """What a whole report must have; of a passage nothing of this is asked."""
    if not letter.is_report:
        return
    if not letter.context.is_draft:
        yield from _number(letter)
        yield from _day(letter)
    title = letter.top_end
    end = letter.text.find("\n", title + len("BÁO CÁO"))
    span = (title, end if end > 0 else len(letter.text))
    span = (
        span[0]
        + len(letter.text[slice(*span)])
        - len(letter.text[slice(*span)].lstrip()),
        span[1],
    )
    if not ADDRESSED.search(letter.plain):
        yield letter.finding(
            "missing_addressee",
            "error",
            span,
            found="không có «Kính gửi»",
            expected="Kính gửi: …",
            explanation=(
                "Báo cáo gửi cơ quan cấp trên phải có dòng «Kính gửi» "
                "(Nghị định số 30/2020/NĐ-CP, Phụ lục I)."
            ),
        )
    if not RECIPIENTS.search(letter.plain):
        yield letter.finding(
            "missing_recipients",
            "warning",
            span,
            found="không có «Nơi nhận»",
            expected="Nơi nhận: …",
            explanation="Cuối văn bản chưa có mục «Nơi nhận».",
        )
    if not any(
        SIGNER.search(x.text.lower())
        for x in letter.lines[-TAIL_LINES:]
        if len(x.text) < 80
    ):
        yield letter.finding(
            "missing_signature",
            "warning",
            span,
            found="không có chức vụ người ký",
            expected="GIÁM ĐỐC hoặc KT. GIÁM ĐỐC …",
            explanation="Cuối văn bản chưa có quyền hạn, chức vụ của người ký.",
        )
    yield from _headings(letter)


def _number(letter: Letter) -> Iterable[Finding]:
    line = letter.number_line
    if line and not re.search(r"\w", line["number"]):
        symbol = line["symbol"]
        yield letter.finding(
            "missing_number",
            "error",
            _trimmed(line),
            expected=f"Số: …/{symbol}",
            explanation=f"Văn bản chưa có số: trước «/{symbol}» phải ghi số của văn bản.",
        )


def _day(letter: Letter) -> Iterable[Finding]:
    line = letter.day_line
    if line is None:
        return
    day, month, year = (line[x].strip(" \n.…_") for x in ("day", "month", "year"))
    if not (day and month and year):
        yield letter.finding(
            "missing_day",
            "error",
            line.span(),
            expected=f"ngày … tháng {month or '…'} năm {year or '…'}",
            explanation="Văn bản chưa ghi đủ ngày, tháng, năm.",
        )
        return
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        yield letter.finding(
            "impossible_day",
            "error",
            line.span(),
            expected="một ngày có thật",
            explanation=f"Không có ngày {day} tháng {month} năm {year}.",
        )


def _headings(letter: Letter) -> Iterable[Finding]:
    """The same heading twice, or two headings in a row with one number.

    A heading here is short, begins with a capital and ends without a stop, so that
    numbered sentences are never taken for one.
    """
    headings = [
        (line, match)
        for line in letter.lines
        if (match := HEADING.match(line.text))
        and "\t" not in line.text
        and len(match["text"]) <= LONGEST_HEADING
        and match["text"][0].isupper()
        and not re.search(r"[.;:,]\W*$", match["text"])
        and line.text[match.end("number")] == "."
        and not _runs_on(letter, line)
    ]
    seen: dict[str, str] = {}
    previous = ""
    for line, match in headings:
        number, text = (
            match["number"],
            " ".join(match["text"].lower().split()).strip("*_ "),
        )
        span = (line.position, line.position + len(line.text.rstrip()))
        if text in seen and len(text.split()) >= 2:
            yield letter.finding(
                "heading_repeated",
                "warning",
                span,
                expected="mỗi mục một tên",
                explanation=f"Mục này trùng tên với mục {seen[text]}.",
            )
        elif number == previous:
            yield letter.finding(
                "heading_number_repeated",
                "warning",
                span,
                expected="số thứ tự tiếp theo",
                explanation=f"Hai mục liền nhau cùng mang số {number}.",
            )
        seen.setdefault(text, number)
        previous = number


def _runs_on(letter: Letter, line: Line) -> bool:
    """Whether the next line goes on with it: the text is broken at a fixed width."""
    after = letter.text[line.position + len(line.text) :]
    following = re.match(r"\n[ \t]*([^\W\d_])", after)
    if following is None:
        return False
    return following[1].islower() or len(line.text) > FULL_LINE


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return start, match.end()
