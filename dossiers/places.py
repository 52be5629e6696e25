"""Where an address lies, pure: its commune, else its district, else its province.

An address is kept as it was written; districts ended on 01/07/2025, so old ones
name them and new ones do not. What names no place stays unknown, never guessed.
"""

import re

from postal_tthc.lib.vietnamese import tidy

# What each level is called, and how people shorten it.
COMMUNES = {
    "Xã": r"xã|x\.",
    "Phường": r"phường|p\.",
    "Thị trấn": r"thị trấn|t\.?t\.?(?=\s|[a-zđ])",
    "Đặc khu": r"đặc khu",
}
DISTRICTS = {
    "Huyện": r"huyện|h\.",
    "Quận": r"quận|q\.",
    "Thị xã": r"thị xã|t\.?x\.?(?=\s)",
    "Thành phố": r"thành phố|t\.?p\.?(?=\s)",
}
PROVINCES = {"Tỉnh": r"tỉnh|t\."}

# «xã Đông Lỗ huyện Hiệp Hòa» without its comma.
UNPARTED = re.compile(
    r"\s+(?=(?:huyện|quận|thị xã|thành phố|tỉnh|phường|thị trấn|đặc khu"
    r"|(?<!thị )xã)\s)",
    re.IGNORECASE,
)
PARTS = re.compile(r"[,;]|\s[-–]\s")


def place_of(address: str) -> str:
    """The place an address lies in, written one way; empty when it names none.

    >>> place_of("Thôn 5, xã Đông Lỗ, huyện Hiệp Hòa, tỉnh Bắc Giang")
    'Xã Đông Lỗ, huyện Hiệp Hòa'
    >>> place_of("TP. Bắc Giang, tỉnh Bắc Giang"), place_of("Hộp thư 12")
    ('Thành phố Bắc Giang', '')
    """
    parts = [
        part.strip(" .")
        for piece in PARTS.split(tidy(address))
        for part in UNPARTED.split(piece)
    ]
    commune, district = _last(parts, COMMUNES), _last(parts, DISTRICTS)
    if commune and district:
        return f"{commune}, {district[0].lower()}{district[1:]}"
    return commune or district or _last(parts, PROVINCES)


def _last(parts: list[str], levels: dict[str, str]) -> str:
    """The last part that names a place of these levels: addresses grow outwards."""
    for part in reversed(parts):
        for word, pattern in levels.items():
            match = re.match(rf"(?:{pattern})\s*(?P<name>\S.*)", part, re.IGNORECASE)
            if match:
                return f"{word} {_written(match['name'])}"
    return ""


def _written(name: str) -> str:
    """A name in capitals, or all small, as names are written."""
    return name.title() if name.isupper() or name.islower() else name
