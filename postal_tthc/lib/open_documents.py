"""Measures an .ods that somebody sent, before a reader opens it.

It is a zip of XML as .xlsx is; a cell or row says how often it is repeated, so one
line of it can stand for a million.
"""

import re
from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError

from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from postal_tthc.lib.grids import Limits, too_many_cells, too_much_text

MEGABYTE = 1024 * 1024
MAX_UNPACKED = 200 * MEGABYTE
MAX_RATIO = 300  # XML of a plain list packs well
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
FROM_1904 = re.compile(rb"<table:null-date\s[^>]*date-value=[\"']1904-01-01")
MANIFEST = (
    b"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="%b"/>
</manifest:manifest>"""
    % MIMETYPE
)


def repack(sent: bytes, *, limits: Limits) -> tuple[BytesIO, bool]:
    """A fresh .ods with what a reader needs, measured; and whether it counts from 1904.

    Raises ``Invalid``.
    """
    try:
        with ZipFile(BytesIO(sent)) as package:
            names = set(package.namelist())
            if "content.xml" not in names or "mimetype" not in names:
                raise Invalid(not_a_document())
            if any(name.startswith(("Basic/", "Scripts/")) for name in names):
                raise Invalid(
                    _(
                        "The file contains macros. Save it without them, and choose that."
                    )
                )
            if _read(package, "mimetype").strip() != MIMETYPE:
                raise Invalid(not_a_document())
            manifest = (
                _read(package, "META-INF/manifest.xml")
                if "META-INF/manifest.xml" in names
                else b""
            )
            if b"encryption-data" in manifest:
                raise Invalid(
                    _(
                        "The file is protected by a password. "
                        "Save a copy without the password and choose that."
                    )
                )
            content = _read(package, "content.xml")
    except (BadZipFile, DeflateError, EOFError, NotImplementedError) as error:
        raise Invalid(not_a_document()) from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise Invalid(not_a_document()) from error
    _measure(content, limits)
    fresh = BytesIO()
    with ZipFile(fresh, "w") as copy:
        copy.writestr("mimetype", MIMETYPE)
        copy.writestr("META-INF/manifest.xml", MANIFEST)
        copy.writestr("content.xml", content)
    fresh.seek(0)
    return fresh, bool(FROM_1904.search(content))


def not_a_document() -> str:
    """The sentence for a file that no reader can make sense of."""
    return _("The file is damaged or is not an OpenDocument sheet (.ods).")


def _read(package: ZipFile, name: str) -> bytes:
    entry = package.getinfo(name)
    is_bomb = (
        entry.file_size > MEGABYTE and entry.file_size > entry.compress_size * MAX_RATIO
    )
    with package.open(entry) as part:
        content = part.read(MAX_UNPACKED + 1)
    if is_bomb or len(content) > MAX_UNPACKED:
        raise Invalid(
            _(
                "The file unpacks to far more than a list should hold. "
                "Copy the list into a new workbook and choose that."
            )
        )
    return content


def _measure(content: bytes, limits: Limits) -> None:
    tape = _Tape(limits)
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = tape.open
    parser.EndElementHandler = tape.close
    parser.CharacterDataHandler = tape.read
    try:
        parser.Parse(content, True)
    except (ExpatError, ValueError, OverflowError) as error:
        raise Invalid(not_a_document()) from error


class _Tape:
    """Counts rows and columns up to the last cell that says something."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.row = self.next_row = self.repeats = 0
        self.column = self.next_column = self.cell_repeats = 0
        self.farthest = 0  # in this row
        self.width = self.cells = self.finished = 0
        self.in_cell = self.in_row = False
        self.text = self.row_text = self.cell_text = 0

    def open(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table:table":
                self.next_row = self.width = 0
                self.finished = self.cells
            case "table:table-row":
                self.row = self.next_row
                self.repeats = int(attributes.get("table:number-rows-repeated", 1))
                self.next_column = self.farthest = self.row_text = 0
                self.in_row = True
            case "table:table-cell" | "table:covered-table-cell":
                self.column = self.next_column
                self.cell_repeats = int(
                    attributes.get("table:number-columns-repeated", 1)
                )
                self.next_column += self.cell_repeats
                self.in_cell, self.cell_text = True, 0
                if "office:value-type" in attributes:
                    self._say()

    def read(self, text: str) -> None:
        if self.in_cell:
            self.cell_text += len(text)
            if text.strip():
                self._say()

    def _say(self) -> None:
        self.farthest = self.next_column

    def close(self, name: str) -> None:
        match name:
            case "table:table-cell" | "table:covered-table-cell":
                self.row_text += self.cell_text * self.cell_repeats
                self.in_cell = False
            case "table:table-row":
                self.next_row = self.row + self.repeats
                self.in_row = False
                if self.farthest:
                    self._check()

    def _check(self) -> None:
        if self.next_row > self.limits.rows:
            raise Invalid(
                _("A sheet has more than %(limit)s rows. Divide it into several files.")
                % {"limit": self.limits.rows}
            )
        if self.farthest > self.limits.columns:
            raise Invalid(
                _("A sheet has more than %(limit)s columns. Remove what is not needed.")
                % {"limit": self.limits.columns}
            )
        # A reader opens all sheets at once, so their grids add up.
        self.width = max(self.width, self.farthest)
        self.cells = self.finished + self.next_row * self.width
        if self.cells > self.limits.cells:
            raise Invalid(too_many_cells())
        self.text += self.row_text * self.repeats
        if self.text > self.limits.text:
            raise Invalid(too_much_text())


def _refuse(*_declaration: object) -> None:
    # No office program writes one; it could define words that grow without end.
    raise Invalid(not_a_document())
