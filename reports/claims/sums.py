"""Sums: a whole and the parts that should make it up.

Parts are added only where they must make the whole: after «gồm», when each part has
a period of its own, or in «23 + 29 = 52». A plain «trong đó» may leave something out
and is then only held against parts that are more than the whole.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reports.claims.findings import Finding
from reports.claims.letter import Letter
from reports.claims.phrases import PHRASE, Phrase, masked, overlap
from reports.claims.words import (
    COUNT,
    SHORT_WORD,
    UNIT,
    UNITS,
    as_count,
    write_count,
)

EQUATION = re.compile(
    rf"(?<![\w/.,+])(?P<parts>{COUNT}(?:\s*\+\s*{COUNT})+)\s*=\s*(?P<whole>{COUNT})(?![\w/%])(?!\s*[%+*x])"
)
CONNECTOR = r"trong\s+đó|bao\s+gồm|gồm(?:\s+có)?|chia\s+ra"
WHOLE = re.compile(
    rf"(?<![\w/])(?<!\d[.,])(?P<k>{COUNT})(?:\s*/\s*(?P<n>{COUNT}))?(?!\s*[/%])(?!\w)"
    rf"(?P<between>[^\d.;:!?()]{{0,120}}?)(?:\s*:\s*)?"
    rf"(?:(?<!\w)(?P<how>{CONNECTOR})(?!\w)|(?P<bracket>\())"
)
BEFORE_NO_WHOLE = re.compile(
    r"(?:điều|khoản|điểm|mục|(?<!tổng )số|lần thứ|thứ|quý|tháng|năm|ngày|khóa|kỳ)\s*$"
)
PART = re.compile(
    rf"(?<![\w/])(?<!\d[.,])(?P<k>{COUNT})(?:\s*/\s*(?P<n>{COUNT}))?(?!\s*%)(?!\s*phần\s+trăm)(?!\w)"
)
SPLIT = re.compile(r",(?!\d)|;|\s+và\s+|\n\s*[-+•*]\s*")
ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
SUMMING_UP = re.compile(
    r"^\W*(?:tính chung|tổng cộng|tổng số|cộng|chung|bình quân|tăng|giảm|so với|"
    r"chiếm|đạt|lũy kế|tỷ lệ|tỉ lệ|như vậy)\b"
)
NEW_STATEMENT = re.compile(
    r"\s*(?:đã|đang|sẽ|chưa|không có|kết quả|trả|giải quyết|số|tính|tỷ lệ|tỉ lệ)\b"
)
OTHER_UNIT = re.compile(
    rf"\s*(?:{UNITS}|ngày|giờ|tháng|năm|lần|đồng|triệu|tỷ|nghìn|km|phòng|nhóm|mức|cấp|bước|loại)\b"
)
DISJOINT = (
    re.compile(r"\btrực tiếp|\btại (?:quầy|bộ phận|trung tâm)"),
    re.compile(r"\bbưu chính|\bbcci"),
    re.compile(r"\btrực tuyến"),
    re.compile(r"\b(?:trước|sớm) hạn"),
    re.compile(r"\bđúng hạn"),
    re.compile(r"\b(?:quá|trễ) hạn"),
)
LATER_WHOLE = re.compile(
    rf"(?:tổng\s+cộng|tổng\s+số(?:\s+là)?|cộng\s+lại)(?:\s+(?:là|có|được))?\s*:?\s*"
    rf"(?P<k>{COUNT})\s*(?P<unit>{UNIT})(?!\s*/)"
)


@dataclass(frozen=True)
class Part:
    """One part: its count, what it is a part of, its words, its period if any.

    ``has_unit``: the unit of the whole stands with it.
    """

    count: int
    of: int | None
    words: str
    period: Phrase | None
    has_unit: bool


def check(letter: Letter) -> Iterable[Finding]:
    """Each whole once."""
    for match in EQUATION.finditer(letter.plain):
        parts = [as_count(x) for x in re.findall(COUNT, match["parts"])]
        if sum(parts) != as_count(match["whole"]):
            yield _finding(letter, match.span(), match["whole"], parts)
    blank = masked(letter.plain)
    for match in WHOLE.finditer(blank):
        if not BEFORE_NO_WHOLE.search(letter.plain[: match.start()][-20:]):
            yield from _whole_first(letter, match)
    yield from _whole_last(letter)


def _whole_first(letter: Letter, match: re.Match[str]) -> Iterable[Finding]:
    unit = re.match(rf"\s*({UNIT})", match["between"])
    if (
        match["between"].strip()
        and not unit
        and not re.match(r"\s*[,(]", match["between"])
    ):
        return
    start, end = match.end(), _tail_end(letter.plain, match.end())
    if match["bracket"]:
        end = letter.plain.find(")", start, end)
        if end < 0 or re.search(CONNECTOR, letter.plain[start:end]):
            return
    parts = read_parts(letter, start, end, unit[1] if unit else "")
    if parts is None or not parts:
        return
    whole = as_count(match["k"])
    counts = [part.count for part in parts]
    periods = [part.period for part in parts if part.period]
    of_periods = len(periods) == len(parts) > 1 and not overlap(periods)
    makes_up = match["how"] and not match["how"].startswith("trong")
    exhaustive = of_periods or (makes_up and len(parts) > 1)
    if (exhaustive and sum(counts) != whole) or (
        not exhaustive and _exceeds(parts, whole)
    ):
        yield _finding(letter, (match.start(), end), match["k"], counts)
    bases = [part.of for part in parts if part.of]
    if not of_periods or not match["n"] or len(bases) < len(parts):
        return
    if sum(bases) != as_count(match["n"]):
        yield _finding(letter, (match.start(), end), match["n"], bases)


def _exceeds(parts: list[Part], whole: int) -> bool:
    """Whether one part, or parts that cannot overlap, are more than the whole."""
    if any(part.count > whole and part.has_unit for part in parts):
        return True
    classes = [
        [i for i, words in enumerate(DISJOINT) if words.search(part.words)]
        for part in parts
    ]
    apart = len(parts) > 1 and all(len(x) == 1 for x in classes)
    apart = apart and len({x[0] for x in classes}) == len(parts)
    # Ways of handing in and keeping of terms are two divisions of one whole.
    apart = apart and len({x[0] < 3 for x in classes}) == 1
    return apart and sum(part.count for part in parts) > whole


def read_parts(letter: Letter, start: int, end: int, unit: str) -> list[Part] | None:
    """The parts between two places; None when they cannot be read for sure."""
    window = ASIDE.sub(lambda m: " " * len(m[0]), letter.plain[start:end])
    if re.search(rf"(?<!\w)(?:{CONNECTOR})(?!\w)", window) or unit.startswith("lượt"):
        return None
    blank = masked(window)
    parts: list[Part] = []
    position = 0
    after_semicolon, only_semicolons = False, True
    for piece in [*SPLIT.finditer(blank), None]:
        stop = piece.start() if piece else len(blank)
        words, bare = window[position:stop], blank[position:stop]
        if SUMMING_UP.match(words):
            break
        if after_semicolon and len(parts) > 1 and not only_semicolons:
            # «gồm 100 mới và 20 chuyển sang; đã giải quyết 110»: the list has ended.
            if NEW_STATEMENT.match(words):
                break
            return None
        counts = [
            m
            for m in PART.finditer(bare)
            if not BEFORE_NO_WHOLE.search(bare[: m.start()])
        ]
        if len(counts) > 1:
            return None
        if counts:
            after = bare[counts[0].end() :]
            has_unit = _has_unit(unit, after)
            if not has_unit and OTHER_UNIT.match(after):
                return None
            label = PHRASE.search(words)
            period = next(
                (
                    x
                    for x in letter.periods
                    if label and x.position == start + position + label.start()
                ),
                None,
            )
            of = counts[0]["n"]
            parts.append(
                Part(
                    as_count(counts[0]["k"]),
                    as_count(of) if of else None,
                    words,
                    period,
                    has_unit,
                )
            )
        position = piece.end() if piece else stop
        after_semicolon = bool(piece and piece[0] == ";")
        only_semicolons = only_semicolons and (after_semicolon or not parts)
    return parts


def _has_unit(unit: str, after: str) -> bool:
    """Whether a part says that it counts the same thing as the whole."""
    bare = re.sub(r"^(?:số|bộ|lượt)\s+", "", unit)
    same = "thủ tục|tthc" if bare.startswith(("thủ tục", "tthc")) else re.escape(bare)
    pattern = rf"\s*(?:(?:số|bộ|lượt)\s+)?(?:{same})\b"
    return bool(unit and re.match(pattern, after))


def _whole_last(letter: Letter) -> Iterable[Finding]:
    """«năm 2019: 23 hồ sơ, 9 tháng đầu năm 2020: 29 hồ sơ, tổng cộng 52 hồ sơ»."""
    for match in LATER_WHOLE.finditer(letter.plain):
        first = max(
            letter.plain.rfind(". ", 0, match.start()) + 1,
            letter.plain.rfind("\n", 0, match.start()) + 1,
        )
        ahead = letter.plain[first : match.start()]
        if match.start() - first > 400 or re.search(
            rf"(?<!\w)(?:{CONNECTOR})(?!\w)", ahead
        ):
            continue
        parts = read_parts(letter, first, match.start(), match["unit"])
        if not parts or len(parts) < 2:
            continue
        periods = [part.period for part in parts if part.period]
        counts = [part.count for part in parts]
        if len(periods) < len(parts) or overlap(periods):
            continue
        if sum(counts) != as_count(match["k"]):
            yield _finding(letter, (first, match.end()), match["k"], counts)


def _tail_end(plain: str, start: int) -> int:
    """The end of the sentence; a list in lines or with semicolons goes on."""
    most = min(len(plain), start + 600)
    for match in re.finditer(r"[.!?](?=\s|$)|\n", plain[start:most]):
        position = start + match.start()
        if match[0] == "\n":
            ahead = plain[match.end() + start :][:40]
            if re.match(r"\s*[-+•*]", ahead) or not re.match(r"\s*\n|\s*$", ahead):
                continue
            return position
        if not SHORT_WORD.search(plain[start : position + 1]):
            return position
    return most


def _finding(
    letter: Letter, span: tuple[int, int], whole: str, parts: list[int]
) -> Finding:
    total = sum(parts)
    terms = " + ".join(str(x) for x in parts)
    start = (
        span[0]
        + len(letter.text[span[0] : span[1]])
        - len(letter.text[span[0] : span[1]].lstrip())
    )
    return letter.finding(
        "sum_wrong",
        "error",
        (start, span[1]),
        found=whole,
        expected=write_count(total),
        explanation=(
            f"Các số thành phần cộng lại là {terms} = {write_count(total)}, "
            f"nhưng tổng ghi là {whole}. Xem lại tổng hoặc từng số."
        ),
    )
