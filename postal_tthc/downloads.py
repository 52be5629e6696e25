"""Files that people keep: sent as attachments, under a name that says what is in them."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from postal_tthc.errors import Conflict

OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX = f"{OFFICE}.spreadsheetml.sheet"
DOCX = f"{OFFICE}.wordprocessingml.document"
PDF = "application/pdf"
# What a list of rows can be downloaded as, by the end of its name.
SPREADSHEETS = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def workbook(content: bytes, name: str) -> HttpResponse:
    """The bytes of a workbook, to be kept under ``name``."""
    return _attachment(content, name, XLSX)


def spreadsheet(content: bytes, name: str, file_format: str) -> HttpResponse:
    """The bytes of a list. Raises ``KeyError`` for an unknown format."""
    return _attachment(content, name, SPREADSHEETS[file_format])


def document(content: bytes, name: str) -> HttpResponse:
    """The bytes of a Word document, to be kept under ``name``."""
    return _attachment(content, name, DOCX)


def pdf(content: bytes, name: str) -> HttpResponse:
    """The bytes of a PDF, to be kept under ``name``."""
    return _attachment(content, name, PDF)


def _attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, content_type=content_type, headers=headers)


def original(kept: Any) -> FileResponse:
    """A file as it was sent to us; ``kept`` has ``file`` and ``file_name``.

    Raises ``Conflict`` when it is no longer in the storage.
    """
    try:
        content = kept.file.open("rb")
    except FileNotFoundError as error:
        raise Conflict(_("The file is no longer here. Choose it again.")) from error
    return FileResponse(
        content,
        as_attachment=True,
        filename=kept.file_name,
        content_type="application/octet-stream",
    )
