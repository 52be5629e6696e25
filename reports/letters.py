"""Reads a letter that somebody sent, .txt or .docx, into text, without trusting it.

A .docx is a zip of XML parts, so what unpacks to too much, holds macros or declares
entities is refused before python-docx sees it. Pictures and footnotes are left out.
"""

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError, _Element

from postal_tthc.errors import Invalid
from postal_tthc.lib.packages import ENCRYPTED, MAX_RATIO, MEGABYTE, OLD_CONTAINER

MAX_FILE = 10 * MEGABYTE  # bytes as sent
MAX_UNPACKED = 60 * MEGABYTE  # bytes of all parts together, pictures too
MAX_XML = 12 * MEGABYTE  # bytes of the parts that hold text
MAX_PARTS = 1_000
MAX_CHARACTERS = 300_000  # about 120 pages
REQUIRED_PARTS = {"[Content_Types].xml", "word/document.xml"}
ZIP = b"PK\x03\x04"
DECLARATIONS = [
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
]

LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText")}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BREAKS = {qn("w:br"), qn("w:cr")}


def read(file: BinaryIO, *, name: str) -> str:
    """The text of a letter, composed (NFC): paragraphs and tables in their order.

    Cells of a row of single lines are divided by tabs. Raises ``Invalid`` with one
    sentence for anything that is no readable .txt or .docx.
    """
    sent = file.read(MAX_FILE + 1)
    _check_name(name)
    if len(sent) > MAX_FILE:
        raise Invalid(
            _("The file is larger than %(limit)s MB. Check the text without pictures.")
            % {"limit": MAX_FILE // MEGABYTE}
        )
    if not sent.strip():
        raise Invalid(_("The file is empty."))
    if sent.startswith(OLD_CONTAINER):
        raise Invalid(_protected() if ENCRYPTED in sent else _old_form())
    is_docx = PurePath(name).suffix.casefold() == ".docx"
    text = _text_of_docx(sent) if is_docx else _text_of_txt(sent)
    return checked(text)


def checked(text: str) -> str:
    """The text composed, if it is not too long to be a letter and holds anything."""
    if len(text) > MAX_CHARACTERS:
        raise Invalid(
            _("The text is longer than %(limit)s characters. Check it in parts.")
            % {"limit": f"{MAX_CHARACTERS:,}".replace(",", ".")}
        )
    if not text.strip():
        raise Invalid(_("The file holds no text. A scanned picture cannot be read."))
    return unicodedata.normalize("NFC", text)


def _check_name(name: str) -> None:
    match PurePath(name).suffix.casefold():
        case ".txt" | ".docx":
            return
        case ".docm" | ".dotm":
            raise Invalid(_with_macros())
        case ".doc" | ".dot" | ".rtf":
            raise Invalid(_old_form())
    raise Invalid(
        _(
            "“%(name)s” is neither .txt nor .docx. Save the letter as .docx, or paste it."
        )
        % {"name": PurePath(name).name[:100]}
    )


def _text_of_txt(sent: bytes) -> str:
    if sent.startswith(ZIP):
        raise Invalid(_not_a_text())
    if sent.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif sent[1:200:2].count(0) > len(sent[1:200:2]) // 2:
        encoding = "utf-16-le"
    else:
        encoding = "utf-8-sig"
    try:
        text = sent.decode(encoding)
    except UnicodeDecodeError as error:
        raise Invalid(_not_a_text()) from error
    if "\0" in text:
        raise Invalid(_not_a_text())
    return text


def _text_of_docx(sent: bytes) -> str:
    if not sent.startswith(ZIP):
        raise Invalid(_not_a_letter())
    try:
        with ZipFile(BytesIO(sent)) as package:
            _check_package(package)
        document = Document(BytesIO(sent))
        return "\n".join(_lines(document))
    except (BadZipFile, DeflateError, EOFError, NotImplementedError) as error:
        raise Invalid(_not_a_letter()) from error
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
        # What python-docx meets in a package whose parts do not fit together.
        raise Invalid(_not_a_letter()) from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise Invalid(_protected()) from error


def _check_package(package: ZipFile) -> None:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise Invalid(_with_macros())
    folded = {name.casefold() for name in names}
    if not names >= REQUIRED_PARTS or len(folded) < len(entries):
        raise Invalid(_not_a_letter())
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise Invalid(_unpacks_too_large())
    if unpacked > MEGABYTE and unpacked > packed * MAX_RATIO:
        raise Invalid(_unpacks_too_large())
    _measure(package, entries)


def _measure(package: ZipFile, entries: list[ZipInfo]) -> None:
    """Unpack once within limits: the directory may lie about sizes."""
    left, left_for_xml = MAX_UNPACKED, MAX_XML
    for entry in entries:
        is_xml = entry.filename.casefold().endswith((".xml", ".rels"))
        with package.open(entry) as part:
            content = part.read(min(left, left_for_xml if is_xml else left) + 1)
        left -= len(content)
        left_for_xml -= len(content) if is_xml else 0
        if left < 0 or left_for_xml < 0:
            raise Invalid(_unpacks_too_large())
        if is_xml and any(word in content for word in DECLARATIONS):
            raise Invalid(_not_a_letter())
        if entry.filename == "[Content_Types].xml" and b"macroEnabled" in content:
            raise Invalid(_with_macros())


def _lines(document: DocxDocument) -> Iterator[str]:
    seen: set[str] = set()
    for section in document.sections:
        for header in (section.first_page_header, section.header):
            if header.is_linked_to_previous:
                continue
            lines = "\n".join(_blocks(header._element))
            # A page number alone is no text; one header serves many sections.
            if lines.strip(" \n0123456789") and lines not in seen:
                seen.add(lines)
                yield lines
    yield from _blocks(document.element.body)


def _blocks(parent: _Element) -> Iterator[str]:
    """Paragraphs and rows of tables, in their order."""
    for child in parent:
        if child.tag == qn("w:p"):
            yield from _paragraph(child)
        elif child.tag == qn("w:tbl"):
            for row in child.iterchildren(qn("w:tr")):
                yield from _row(row)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _blocks(child)


def _row(row: _Element) -> Iterator[str]:
    """One line for a row of figures; the cells one after the other for a layout."""
    cells = [list(_blocks(cell)) for cell in row.iter(qn("w:tc")) if _own(cell, row)]
    cells = [[line for line in cell if line.strip()] for cell in cells]
    if all(len(cell) <= 1 and "\n" not in "".join(cell) for cell in cells):
        yield "\t".join(cell[0].replace("\t", " ") if cell else "" for cell in cells)
    else:
        for cell in cells:
            yield from cell


def _own(cell: _Element, row: _Element) -> bool:
    """Whether the cell is of this row, not of a table inside it."""
    return next(cell.iterancestors(qn("w:tr"))) is row


def _paragraph(paragraph: _Element) -> Iterator[str]:
    boxes: list[_Element] = []
    words = "".join(_words(paragraph, boxes))
    is_item = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    yield f"• {words}" if is_item and words.strip() else words
    for box in boxes:
        yield from _blocks(box)


def _words(element: _Element, boxes: list[_Element]) -> Iterator[str]:
    """What a reader sees: insertions, no deletions; boxes of text come after."""
    for child in element:
        if child.tag in LEFT_OUT or child.tag == FALLBACK:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:tab"):
            yield "\t" if element.tag == qn("w:r") else ""
        elif child.tag in BREAKS:
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif child.tag == qn("w:txbxContent"):
            boxes.append(child)
        else:
            yield from _words(child, boxes)


def _not_a_text() -> str:
    return _("The file is no text in UTF-8. Save it as .docx, or paste the text.")


def _not_a_letter() -> str:
    return _("The file is damaged or is not a Word document (.docx).")


def _old_form() -> str:
    return _(
        "This is a document of the old form (.doc). "
        "Open it in Word and save it as “Word Document (.docx)”."
    )


def _protected() -> str:
    return _(
        "The file is protected by a password. "
        "Save a copy without the password and choose that."
    )


def _with_macros() -> str:
    return _(
        "The file contains macros. Save it as “Word Document (.docx)”, "
        "which leaves them out, and choose that."
    )


def _unpacks_too_large() -> str:
    return _(
        "The file unpacks to far more than a letter should hold. "
        "Copy the text into a new document and choose that."
    )
