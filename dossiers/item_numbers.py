"""Numbers on postal items: UPU S10, checked. Doubt is a warning, never a refusal."""

import re

from postal_tthc.lib import vietnamese as text

WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
S10 = re.compile(r"[A-Z]{2}([0-9]{8})([0-9])[A-Z]{2}")


def tidy(number: str) -> str:
    """The number in capitals without spaces, as it is kept."""
    return re.sub(r"\s", "", text.tidy(number)).upper()


def check_digit(serial: str) -> int:
    """The check digit of eight digits (UPU S10)."""
    total = sum(int(d) * w for d, w in zip(serial, WEIGHTS, strict=True))
    return {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11)


def is_s10(number: str) -> bool:
    """Whether a tidy number is of the form S10 and its check digit is right."""
    parts = S10.fullmatch(number)
    return parts is not None and check_digit(parts[1]) == int(parts[2])
