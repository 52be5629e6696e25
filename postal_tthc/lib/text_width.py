"""How wide a Vietnamese text is in Times New Roman, and how many lines it takes.

Row heights in a workbook are stored, not measured when it opens; a height that
is too small hides the end of a long name.
"""

import unicodedata
from functools import lru_cache

MM_PER_POINT = 25.4 / 72

# Advance widths in thousandths of the font size, by letter without marks.
WIDTHS: dict[int, str] = {
    250: " ,.",
    278: "ijlt/:;",
    333: "frI()-",
    389: "sJ",
    444: "acez",
    500: "bdghknopquvxyđ0123456789–_",
    556: "FPS",
    611: "ELTZ",
    667: "BCR",
    722: "wADGHKNOQUVXYĐ",
    778: "m",
    833: "%",
    889: "M",
    944: "W",
}
WIDTH_OF = {letter: width for width, letters in WIDTHS.items() for letter in letters}
UNKNOWN = 600
HORN = "\u031b"  # of ơ and ư, the one mark that makes a letter wider
BOLD = 1.07


@lru_cache(maxsize=8192)  # the same words come again and again
def width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text in millimetres; ``size`` in points."""
    letters = unicodedata.normalize("NFD", text)
    thousandths = sum(
        WIDTH_OF.get(letter, UNKNOWN)
        for letter in letters
        if not unicodedata.combining(letter)
    )
    thousandths += 60 * letters.count(HORN)
    return thousandths / 1000 * size * MM_PER_POINT * (BOLD if bold else 1)


def count_lines(text: str, room_mm: float, size: float, *, bold: bool = False) -> int:
    """How many lines the text takes when wrapped at spaces into ``room_mm``.

    A word wider than the room is broken, as spreadsheets do.
    """
    space = width_mm(" ", size, bold=bold)
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split():
            wide = width_mm(word, size, bold=bold)
            if used and used + space + wide > room_mm:
                lines += 1
                used = 0.0
            while wide > room_mm:
                lines += 1
                wide -= room_mm
            used += (space if used else 0) + wide
    return lines
