"""Entering a dossier: the page, and the promise shown while typing."""

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers import actions, deadlines, permissions
from dossiers.entry_rules import not_in_force, why_not_by_post
from dossiers.forms import EntryForm, PapersFormSet, papers_for
from dossiers.models import Paper
from postal_tthc.attempting import attempt
from postal_tthc.lib.vietnamese import write_date
from procedures.calendar import working_calendar
from procedures.models import Leg, Procedure
from procedures.working_days import TimeUnit

MOST_GUESSES = 8
MOST_TYPED = 200  # letters of a procedure code or name


def new(request: HttpRequest) -> HttpResponse:
    """One page: fill, save, and on to the dossier or to the next one."""
    permissions.check_can_receive(request.user)
    desk = request.user.organisation
    if request.method != "POST":
        return _page(request, EntryForm(desk=desk), PapersFormSet(prefix="papers"))
    form = EntryForm(request.POST, desk=desk)
    papers = PapersFormSet(request.POST, prefix="papers")
    if "fill" in request.POST:
        return _filled(request, form)
    if not (form.is_ready() and papers.is_valid()):
        return _page(request, form, papers, status=422)
    dossier = attempt(
        form,
        lambda: actions.receive(
            form.instance,
            by=request.user,
            at=timezone.now(),
            papers=_typed_papers(papers),
            item=form.envelope(),
        ),
    )
    if dossier is None:
        return _page(request, form, papers, status=422)
    messages.success(
        request,
        _("Dossier %(code)s was received; the answer is due on %(day)s.")
        % {"code": dossier.code, "day": write_date(dossier.due_on)},
        extra_tags="entry-saved",
    )
    return redirect("dossiers:new") if "next" in request.POST else redirect(dossier)


@require_safe
def promise(request: HttpRequest) -> HttpResponse:
    """The fragment beside the form: procedure, fee, due date, papers to fill in."""
    permissions.check_can_receive(request.user)
    typed = EntryForm(request.GET, desk=request.user.organisation)
    typed.is_valid()
    context = _promise(request, typed)
    procedure = context["procedure"]
    if procedure and request.GET.get("papers_for") != str(procedure.pk):
        context["papers"] = PapersFormSet(
            prefix="papers", initial=papers_for(procedure)
        )
        context["papers_for"] = str(procedure.pk)
    return render(request, "dossiers/_promise.html", context)


def _filled(request: HttpRequest, form: EntryForm) -> HttpResponse:
    """Without JavaScript: the same page with the procedure's papers filled in."""
    form.is_valid()
    blank = PapersFormSet(prefix="papers", initial=papers_for(form.procedure))
    # An unticked box sends nothing, and must not come back ticked.
    typed = {name: request.POST.get(name, "") for name in form.fields}
    kept = EntryForm(initial=typed, desk=request.user.organisation)
    return _page(request, kept, blank, judged=form)


def _page(
    request: HttpRequest,
    form: EntryForm,
    papers: BaseFormSet,
    *,
    status: int = 200,
    judged: EntryForm | None = None,
) -> HttpResponse:
    context = _promise(request, judged or form)
    context |= {"form": form, "papers": papers}
    context["papers_for"] = form["papers_for"].value() or ""
    return render(request, "dossiers/new.html", context, status=status)


def _promise(request: HttpRequest, form: EntryForm) -> dict[str, object]:
    """What is known from what has been typed so far; nothing is refused here."""
    procedure = form.procedure
    typed = (form["procedure_code"].value() or "").replace("\x00", "").strip()
    typed = typed[:MOST_TYPED]
    day = form.day or timezone.localdate()
    context: dict[str, object] = {"procedure": procedure, "typed": typed, "day": day}
    if procedure is None:
        catalogue = Procedure.objects.of(request.user.organisation.scope)
        if typed:
            found = catalogue.in_force(day).matching(typed)
            context["guesses"] = found.select_related("agency")[:MOST_GUESSES]
        return context
    if not procedure.is_in_force(day):
        return context | {"refusal": not_in_force(procedure, day)}
    try:
        calendar = working_calendar(day)
    except ValueError:
        return context
    unit = TimeUnit(procedure.time_unit)
    return context | {
        "promise": deadlines.promise(day, procedure.processing_time, unit, calendar),
        "legs": [(leg.label, why_not_by_post(procedure, leg, day)) for leg in Leg],
    }


def _typed_papers(papers: BaseFormSet) -> list[Paper]:
    return [Paper(**x) for x in papers.cleaned_data if x.get("name")]
