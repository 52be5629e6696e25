"""Measures a workbook of the old form (.xls) before a reader opens it.

The file is a compound file whose stream “Workbook” is a row of records (BIFF,
MS-XLS). Two cells in far corners would make a reader reserve the whole grid between
them, and a long text may be shown in every cell, so both are looked at first.
"""

from array import array
from collections.abc import Iterator
from struct import error as StructError
from struct import unpack_from

from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from postal_tthc.lib import compound_files, shared_strings
from postal_tthc.lib.compound_files import SIGNATURE as SIGNATURE
from postal_tthc.lib.grids import Limits, too_many_cells, too_much_text

BOOKS = ("Workbook", "Book")
STARTS = (0x0809, 0x0409, 0x0209, 0x0009)  # of the book, and of each sheet in it
PASSWORD = 0x002F
EPOCH = 0x0022
TEXTS, CONTINUED = 0x00FC, 0x003C
# Records that are a cell: row and column stand first in each.
CELLS = frozenset({0x0006, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6})
SHARED_TEXT = 0x00FD  # a cell that shows one of the shared texts
MANY_CELLS = 0x00BD  # numbers of one row; the last two bytes say the last column


def check(sent: bytes, *, limits: Limits) -> bool:
    """Refuse what is no plain .xls within the limits, with ``Invalid``.

    The answer is whether its days are counted from 1904.
    """
    try:
        streams = compound_files.streams(sent, BOOKS)
    except ValueError as error:
        raise Invalid(not_an_old_workbook()) from error
    if "EncryptedPackage" in streams:
        raise Invalid(_protected())
    if "_VBA_PROJECT_CUR" in streams or "_VBA_PROJECT" in streams:
        raise Invalid(
            _(
                "The file contains macros. Save it as “Excel Workbook (.xlsx)”, "
                "which leaves them out, and choose that."
            )
        )
    book = streams.get("Workbook") or streams.get("Book")
    if not book or len(book) < 4 or unpack_from("<H", book)[0] not in STARTS:
        raise Invalid(not_an_old_workbook())
    tape = _Tape(limits)
    try:
        for kind, place, length in _records(book):
            tape.read(kind, book, place, length)
        tape.conclude()
    except (StructError, IndexError) as error:
        raise Invalid(not_an_old_workbook()) from error
    return tape.counts_from_1904


def not_an_old_workbook() -> str:
    """The sentence for a file that no reader can make sense of."""
    return _("The file is damaged or is not an Excel workbook (.xls).")


def _protected() -> str:
    return _(
        "The file is protected by a password. "
        "Save a copy without the password and choose that."
    )


def _records(book: bytes) -> Iterator[tuple[int, int, int]]:
    """The kind of each record, and where its content stands."""
    place, end = 0, len(book) - 4
    while place <= end:
        kind, length = unpack_from("<HH", book, place)
        yield kind, place + 4, length
        place += 4 + length


class _Tape:
    """Follows the records: how far cells reach, and how much text they show."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.counts_from_1904 = False
        self.rows = self.columns = self.cells = 0
        self.texts: list[bytes] = []
        self.shown = array("L")
        self.before = 0

    def read(self, kind: int, book: bytes, place: int, length: int) -> None:
        """One record."""
        if kind == PASSWORD:
            raise Invalid(_protected())
        if kind in STARTS:
            self._end_sheet()
        elif kind == EPOCH and length >= 2:
            self.counts_from_1904 = unpack_from("<H", book, place)[0] == 1
        elif kind == TEXTS or (kind == CONTINUED and self.before == TEXTS):
            self.texts.append(book[place : place + length])
            kind = TEXTS  # what continues a continuation continues the texts
        elif kind == MANY_CELLS and 6 <= length <= len(book) - place:
            row = unpack_from("<H", book, place)[0]
            self._reach(row, unpack_from("<H", book, place + length - 2)[0])
        elif kind in CELLS and length >= 6:
            self._reach(*unpack_from("<HH", book, place))
            if kind == SHARED_TEXT:
                self.shown.append(unpack_from("<I", book, place + 6)[0])
        self.before = kind

    def conclude(self) -> None:
        """Everything was read: is it too much?"""
        self._end_sheet()
        if self.texts:
            lengths = shared_strings.lengths(self.texts)
            letters = sum(lengths[i] for i in self.shown if i < len(lengths))
            if letters > self.limits.text:
                raise Invalid(too_much_text())

    def _end_sheet(self) -> None:
        # A reader opens all sheets at once, so their grids add up.
        self.cells += self.rows * self.columns
        self.rows = self.columns = 0
        if self.cells > self.limits.cells:
            raise Invalid(too_many_cells())

    def _reach(self, row: int, column: int) -> None:
        limits = self.limits
        if row >= limits.rows:
            raise Invalid(
                _("A sheet has more than %(limit)s rows. Divide it into several files.")
                % {"limit": limits.rows}
            )
        if column >= limits.columns:
            raise Invalid(
                _("A sheet has more than %(limit)s columns. Remove what is not needed.")
                % {"limit": limits.columns}
            )
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
