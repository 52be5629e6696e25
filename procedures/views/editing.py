"""Editing the catalogue."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from postal_tthc.attempting import attempt
from procedures import actions
from procedures.forms import EligibilityForm, ProcedureForm, RequiredPapersFormSet
from procedures.models import Field, Procedure, RequiredPaper
from procedures.permissions import check_can_edit

Save = Callable[[Procedure, list[RequiredPaper]], Procedure]


def new(request: HttpRequest) -> HttpResponse:
    """A procedure that is not in the catalogue yet."""
    check_can_edit(request.user)
    return _edit(request, Procedure(), None, _("New procedure"), _save(request))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend a version in place: what was typed wrong, or the day it ends."""
    procedure = get_object_or_404(Procedure, pk=pk)
    check_can_edit(request.user, procedure.agency)
    title = _("Correct the procedure")
    return _edit(request, procedure, procedure, title, _save(request))


def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a procedure from a day on, by a new decision."""
    old = get_object_or_404(Procedure, pk=pk)
    check_can_edit(request.user, old.agency)
    draft = get_object_or_404(Procedure, pk=pk)
    draft.pk, draft._state.adding = None, True
    draft.in_force_from = draft.in_force_to = draft.decision = None

    def save(changed: Procedure, papers: list[RequiredPaper]) -> Procedure:
        return actions.start_version(old, changed, papers, by=request.user)

    return _edit(request, draft, old, _("New version"), save)


def eligibility(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide whether a leg may go by public post, from a day on."""
    procedure = get_object_or_404(Procedure, pk=pk)
    check_can_edit(request.user, procedure.agency)
    form = EligibilityForm(request.POST or None)
    form.instance.procedure = procedure
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(
        form, lambda: actions.decide_eligibility(form.instance, by=request.user)
    ):
        return _saved(request, procedure)
    context = {
        "procedure": procedure,
        "form": form,
        "title": _("Public post"),
        "cancel": procedure.get_absolute_url(),
    }
    return render(
        request, "procedures/form.html", context, status=422 if form.errors else 200
    )


def _save(request: HttpRequest) -> Save:
    return lambda procedure, papers: actions.save_procedure(
        procedure, papers, by=request.user
    )


def _edit(
    request: HttpRequest,
    draft: Procedure,
    shown: Procedure | None,
    title: str,
    save: Save,
) -> HttpResponse:
    """The page of a version with its papers; ``shown`` is the one that stands."""
    form = ProcedureForm(
        request.POST or None, instance=draft, scope=request.user.organisation.scope
    )
    asked = RequiredPaper.objects.filter(procedure=shown)
    papers = RequiredPapersFormSet(
        request.POST or None,
        initial=list(asked.values("name", "form", "quantity")),
        prefix="papers",
    )
    if request.method == "POST" and form.is_valid() and papers.is_valid():
        saved = attempt(form, lambda: save(form.procedure(), _typed(papers)))
        if saved:
            return _saved(request, saved)
    context = {
        "form": form,
        "papers": papers,
        "title": title,
        "procedure": shown,
        "fields": Field.objects.all(),
    }
    wrong = form.errors or any(papers.errors)
    return render(
        request, "procedures/edit.html", context, status=422 if wrong else 200
    )


def _typed(papers: BaseFormSet) -> list[RequiredPaper]:
    return [
        RequiredPaper(name=x["name"], form=x["form"], quantity=x["quantity"])
        for x in papers.cleaned_data
        if x.get("name")
    ]


def _saved(request: HttpRequest, procedure: Procedure) -> HttpResponse:
    messages.success(request, _("%(code)s was saved.") % {"code": procedure.code})
    return redirect(procedure)
