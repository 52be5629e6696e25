"""Reads a list that somebody sent as .xlsx, .xls, .ods or .csv, without trusting it."""

from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from postal_tthc.errors import Invalid
from postal_tthc.lib import old_workbooks, open_documents
from postal_tthc.lib.grids import Limits
from postal_tthc.lib.packages import MAX_FILE, check_size
from postal_tthc.lib.sheets import Sheet, read_sheets, read_workbook
from postal_tthc.lib.text_tables import read_text_table

LARGE = Limits(rows=200_100, columns=200)
ENDINGS = (".xlsx", ".xls", ".ods", ".csv")


def read_table_file(
    file: BinaryIO, *, name: str, limits: Limits = LARGE
) -> list[Sheet]:
    """The visible sheets, each a grid of cells; a .csv is one sheet without a name.

    ``name`` is the file's name as sent; its ending says how to read it. Raises
    ``Invalid`` with a sentence for the person who sent it.
    """
    ending = PurePath(name).suffix.casefold()
    if ending in (".xls", ".ods", ".csv", ".txt"):
        sent = file.read(MAX_FILE + 1)
        check_size(sent)
        _check_ending(sent, ending)
    match ending:
        case ".csv" | ".txt":
            return read_text_table(sent, limits=limits)
        case ".ods":
            package, from_1904 = open_documents.repack(sent, limits=limits)
            return _read(package, open_documents.not_a_document(), from_1904)
        case ".xls":
            from_1904 = old_workbooks.check(sent, limits=limits)
            book = BytesIO(sent)
            return _read(book, old_workbooks.not_an_old_workbook(), from_1904)
        case ".xlsx" | ".xlsm" | ".xlsb" | ".xltm" | ".xlam":
            return read_workbook(file, name=name, limits=limits)
    raise Invalid(
        _("“%(name)s” is not a list. Choose a file that ends in %(endings)s.")
        % {"name": PurePath(name).name, "endings": ", ".join(ENDINGS)}
    )


def _check_ending(sent: bytes, ending: str) -> None:
    """A workbook under the ending of another kind is told so."""
    begins = {b"PK\x03\x04": (".ods",), old_workbooks.SIGNATURE: (".xls",)}
    for beginning, endings in begins.items():
        if sent.startswith(beginning) != (ending in endings):
            raise Invalid(
                _(
                    "What is in the file does not fit its ending “%(ending)s”. Open it "
                    "and save it again as “Excel Workbook (.xlsx)”."
                )
                % {"ending": ending}
            )


def _read(file: BytesIO, sentence: str, counts_from_1904: bool) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(file) as workbook:
            return read_sheets(workbook, counts_from_1904=counts_from_1904)
    except CalamineError as error:
        raise Invalid(sentence) from error
    except BaseException as error:
        # The reader is Rust; its panic is no Exception, and not ours to die of.
        if type(error).__name__ == "PanicException":
            raise Invalid(sentence) from error
        raise
