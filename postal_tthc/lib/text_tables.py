"""Reads a table that is plain text (.csv): its letters, its sign between cells."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from postal_tthc.lib.grids import Limits, too_many_cells
from postal_tthc.lib.sheets import Cell, Sheet

SIGNS = ";,\t|"
LONGEST_CELL = 32_767  # as in a workbook
# Vietnamese Windows saves a .csv in cp1258 when nobody asks for UTF-8.
ENCODINGS = ("utf-8-sig", "cp1258")
LOOKED_AT = 50  # rows that tell the sign
TOLD_SIGN = re.compile(r"\ufeff?\"?sep=([;,\t|])\"?\r?\n", re.IGNORECASE)


def read_text_table(sent: bytes, *, limits: Limits) -> list[Sheet]:
    """The one sheet of a .csv; every cell is text. Raises ``Invalid``."""
    text = _decoded(sent)
    told = TOLD_SIGN.match(text)  # Excel obeys this line and does not show it
    start = told.end() if told else 0
    sign = told[1] if told else _sign(text)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in _rows(text, sign, start):
            cells += len(row)
            _check(len(rows), len(row), cells, limits)
            rows.append([_cell(cell) for cell in row])
    except csv.Error as error:
        raise Invalid(
            _("Row %(row)s of the text file cannot be read. Save it again as UTF-8.")
            % {"row": len(rows) + 1}
        ) from error
    return [Sheet("", rows)]


def _rows(text: str, sign: str, start: int = 0) -> Iterator[list[str]]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        lines = StringIO(text, newline="")
        lines.seek(start)
        yield from csv.reader(lines, delimiter=sign)
    finally:
        csv.field_size_limit(before)


def _check(rows: int, columns: int, cells: int, limits: Limits) -> None:
    if rows >= limits.rows:
        raise Invalid(
            _("A sheet has more than %(limit)s rows. Divide it into several files.")
            % {"limit": limits.rows}
        )
    if columns > limits.columns:
        raise Invalid(
            _("A sheet has more than %(limit)s columns. Remove what is not needed.")
            % {"limit": limits.columns}
        )
    if cells > limits.cells:
        raise Invalid(too_many_cells())


def _decoded(sent: bytes) -> str:
    if sent.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)  # Excel's “Unicode text”
    elif b"\0" in sent:
        encodings = ()
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = sent.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return unicodedata.normalize("NFC", text)
    raise Invalid(
        _(
            "The letters of this text file cannot be read. Save it as “CSV UTF-8” and "
            "choose that."
        )
    )


def _sign(text: str) -> str:
    """What stands between cells: what divides most of the first rows, and most often.

    Titles stand above the headings, and an address has commas of its own.
    """

    def divided(sign: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in islice(_rows(text, sign), LOOKED_AT)]
        except csv.Error:
            return 0, 0
        return sum(width > 1 for width in widths), sum(widths)

    return max(SIGNS, key=divided)


def _cell(text: str) -> Cell:
    # A leading apostrophe or ="…" is how text is kept from becoming a number.
    text = text.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    if len(text) > 1 and text[0] == "'" and text[1] in "=+-@'0123456789":
        text = text[1:]
    return text.strip() or None
