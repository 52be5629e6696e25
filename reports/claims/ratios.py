"""Finds «23/212 hồ sơ (chiếm 10,08%)»: ratios, and the percentage that goes with each.

Days (22/9), document numbers (104/QĐ-UBND, Nghị định 61/2018) and «24/7» are no
ratios. A ratio is sure when a percentage or a unit stands with it; nothing is said
about any other.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from reports.claims.letter import Letter
from reports.claims.phrases import YEAR
from reports.claims.words import (
    COUNT,
    UNIT,
    as_count,
    as_decimal,
    sentence_end,
    sentence_start,
)

RATIO = re.compile(
    rf"(?<![\w/])(?<!\d[.,])(?<!\w-)(?P<k>{COUNT})"
    rf"(?:\s+{UNIT})?(?:\s*/\s*(?:tổng\s+(?:số\s+)?)?|\s+(?:trên|trong)\s+tổng\s+(?:số\s+)?|\s+trên\s+)"
    rf"(?P<n>{COUNT})(?!\s*/)(?!\w)(?!-[^\W\d_])(?![.,]\d)"
)
UNIT_AFTER = re.compile(rf"\s*(?P<unit>{UNIT})")
DATE_BEFORE = re.compile(
    r"(?:ngày|hôm|mùng|mồng|sáng|chiều|tối|thứ \w+|từ|đến|hết|trước|sau|dịp|lễ|vào|kể từ|\d\s*[-–])\s*$"
)
MONTH_BEFORE = re.compile(r"(?:tháng|quý|kỳ|năm học|nhiệm kỳ)\s*$")
DOCUMENT_BEFORE = re.compile(
    r"(?:nghị định|quyết định|thông tư|luật|chỉ thị|nghị quyết|công văn|kế hoạch|"
    r"văn bản|tờ trình|thông báo|hướng dẫn|báo cáo|pháp lệnh|qđ|nđ|tt|nq|ct|kh|cv|"
    r"(?<!trong )(?<!tổng )số)\s*:?\s*$"
)
PLACE_BEFORE = re.compile(
    r"(?:số nhà|nhà số|ngõ|ngách|hẻm|tờ|thửa|lô|tổ|khu)\s*(?:số\s*)?$"
)
ALWAYS_OPEN = {(24, 7), (24, 24), (7, 7)}

VALUE = r"\d{1,9}(?:[.,]\n?\d{1,6})?(?![.,]?\d)"
SIGN = r"\s*(?:%|phần\s+trăm\b)"
PERCENT = re.compile(rf"(?P<value>{VALUE})(?P<sign>{SIGN})?")
SHARE = (
    r"chiếm(?:\s+tỷ\s+lệ|\s+tỉ\s+lệ)?|đạt(?:\s+tỷ\s+lệ|\s+tỉ\s+lệ)?|(?:với\s+)?t[ỷỉ]\s+lệ(?:\s+đạt)?|"
    r"tương\s+đương(?:\s+với)?|tương\s+ứng(?:\s+với)?|bằng|tức(?:\s+là)?|hay"
)
NEAR = r"khoảng|gần|hơn|trên|xấp\s+xỉ|ước|chừng|≈|~"
FILL = rf"đã|cũng|là|được|chỉ|mới|mức|{NEAR}"
LINK = re.compile(
    rf"(?:^|(?<=[\s(\[,]))(?:{FILL}|\s)*(?:{SHARE})(?:\s+(?:{FILL}))*\s*$"
)
BARE_LINK = re.compile(rf"\s*(?:{UNIT})?\s*(?P<mark>[=≈~:–—,-]|)\s*(?:(?:{FILL})\s*)*$")
OPEN_LINK = re.compile(rf"[(\[]\s*(?:(?:{FILL})\s*)*$")
NEAR_LINK = re.compile(rf"(?:{NEAR})\s*$")
OTHER_SHARE = re.compile(
    r"\b(?:tăng|giảm|thêm|so với|cùng kỳ|trong đó|còn lại|riêng|lần lượt|kế hoạch|"
    r"chỉ tiêu|vượt|bình quân|năm trước|cao hơn|thấp hơn|ít hơn|nhiều hơn)\b"
)
OTHER_SUBJECT = re.compile(
    rf"\b(?:{UNIT}|số|trực tuyến|trực tiếp|đúng hạn|quá hạn|trước hạn|sớm hạn|trễ hạn)"
)
NOT_THIS_SHARE = re.compile(
    r"\s*(?:số\s+)?(?:hồ\s+sơ\s+)?(?:đã\s+)?(?:được\s+)?(?:giải\s+quyết\s+)?"
    r"(?:đúng|trước|quá|trễ|sớm)\s+hạn|\s*(?:hài\s+lòng|kế\s+hoạch|chỉ\s+tiêu|"
    r"so\s+với|cùng\s+kỳ|năm\s+trước|mức\s+độ|trực\s+tuyến|điểm|đồng|[-–]\s*\d)|‰"
)
BEFORE_LINK = re.compile(
    r"(?:[(\[]\s*(?:tức(?:\s+là)?|tương\s+ứng(?:\s+với)?|tương\s+đương(?:\s+với)?|bằng|là|với|"
    r"cụ\s+thể|có)?\s*:?|,?\s*(?:tức(?:\s+là)?|tương\s+ứng(?:\s+với)?|tương\s+đương(?:\s+với)?|bằng|với|=))\s*$"
)
LONGEST_GAP = 120
SIMPLE_FRACTION = 10  # «1/3 thời gian»
# A whole and its part in words; the unit must be the same.
SHARED = rf"(?P<near>{NEAR})?\s*(?P<share>(?P<value>{VALUE}){SIGN})"
TOLD = (
    re.compile(
        rf"(?<![\w/.,])(?P<n>{COUNT})\s+(?P<unit>{UNIT})(?P<words>[^\d.;:!?()%]{{0,60}}?"
        rf"(?:trong\s+đó|thì\s+có|đã\s+có|\bcó)(?:\s+có)?)\s+(?P<k>{COUNT})\s+(?P=unit)"
        rf"[^\d.;:!?()%]{{0,80}}?[,(]?\s*(?:chiếm|đạt)(?:\s+t[ỷỉ]\s+lệ)?\s+{SHARED}"
    ),
    re.compile(
        rf"(?<![\w/.,])(?P<n>{COUNT})\s+(?P<unit>{UNIT})(?P<words>[^\d.;:!?()%]{{0,60}}?"
        rf"(?:trong\s+đó|thì\s+có|đã\s+có|\bcó)(?:\s+có)?)\s+(?P<k>{COUNT})\s+(?P=unit)"
        rf"[^\d.;:!?()%]{{0,80}}?\((?:chiếm|đạt)(?:\s+t[ỷỉ]\s+lệ)?\s+{SHARED}"
    ),
    re.compile(
        rf"(?<![\w/.,])(?P<k>{COUNT})\s+(?P<unit>{UNIT})(?P<words>[^\d.;:!?()%]{{0,60}}?)"
        rf"[,(]?\s*(?:chiếm|đạt)(?:\s+t[ỷỉ]\s+lệ)?\s+{SHARED}"
        rf"\s*(?:(?:trong|trên|so\s+với)\s+)?tổng\s+(?:số\s+)?(?P<n>{COUNT})\s+(?P=unit)"
    ),
)


@dataclass(frozen=True)
class Percentage:
    """A percentage as printed. ``is_near``: «khoảng», «hơn», «gần» stands before."""

    position: int
    end: int
    value: Decimal
    is_near: bool = False


@dataclass(frozen=True)
class RatioClaim:
    """«numerator/denominator» at a place, with what stands beside it."""

    position: int
    end: int
    numerator: int
    denominator: int
    unit: str = ""
    percentage: Percentage | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it can be nothing but a ratio."""
        return bool(self.unit or self.percentage)


