"""Loading a catalogue from Excel: judge the file, look, then load all or nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from postal_tthc import downloads
from postal_tthc.attempting import attempt
from postal_tthc.lib.sheets import read_workbook
from postal_tthc.waiting import WaitingRoom
from procedures import catalogue
from procedures.catalogue import Judgement, Kind
from procedures.filters import ProcedureFilter
from procedures.forms import LoadForm
from procedures.models import Procedure
from procedures.permissions import check_can_edit
from procedures.spreadsheets import exporting

WAITING = WaitingRoom("catalogue_file", "waiting")


def load(request: HttpRequest) -> HttpResponse:
    """Upload and judge; a second press on the judged page loads it."""
    check_can_edit(request.user)
    if request.method != "POST":
        WAITING.forget(request.session)
    form = LoadForm(
        request.POST or None,
        request.FILES or None,
        scope=request.user.organisation.scope,
        has_waiting=bool(WAITING.name(request.session)),
    )
    judgement = None
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["file"]:
            WAITING.keep(request.session, form.cleaned_data["file"])
        judgement = attempt(form, lambda: _judge(request, form))
        if judgement and form.cleaned_data["fingerprint"] == judgement.fingerprint:
            count = attempt(form, lambda: catalogue.load(judgement, by=request.user))
            if count is not None:
                return _loaded(request, count)
    context = {
        "form": form,
        "judgement": judgement,
        "counts": _counts(judgement),
        "waiting": WAITING.name(request.session),
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


def _judge(request: HttpRequest, form: LoadForm) -> Judgement:
    session = request.session
    sheets = read_workbook(WAITING.file(session), name=WAITING.name(session))
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
    WAITING.forget(request.session)
    text = ngettext(
        "%(n)d procedure was written.", "%(n)d procedures were written.", count
    )
    messages.success(request, text % {"n": count})
    return redirect("procedures:list")
