"""Vietnamese text, numbers and dates: folded for search, written for reading."""

import unicodedata
from datetime import date
from decimal import Decimal


def fold(text: str) -> str:
    """The text without case, diacritics or extra spaces, for search.

    >>> fold("  Nguyễn  Văn Đức ")
    'nguyen van duc'
    """
    # NFKD takes the marks off their letters; đ has no mark to take off, and old
    # converted files write it ð.
    letters = unicodedata.normalize("NFKD", text).casefold()
    letters = letters.replace("đ", "d").replace("ð", "d")
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(bare.split())


def tidy(text: str) -> str:
    """The text in composed letters (NFC) with single spaces, for keeping.

    Control and format characters, which nobody sees, are left out.
    """
    composed = unicodedata.normalize("NFC", text)
    # What prints has no such characters: nearly every text is let through at once.
    seen = composed if composed.isprintable() else "".join(map(_seen, composed))
    return " ".join(seen.split())


def _seen(letter: str) -> str:
    if unicodedata.category(letter) in ("Cc", "Cf"):
        return " " if letter.isspace() else ""
    return letter


def write_number(value: int | Decimal) -> str:
    """1234 as ``1.234`` and 10.85 as ``10,85``."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def write_date(day: date) -> str:
    """The day as ``29/09/2020``."""
    return f"{day:%d/%m/%Y}"
