"""Slips of the pen: words doubled, and some that are known from old reports."""

import re
from collections.abc import Iterable

from reports.claims.findings import Finding
from reports.claims.letter import Letter

KNOWN = {
    r"tiến\s+nhận": "tiếp nhận",
    r"tiếp\s+nhân(?=\s+(?:hồ\s+sơ|và\s+trả))": "tiếp nhận",
    r"tuyên\s+truyền\s+truyền": "tuyên truyền",
    r"chuyển\s+đến\s+kết\s+quả\s+đến": "chuyển kết quả đến",
    r"(?:hồ\s+sở|hổ\s+sơ|hồ\s+xơ)(?!\w)": "hồ sơ",
    r"bưu\s+chính\s+công\s+(?:ich|ính)(?!\w)": "bưu chính công ích",
    r"thủ\s+tục\s+hành\s+chình": "thủ tục hành chính",
}
SLIP = {
    re.compile(rf"(?<!\w){pattern}(?!\w)"): right for pattern, right in KNOWN.items()
}

# Small words that never stand twice; others may («cơ quan quan tâm», «xa xa»).
SMALL = (
    "của|và|các|được|đã|cho|tại|với|trong|theo|những|việc|trên|để|là|do|về|từ|"
    "đến|khi|nhưng|hoặc|bằng|này|sẽ|cũng"
)
DOUBLED = re.compile(rf"(?<!\w)(?P<word>{SMALL}) +(?P=word)(?!\w)")
DOUBLED_PAIR = re.compile(
    r"(?<!\w)(?P<pair>[^\W\d_]{2,} [^\W\d_]{2,}) (?P=pair)(?!\w)(?! (?:một|khác))"
)


def check(letter: Letter) -> Iterable[Finding]:
    """Each slip with what was meant."""
    known: list[tuple[int, int]] = []
    for pattern, right in SLIP.items():
        for match in pattern.finditer(letter.plain):
            known.append(match.span())
            yield _finding(letter, match.span(), right, "Có lẽ gõ nhầm")
    for pattern, group in ((DOUBLED, "word"), (DOUBLED_PAIR, "pair")):
        for match in pattern.finditer(letter.plain):
            if any(a <= match.start() < b for a, b in known):
                continue
            if match[group].startswith(("từng ", "ngày ", "đời ")):
                continue
            yield _finding(letter, match.span(), match[group], "Từ bị lặp")


def _finding(letter: Letter, span: tuple[int, int], right: str, why: str) -> Finding:
    printed = " ".join(letter.text[slice(*span)].split())
    if printed[0].isupper():
        right = right[0].upper() + right[1:]
    return letter.finding(
        "slip",
        "warning",
        span,
        expected=right,
        explanation=f"{why}: «{printed}» nên là «{right}».",
        replacement=right,
    )
