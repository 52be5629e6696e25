"""Figures of the text against our own for the same period."""

import re
from collections.abc import Iterable

from reports.claims.findings import Finding, Severity
from reports.claims.labels import Labelled
from reports.claims.letter import Letter
from reports.claims.ratios import RatioClaim
from reports.claims.words import (
    percent,
    sentence_end,
    sentence_start,
    write,
    write_count,
)

POSTAL = ("by_post", "intake_by_post", "return_by_post")
NAMES = {
    "by_post": "hồ sơ qua bưu chính công ích",
    "intake_by_post": "hồ sơ gửi đến qua bưu chính công ích",
    "return_by_post": "kết quả trả qua bưu chính công ích",
    "on_time": "giải quyết trước hạn và đúng hạn",
    "procedures": "thủ tục thực hiện qua bưu chính công ích",
}
BY_POST = re.compile(r"bưu chính|bcci")
ON_TIME = re.compile(r"đúng hạn|trước hạn")
INTAKE_ONLY = re.compile(r"gửi (?:hồ sơ|đến)|tiếp nhận")
RETURN_ONLY = re.compile(r"trả kết quả|nhận kết quả|chuyển trả")


def check(
    letter: Letter, ratios: list[RatioClaim], labelled: list[Labelled]
) -> Iterable[Finding]:
    """Ratios with a period we counted, and procedures that go by post."""
    figures = letter.context.figures
    if not figures:
        return
    severity: Severity = "error" if letter.context.is_draft else "warning"
    for figure in labelled:
        ours = figures.get(figure.period.word)
        if not ours or figure.ratio is None or figure.ratio.unit not in ("", "hồ sơ"):
            continue
        words = _sentence(letter, figure.ratio)
        names = _meant(words, ours)
        pairs = {ours[name] for name in names}
        if names and (figure.ratio.numerator, figure.ratio.denominator) not in pairs:
            yield _differs(letter, figure.ratio, names[0], ours[names[0]], severity)
    for ratio in ratios:
        pairs = {x["procedures"] for x in figures.values() if "procedures" in x}
        if not pairs or ratio.unit not in ("thủ tục", "thủ tục hành chính", "tthc"):
            continue
        ahead = letter.plain[ratio.end : sentence_end(letter.plain, ratio.end)]
        pair = (ratio.numerator, ratio.denominator)
        if BY_POST.search(ahead[:120]) and pair not in pairs:
            last = figures[max(x for x in figures if "procedures" in figures[x])]
            yield _differs(letter, ratio, "procedures", last["procedures"], severity)


def _sentence(letter: Letter, ratio: RatioClaim) -> str:
    start = sentence_start(letter.plain, ratio.position)
    return letter.plain[start : sentence_end(letter.plain, ratio.end)]


def _meant(words: str, ours: object) -> list[str]:
    """Which of our ratios the sentence may mean, the likeliest first."""
    known = ours if isinstance(ours, dict) else {}
    if ON_TIME.search(words):
        return [x for x in ("on_time",) if x in known]
    if not BY_POST.search(words):
        return []
    intake, back = INTAKE_ONLY.search(words), RETURN_ONLY.search(words)
    if back and not intake:
        first = "return_by_post"
    elif re.search(r"gửi hồ sơ|gửi đến", words) and not back:
        first = "intake_by_post"
    else:
        first = "by_post"
    return [x for x in (first, *POSTAL) if x in known]


def _differs(
    letter: Letter,
    ratio: RatioClaim,
    name: str,
    ours: tuple[int, int],
    severity: Severity,
) -> Finding:
    k, n = ours
    share = f" ({write(percent(k, n, 2))}%)" if n else ""
    counted = f"{write_count(k)}/{write_count(n)}{share}"
    return letter.finding(
        "differs_from_ours",
        severity,
        (ratio.position, ratio.end),
        expected=counted,
        explanation=(
            f"Văn bản ghi {write_count(ratio.numerator)}/{write_count(ratio.denominator)}, "
            f"phần mềm đếm được {counted} ({NAMES[name]}). "
            "Xem lại kỳ báo cáo và cách đếm."
        ),
    )
