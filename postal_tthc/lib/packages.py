"""Opens an .xlsx package that somebody sent, without trusting it.

An .xlsx is a zip of XML parts. A few kilobytes of it can unpack to gigabytes,
and two cells in far corners make a reader reserve the whole grid between them
(github.com/tafia/calamine/issues/693). So every part that a reader needs is
unpacked here within limits, measured, and packed again: the reader never sees
the file itself, only what was measured.
"""

import re
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError

from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from postal_tthc.lib.grids import Limits, measure

MEGABYTE = 1024 * 1024
MAX_FILE = 20 * MEGABYTE  # bytes as sent
MAX_UNPACKED = 200 * MEGABYTE  # bytes of all parts together
MAX_RATIO = 200  # unpacked to packed; office files stay far below 100
MAX_PARTS = 2_000

OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
REQUIRED_PARTS = {"[Content_Types].xml", "xl/workbook.xml"}
# Parts of a workbook that hold no cells: pictures, charts, themes, macros.
NEEDED = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|xl/"
    r"(?!charts/|drawings/|theme/|media/|pivot|externalLinks/|customXml/)"
    r".*\.(?:xml|rels))",
    re.IGNORECASE,
)
# The reader drops cells such as #N/A; as text they can be pointed at.
ERROR_CELL = re.compile(rb"(<(?:\w+:)?c\s(?:[^<>]*\s)?)t=([\"'])e\2")


def repack(file: BinaryIO, *, name: str, limits: Limits) -> BytesIO:
    """A fresh package with the measured parts of ``file``, for a reader.

    ``name`` is the file's name as sent. Raises ``Invalid`` with one sentence for
    a file that is too large, no .xlsx, protected by a password or with macros.
    """
    _check_name(name)
    sent = file.read(MAX_FILE + 1)
    _check_container(sent)
    fresh = BytesIO()
    try:
        with ZipFile(BytesIO(sent)) as package, ZipFile(fresh, "w") as copy:
            _check_directory(package)
            parts = _unpack(package)
            measure(parts.values(), limits)
            for part, content in parts.items():
                copy.writestr(part, ERROR_CELL.sub(rb"\1t=\2str\2", content))
    except (BadZipFile, DeflateError, EOFError, NotImplementedError) as error:
        raise Invalid(not_a_workbook()) from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise Invalid(_protected()) from error
    fresh.seek(0)
    return fresh


def _check_name(name: str) -> None:
    match PurePath(name).suffix.casefold():
        case ".xlsx":
            return
        case ".xlsm" | ".xltm" | ".xlsb" | ".xlam":
            raise Invalid(_with_macros())
        case ".xls":
            raise Invalid(_old_form())
    raise Invalid(
        _("“%(name)s” is not an Excel workbook. Choose a file that ends in .xlsx.")
        % {"name": PurePath(name).name}
    )


def check_size(sent: bytes) -> None:
    """A file that is neither too large to be opened nor empty. Raises ``Invalid``."""
    if len(sent) > MAX_FILE:
        raise Invalid(too_large())
    if not sent:
        raise Invalid(_("The file is empty."))


def too_large() -> str:
    """What is said of a file that is larger than ``MAX_FILE``."""
    return _("The file is larger than %(limit)s MB. Divide it into several files.") % {
        "limit": MAX_FILE // MEGABYTE
    }


def _check_container(sent: bytes) -> None:
    check_size(sent)
    if sent.startswith(OLD_CONTAINER):
        raise Invalid(_protected() if ENCRYPTED in sent else _old_form())
    # A zip may stand behind other bytes; readers would differ on what it is.
    if not sent.startswith(b"PK\x03\x04"):
        raise Invalid(not_a_workbook())


def _check_directory(package: ZipFile) -> None:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise Invalid(_with_macros())
    folded = {name.casefold() for name in names}
    if not names >= REQUIRED_PARTS or len(folded) < len(entries):
        raise Invalid(not_a_workbook())
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > MAX_PARTS
        or unpacked > MAX_UNPACKED
        or (unpacked > MEGABYTE and unpacked > packed * MAX_RATIO)
    ):
        raise Invalid(_unpacks_too_large())


def _unpack(package: ZipFile) -> dict[str, bytes]:
    # The directory may lie about sizes, so what comes out is counted as well.
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for entry in package.infolist():
        if NEEDED.fullmatch(entry.filename):
            with package.open(entry) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                raise Invalid(_unpacks_too_large())
            parts[entry.filename] = content
    if b"macroEnabled" in parts["[Content_Types].xml"]:
        raise Invalid(_with_macros())
    return parts


def not_a_workbook() -> str:
    """The sentence for a file that no reader can make sense of."""
    return _("The file is damaged or is not an Excel workbook (.xlsx).")


def _old_form() -> str:
    return _(
        "This is a workbook of the old form (.xls). "
        "Open it in Excel and save it as “Excel Workbook (.xlsx)”."
    )


def _protected() -> str:
    return _(
        "The file is protected by a password. "
        "Save a copy without the password and choose that."
    )


def _with_macros() -> str:
    return _(
        "The file contains macros. Save it as “Excel Workbook (.xlsx)”, "
        "which leaves them out, and choose that."
    )


def _unpacks_too_large() -> str:
    return _(
        "The file unpacks to far more than a list should hold. "
        "Copy the list into a new workbook and choose that."
    )
