"""Loading a catalogue from Excel: judge the file, look, then load all or nothing."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from postal_tthc import downloads
from postal_tthc.attempting import attempt
from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import read_workbook
from procedures import catalogue
from procedures.catalogue import Judgement, Kind
from procedures.filters import ProcedureFilter
from procedures.forms import LoadForm
from procedures.models import Procedure
from procedures.permissions import check_can_edit
from procedures.spreadsheets import exporting

WAITING = "catalogue_file"


def load(request: HttpRequest) -> HttpResponse:
    """Upload and judge; a second press on the judged page loads it."""
    check_can_edit(request.user)
    if request.method != "POST":
        _forget(request)
    form = LoadForm(
        request.POST or None,
        request.FILES or None,
        scope=request.user.organisation.scope,
        has_waiting=WAITING in request.session,
    )
    judgement = None
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["file"]:
            _keep(request, form.cleaned_data["file"])
        judgement = attempt(form, lambda: _judge(request, form))
        if judgement and form.cleaned_data["fingerprint"] == judgement.fingerprint:
            count = attempt(form, lambda: catalogue.load(judgement, by=request.user))
            if count is not None:
                return _loaded(request, count)
    context = {
        "form": form,
        "judgement": judgement,
        "counts": _counts(judgement),
        "waiting": request.session.get(WAITING, {}).get("name"),
    }
    status = 422 if form.errors or (judgement and judgement.faults) else 200
    return render(request, "procedures/load.html", context, status=status)


@login_not_required
@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The blank form to fill in."""
    return downloads.workbook(exporting.blank(), "mau-danh-muc-tthc.xlsx")


@login_not_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is narrowed on the page, in a form that can be loaded again."""
    narrowed = ProcedureFilter(request.GET, queryset=Procedure.objects.all())
    day = narrowed.day
    found = narrowed.qs if narrowed.form.is_valid() else Procedure.objects.none()
    content = exporting.export(found.in_force(day), day)
    return downloads.workbook(content, f"danh-muc-tthc-{day:%Y%m%d}.xlsx")


def _keep(request: HttpRequest, file: Any) -> None:
    """Keep the file until it is loaded, so that nobody chooses it twice."""
    _forget(request)
    _sweep()
    name = default_storage.save(f"waiting/{uuid4().hex}.xlsx", file)
    request.session[WAITING] = {"stored": name, "name": file.name}


def _sweep() -> None:
    """Files that nobody came back for go after a day."""
    if not default_storage.exists("waiting"):
        return
    for name in default_storage.listdir("waiting")[1]:
        stored = f"waiting/{name}"
        age = timezone.now() - default_storage.get_modified_time(stored)
        if age > timedelta(days=1):
            default_storage.delete(stored)


def _forget(request: HttpRequest) -> None:
    waiting = request.session.pop(WAITING, None)
    if waiting:
        default_storage.delete(waiting["stored"])


def _judge(request: HttpRequest, form: LoadForm) -> Judgement:
    waiting = request.session[WAITING]
    try:
        with default_storage.open(waiting["stored"], "rb") as file:
            sheets = read_workbook(file, name=waiting["name"])
    except FileNotFoundError as error:
        _forget(request)
        raise Invalid(_("The file is no longer here. Choose it again.")) from error
    values = form.cleaned_data
    return catalogue.judge(
        sheets,
        organisation=values["agency"],
        on=timezone.localdate(),
        effective_from=values["effective_from"],
        decision=values["decision"],
        end_missing=values["end_missing"],
    )


def _counts(judgement: Judgement | None) -> list[tuple[str, int]]:
    words = {
        Kind.NEW: _("New"),
        Kind.CHANGED: _("Changed"),
        Kind.ELIGIBILITY_CHANGED: _("Only the post changed"),
        Kind.UNCHANGED: _("Unchanged"),
        Kind.ENDED: _("Ended"),
    }
    return [(words[k], n) for k, n in judgement.counts.items()] if judgement else []


def _loaded(request: HttpRequest, count: int) -> HttpResponse:
    _forget(request)
    text = ngettext(
        "%(n)d procedure was written.", "%(n)d procedures were written.", count
    )
    messages.success(request, text % {"n": count})
    return redirect("procedures:list")
