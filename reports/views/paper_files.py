"""A report as a file: Word, PDF, Excel, and the frozen figures as JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from postal_tthc import downloads
from reports import assembling, files
from reports.models import Report
from reports.snapshots import Snapshot, freeze
from reports.views.papers import visible


@require_safe
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as Word, in the layout of NĐ 30/2020/NĐ-CP."""
    report, snapshot = _snapshot(request, pk)
    return downloads.document(files.docx(snapshot), files.filename(report, "docx"))


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word export as PDF; a sentence where LibreOffice is not installed."""
    report, snapshot = _snapshot(request, pk)
    return downloads.pdf(files.pdf(snapshot), files.filename(report, "pdf"))


@require_safe
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of the report as a workbook: frozen ones of a signed report."""
    report, snapshot = _snapshot(request, pk)
    return downloads.workbook(files.xlsx(snapshot), files.filename(report, "xlsx"))


@require_safe
def as_json(request: HttpRequest, pk: int) -> HttpResponse:
    """What is frozen, for who wants to check the content hash."""
    report = visible(request, pk)
    today = timezone.localdate()
    frozen = report.frozen or freeze(assembling.snapshot_of(report, today=today))
    return JsonResponse({"content_hash": report.content_hash, "content": frozen})


def _snapshot(request: HttpRequest, pk: int) -> tuple[Report, Snapshot]:
    report = visible(request, pk)
    return report, assembling.snapshot_to_keep(report, today=timezone.localdate())
