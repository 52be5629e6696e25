"""Codes a scanner reads, as inline SVG: Code 128 for numbers, QR for addresses.

Always black on white with their quiet zones, also on a dark page and when the
printer leaves out backgrounds. Sizes are of the whole, quiet zones included.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

import segno
from barcode import Code128

# The narrowest bar: two dots of a printer of 203 dpi. A narrower whole may be
# asked for, and is then for finer printers: of 25 letters in 50 mm, 300 dpi.
MODULE_MM = 0.25
CODE128_QUIET = 10  # modules on each side (ISO/IEC 15417)
QR_QUIET = 4  # modules all round (ISO/IEC 18004)
# What Code 128 carries and a scanner types back as it was.
PRINTABLE = re.compile(r"[ -~]+")

NINETY_NINE = 99


class _Code128(Code128):  # type: ignore[misc]  # it has no types
    """Code 128 that keeps two nines at the beginning of a text.

    The library takes their value for its own sign of the same value, and drops them.
    """

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        if encoded[1] == NINETY_NINE:
            return encoded
        kept: list[int] = super()._try_to_optimize(encoded)
        return kept


def code128(
    text: str, *, width_mm: float | None = None, height_mm: float = 12, label: str = ""
) -> str:
    """The text as a Code 128, as wide as it needs to be unless told otherwise.

    ``label`` is what is read aloud, the text itself if empty. Raises
    ``ValueError`` for a text with other than printable ASCII, or without any.
    """
    if not PRINTABLE.fullmatch(text):
        raise ValueError(f"Code 128 cannot carry {text!r}.")
    quiet = [False] * CODE128_QUIET
    (pattern,) = _Code128(text).build()
    bars = [*quiet, *(module == "1" for module in pattern), *quiet]
    width = width_mm or len(bars) * MODULE_MM
    return _svg([bars], width, height_mm, label or text)


def qr(text: str, *, size_mm: float = 25, label: str = "") -> str:
    """The text as a square QR code that a smudge may touch (level M or better).

    ``label`` is what is read aloud, the text itself if empty. Raises
    ``ValueError`` for a text that is empty or longer than a QR code holds.
    """
    if not text:
        raise ValueError("A QR code of nothing leads nowhere.")
    rows = segno.make_qr(text, error="m").matrix_iter(border=QR_QUIET)
    return _svg(
        [[bool(x) for x in row] for row in rows], size_mm, size_mm, label or text
    )


def _svg(
    rows: Sequence[Sequence[bool]], width_mm: float, height_mm: float, label: str
) -> str:
    """Rows of modules stretched over the size, one path for everything black."""
    dark = "".join(
        f"M{left} {top}h{length}v1h-{length}z"
        for top, row in enumerate(rows)
        for left, length in _runs(row)
    )
    wide, high = len(rows[0]), len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-label="{escape(label)}" width="{width_mm:g}mm" height="{height_mm:g}mm" '
        f'viewBox="0 0 {wide} {high}" preserveAspectRatio="none">'
        f'<rect width="{wide}" height="{high}" fill="#fff"/>'
        f'<path d="{dark}" fill="#000" shape-rendering="crispEdges"/></svg>'
    )


def _runs(row: Iterable[bool]) -> Iterable[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is."""
    left = 0
    for is_dark, modules in groupby(row):
        length = len(list(modules))
        if is_dark:
            yield left, length
        left += length