def find_ratios(letter: Letter) -> list[RatioClaim]:
    """All that are sure, in their order; a percentage belongs to one of them."""
    plain = letter.plain
    found = _told_in_words(plain)
    taken: set[int] = {x.percentage.position for x in found if x.percentage}
    for match in RATIO.finditer(plain):
        k, n = as_count(match["k"]), as_count(match["n"])
        unit = _unit(plain, match)
        share = _percentage_after(plain, match.end())
        if share is None:
            share = _percentage_before(plain, match.start(), taken)
        if _is_no_ratio(plain, match.start(), k, n, has_unit=bool(unit), share=share):
            continue
        claim = RatioClaim(match.start(), match.end(), k, n, unit, share)
        if claim.is_sure:
            found.append(claim)
            if share:
                taken.add(share.position)
    return sorted(found, key=lambda x: x.position)


def _told_in_words(plain: str) -> list[RatioClaim]:
    """«Tiếp nhận 212 hồ sơ, trong đó 23 hồ sơ qua bưu chính, chiếm 10,85%»."""
    found = []
    for pattern in TOLD:
        for match in pattern.finditer(plain):
            k, n = as_count(match["k"]), as_count(match["n"])
            words = match["words"]
            if k > n or OTHER_SHARE.search(words.replace("trong đó", "")):
                continue
            if NOT_THIS_SHARE.match(plain, match.end("share")):
                continue
            unit = re.sub(r"^(?:số|bộ|lượt)\s+", "", match["unit"])
            value = as_decimal(match["value"])
            share = Percentage(*match.span("share"), value, bool(match["near"]))
            found.append(RatioClaim(*match.span(), k, n, unit, share))
    return found


