"""Files that people keep: sent as attachments, under a name that says what is in them."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX = f"{OFFICE}.spreadsheetml.sheet"
DOCX = f"{OFFICE}.wordprocessingml.document"
PDF = "application/pdf"


def workbook(content: bytes, name: str) -> HttpResponse:
    """The bytes of a workbook, to be kept under ``name``."""
    return _attachment(content, name, XLSX)


def document(content: bytes, name: str) -> HttpResponse:
    """The bytes of a Word document, to be kept under ``name``."""
    return _attachment(content, name, DOCX)


def pdf(content: bytes, name: str) -> HttpResponse:
    """The bytes of a PDF, to be kept under ``name``."""
    return _attachment(content, name, PDF)


def _attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, content_type=content_type, headers=headers)
