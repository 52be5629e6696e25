"""Text made even, numbers and units as Vietnamese letters write them."""

import re
import unicodedata
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
SIGNS = str.maketrans({"⁄": "/", "∕": "/", "／": "/", "％": "%", "﹪": "%"})

# Two schools write the tone mark on either vowel: thoả thuận, thỏa thuận.
TONES = {
    **dict(
        zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True)
    ),
    **dict(
        zip(("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe"), strict=True)
    ),
    **dict(
        zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True)
    ),
}
NEW_TONES = re.compile(rf"(?<!q)(?:{'|'.join(TONES)})(?!\w)")

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"], start=1
    )
}
WORD_NUMBER = "|".join(NUMBER_WORDS)
# Nobody counts thousands of millions of dossiers; longer rows of digits are codes.
COUNT = r"(?:\d{1,3}(?:[.,]\d{3}){1,2}(?![.,]?\d)|\d{1,9}(?![.,]?\d))"
UNITS = (
    "hồ sơ|thủ tục hành chính|thủ tục|tthc|trường hợp|văn bản|đơn vị|lượt|phiếu|"
    "giao dịch|yêu cầu|bưu gửi|kết quả|tổ chức|cá nhân|công dân|người|cán bộ|"
    "công chức|cơ quan|xã|phường|huyện|lĩnh vực|dịch vụ|nhiệm vụ|chỉ tiêu|tiêu chí"
)
UNIT = rf"(?:(?:số|bộ|lượt)\s+)?(?:{UNITS})\b"

NEW_SENTENCE = re.compile(r"[.!?]\s+(?=[^\W\d_])|[.!?]\s*$|\n\s*\n|;")
SHORT_WORD = re.compile(r"(?:^|\W)(?:tp|tx|tt|p|q|kt|tl|tm|ts|ths|ông|bà|đ/c)\.\s*$")


def tidy(text: str) -> str:
    """Composed letters, plain line ends and spaces, nothing that nobody sees."""
    composed = unicodedata.normalize("NFC", text)
    composed = composed.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return UNSEEN.sub("", SPACES.sub(" ", composed)).translate(SIGNS)


def plain(text: str) -> str:
    """Small letters with one way of placing tones; every offset stays as it was."""
    small = "".join(x if len(x) == 1 else c for c in text for x in (c.lower(),))
    return NEW_TONES.sub(lambda m: TONES[m[0]], small)


def as_count(text: str) -> int:
    """``1.234`` and ``06`` as numbers."""
    return int(re.sub(r"\D", "", text))


def as_small_count(text: str) -> int:
    """The same, and ``sáu``."""
    return NUMBER_WORDS.get(text) or as_count(text)


def as_decimal(text: str) -> Decimal:
    """``10,85`` and ``10.85`` as a number with the decimals that are printed."""
    parts = re.split(r"[.,]", text)
    if len(parts) == 1:
        return Decimal(parts[0])
    return Decimal(f"{''.join(parts[:-1])}.{parts[-1]}")


def write(number: Decimal | int) -> str:
    """With a decimal comma."""
    return (
        f"{number:f}".replace(".", ",") if isinstance(number, Decimal) else f"{number}"
    )


def write_count(number: int) -> str:
    """``06`` and ``1.234``, as official letters write them."""
    return f"{number:02}" if 0 < number < 10 else f"{number:,}".replace(",", ".")


def decimals(number: Decimal) -> int:
    """How many are printed."""
    return max(0, -int(number.as_tuple().exponent))


def percent(numerator: int, denominator: int, places: int) -> Decimal:
    """Half up, as everywhere in the product."""
    return _share(numerator, denominator, places, ROUND_HALF_UP)


def truncated(numerator: int, denominator: int, places: int) -> Decimal:
    """The same with the rest cut off."""
    return _share(numerator, denominator, places, ROUND_DOWN)


def _share(numerator: int, denominator: int, places: int, rounding: str) -> Decimal:
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=rounding)


def sentence_end(text: str, start: int, most: int = 600) -> int:
    """Where the sentence that ``start`` is in ends (or its part before a «;»)."""
    window = text[start : start + most]
    for match in NEW_SENTENCE.finditer(window):
        if not SHORT_WORD.search(window[: match.start() + 1]):
            return start + match.start()
    return start + len(window)


def sentence_start(text: str, end: int, most: int = 600) -> int:
    """Where the sentence before ``end`` begins."""
    first = max(0, end - most)
    start = first
    for match in NEW_SENTENCE.finditer(text[first:end] + "x"):
        if match.end() <= end - first and not SHORT_WORD.search(
            text[first : first + match.start() + 1]
        ):
            start = first + match.end()
    return start
