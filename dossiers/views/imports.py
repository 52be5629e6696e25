"""Importing a register: choose a file, look at what was judged, write it, undo it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dossiers import paging, permissions
from dossiers.forms.importing import MappingForm, UploadForm
from dossiers.models import ImportedRow, RegisterImport
from dossiers.spreadsheets import background, faulty, importing, mapping
from dossiers.spreadsheets.blank import blank as blank_form
from dossiers.spreadsheets.discarding import discard as discard_import
from dossiers.spreadsheets.summary import from_json
from dossiers.spreadsheets.undoing import check_can_undo
from dossiers.spreadsheets.undoing import undo as undo_import
from postal_tthc import downloads
from postal_tthc.attempting import attempt
from postal_tthc.errors import DomainError
from postal_tthc.lib.tables import NUMBERING, plain

ROWS_SHOWN = 100
Status = RegisterImport.Status


def imports(request: HttpRequest) -> HttpResponse:
    """The files of the organisation, and a place for the next one."""
    permissions.check_can_receive(request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        found = attempt(form, lambda: _take(request, file))
        if found is not None:
            return found
    # Without what may be long: thousands of faults, all columns.
    files = _known(request).select_related("by").defer("faults", "mapping")
    rows, next_key = paging.rows_after(files, request.GET.get("after", ""))
    context = {
        "form": form,
        "rows": rows,
        "next_key": next_key,
        "is_first": not request.GET.get("after"),
    }
    status = 422 if form.errors else 200
    return render(request, "dossiers/imports/list.html", context, status=status)


def _take(request: HttpRequest, file: Any) -> HttpResponse:
    """Keep the file and judge it; a large one is judged in the background."""
    is_small = file.size <= background.SMALL_FILE
    sheets = importing.read_sent(file, file.name) if is_small else None
    source = importing.keep(file, file.name, by=request.user, at=timezone.now())
    if not is_small:
        return redirect(background.start_judging(source, by=request.user))
    importing.judge(source, by=request.user, sheets=sheets, now=timezone.now())
    return redirect("dossiers:import", source.pk)


@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The blank form."""
    permissions.check_can_receive(request.user)
    return downloads.workbook(blank_form(), "mau-so-theo-doi-ho-so.xlsx")