def _unit(plain: str, match: re.Match[str]) -> str:
    after = UNIT_AFTER.match(plain, match.end())
    inside = re.search(UNIT, match[0])
    unit = after["unit"] if after else inside[0] if inside else ""
    return re.sub(r"^(?:số|bộ|lượt)\s+", "", " ".join(unit.split()))


def _is_no_ratio(
    plain: str, start: int, k: int, n: int, *, has_unit: bool, share: Percentage | None
) -> bool:
    before = plain[max(0, start - 30) : start]
    could_be_day = k <= 31 and n <= 12
    could_be_month = k <= 12 and re.fullmatch(YEAR, str(n)) is not None
    if PLACE_BEFORE.search(before):
        return True
    if could_be_month and MONTH_BEFORE.search(before):
        return True
    if could_be_day and DATE_BEFORE.search(before) and not share:
        return True
    if DOCUMENT_BEFORE.search(before) and (
        re.fullmatch(YEAR, str(n)) or not (has_unit or share)
    ):
        return True
    if n <= SIMPLE_FRACTION and not has_unit and share and share.position > start:
        after = re.split(r"[,(]", plain[start : share.position])[0]
        return re.search(r"\d\s+[^\W\d_]", after) is not None
    return (k, n) in ALWAYS_OPEN and not has_unit and not share


def _percentage_after(plain: str, end: int) -> Percentage | None:
    """The percentage that says what the ratio before it comes to."""
    window = plain[end : min(sentence_end(plain, end, 240), end + 240)]
    match = re.search(r"\d", window)
    # «chiếm 24,\n17%»: a line may be broken anywhere but inside the sentence.
    share = match and PERCENT.match(window, match.start())
    if not share or share.start() > LONGEST_GAP:
        return None
    gap = window[: share.start()]
    linked = LINK.search(gap)
    is_open = OPEN_LINK.search(gap)
    bare = BARE_LINK.fullmatch(gap)
    if OTHER_SHARE.search(gap) or not (linked or is_open or bare):
        return None
    if linked and not _same_subject(gap[: linked.start()]):
        return None
    if not linked and is_open and not _same_subject(gap[: is_open.start()]):
        return None
    after = window[share.end() :]
    if NOT_THIS_SHARE.match(after):
        return None
    if bare and not linked and bare["mark"] == "," and re.match(r"\s*\w", after):
        return None
    if not share["sign"]:
        # Without its sign only a decimal that ends its clause can be meant.
        if not re.search(r"[.,]", share["value"]) or not (linked or is_open):
            return None
        if re.match(r"\s*[^\W_]|\s*[/-]", after):
            return None
    near = bool(NEAR_LINK.search(gap))
    return _percentage(end, share, is_near=near)


def _same_subject(words: str) -> bool:
    """Whether the words between speak of the ratio, and not of something new."""
    clauses = re.split(r"[,(\[:]", words)
    return len(clauses) == 1 or not OTHER_SUBJECT.search(clauses[-1])


def _percentage_before(plain: str, start: int, taken: set[int]) -> Percentage | None:
    """«10,85% (23/212 hồ sơ)»."""
    first = max(sentence_start(plain, start, 200), start - 120)
    window = plain[first:start]
    link = BEFORE_LINK.search(window)
    if not link:
        return None
    shares = [m for m in PERCENT.finditer(window, 0, link.start()) if m["sign"]]
    if not shares or first + shares[-1].start() in taken:
        return None
    share = shares[-1]
    between = window[share.end() : link.start()]
    ahead = window[: share.start()]
    if re.search(r"[\d,:()]", between) or OTHER_SHARE.search(between):
        return None
    if re.search(
        r"[\w.,/]$|\d\s*[-–]\s*$|(?:tăng|giảm|thêm|vượt)\s*(?:thêm\s*)?$", ahead
    ):
        return None
    if NOT_THIS_SHARE.match(window[share.end() :]):
        return None
    return _percentage(first, share, is_near=bool(NEAR_LINK.search(ahead)))


def _percentage(offset: int, share: re.Match[str], *, is_near: bool) -> Percentage:
    value = as_decimal(share["value"].replace("\n", ""))
    return Percentage(offset + share.start(), offset + share.end(), value, is_near)