def register_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What was judged; posted, it is judged again with the mapping that was chosen."""
    source = _find(request, pk)
    form = MappingForm(request.POST or None, kept=source.mapping)
    if request.method == "POST" and form.is_valid():
        found = attempt(form, lambda: _judge_again(request, source, form))
        if found is not None:
            return found
    return _page(request, source, form)


def _judge_again(
    request: HttpRequest, source: RegisterImport, form: MappingForm
) -> HttpResponse:
    try:
        importing.check_waits(source)
        background.check_idle(source)
    except DomainError as error:
        # The form is on the page no more, so the sentence cannot stand beside it.
        messages.error(request, str(error))
        return redirect("dossiers:import", source.pk)
    sheets = importing.read(source)
    places = form.places()
    if form.is_elsewhere:
        places = mapping.propose_at(sheets, places.sheet, places.heading_row)
    else:
        mapping.remember(sheets, places, source.organisation)
    if source.file.size > background.SMALL_FILE:
        source.mapping = source.mapping | places.as_json()
        source.counts = {}
        source.save()
        return redirect(background.start_judging(source, by=request.user))
    now = timezone.now()
    importing.judge(source, by=request.user, places=places, sheets=sheets, now=now)
    return redirect("dossiers:import", source.pk)


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was judged: all of it, or the good rows."""
    source = _find(request, pk)
    skips_faulty = request.POST.get("rows") == "good"
    told = {"by": request.user, "skips_faulty": skips_faulty}
    try:
        background.check_idle(source)
        if source.counts.get("rows", 0) > background.SMALL_LIST:
            importing.check_waits(source)
            return redirect(background.start_writing(source, **told))
        source = importing.write(source, at=timezone.now(), **told)
    except importing.ChangedMeanwhile:
        importing.judge_anew(source, by=request.user, now=timezone.now())
        messages.warning(request, background.said_judged_anew())
        return redirect("dossiers:import", pk)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("dossiers:import", pk)
    messages.success(request, background.said_written(source))
    return redirect("dossiers:import", pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what the file has done."""
    source = _find(request, pk)
    try:
        background.check_idle(source)
        check_can_undo(request.user, source)
        if source.rows.count() > background.SMALL_LIST:
            return redirect(background.start_undoing(source, by=request.user))
        source = undo_import(source, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, background.said_undone(source))
    return redirect("dossiers:import", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what was judged and is not to be written."""
    source = _find(request, pk)
    try:
        discard_import(source, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("dossiers:import", pk)
    messages.success(
        request,
        _("«%(file)s» was taken away; nothing of it had been written.")
        % {"file": source},
    )
    return redirect("dossiers:imports")


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was sent."""
    return downloads.original(_find(request, pk))


@require_safe
def faulty_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The faulty rows as a workbook, each with its reasons."""
    source = _find(request, pk)
    if not source.counts.get("faulty"):
        raise Http404
    found = [from_json(kept) for kept in source.faults]
    sheets = importing.read(source)
    places = mapping.places_from(source.mapping)
    sheet = mapping.sheet_of(sheets, places)
    content = faulty.workbook(sheet, places.heading_row, faulty.reasons(found))
    return downloads.workbook(content, f"dong-co-loi-{source.pk}.xlsx")


def _known(request: HttpRequest) -> Any:
    permissions.check_can_receive(request.user)
    return RegisterImport.objects.filter(organisation=request.user.organisation.scope)


def _find(request: HttpRequest, pk: int) -> RegisterImport:
    return get_object_or_404(_known(request), pk=pk)


def _page(
    request: HttpRequest, source: RegisterImport, form: MappingForm
) -> HttpResponse:
    counts, statuses = source.counts, (Status.JUDGED, Status.FAILED, Status.WRITING)
    job = background.job_of(source)
    is_busy = job is not None and job.is_open
    waits = source.status in statuses and not is_busy
    good = counts.get("new", 0) + counts.get("changed", 0)
    context = {
        "source": source,
        "form": form,
        "job": job if is_busy else None,
        "counts": counts,
        "changes": counts.get("changes", []),
        "changes_hidden": counts.get("changed", 0) - len(counts.get("changes", [])),
        "faults": [from_json(kept) for kept in source.faults],
        "good": good,
        "may_write_all": waits and good and not source.faults,
        "may_write_good": waits and good and bool(source.faults),
        "may_undo": source.status == Status.WRITTEN and not is_busy,
        "waits": waits,
        "is_judged": bool(counts),
        "is_round_trip": {"id", "version"} <= set(source.mapping.get("places", {})),
        "not_read": _not_read(source),
        "unread": _unread(source),
        "notes": counts.get("notes", {}),
        "doubts": counts.get("doubts", []),
        "samples": counts.get("samples", []),
        "written": _written(source),
        "asks_for_columns": _asks_for_columns(source, form),
        "same_file": _same_file(source),
    }
    status = 422 if form.errors else 200
    return render(request, "dossiers/imports/import.html", context, status=status)


def _written(source: RegisterImport) -> list[ImportedRow]:
    """The first rows and what they made or changed."""
    if source.status != Status.WRITTEN:
        return []
    return list(source.rows.select_related("dossier").order_by("number")[:ROWS_SHOWN])


def _not_read(source: RegisterImport) -> list[str]:
    """The sheets beside the one that is read: nobody should miss them unseen."""
    sheets = source.mapping.get("sheets", [])
    return [name for name in sheets if name != source.mapping.get("sheet")]


def _unread(source: RegisterImport) -> list[str]:
    """The columns that say something and are not taken over, by their headings."""
    columns = source.mapping.get("columns", [])
    return [
        f"{x['letter']} – {x['heading']}"
        for x in columns
        if not x["key"] and x["heading"] and plain(x["heading"]) not in NUMBERING
    ]


def _asks_for_columns(source: RegisterImport, form: MappingForm) -> bool:
    """Whether the mapping itself is what has to be mended."""
    headings = source.mapping.get("heading_row", 0)
    is_wrong = any(fault["row"] <= headings for fault in source.faults)
    return bool(form.errors) or source.status == Status.FAILED or is_wrong


def _same_file(source: RegisterImport) -> RegisterImport | None:
    """The import that has written the same file before."""
    known = RegisterImport.objects.filter(
        organisation=source.organisation,
        file_hash=source.file_hash,
        status=Status.WRITTEN,
    )
    return known.exclude(pk=source.pk).first()
