"""Editing the catalogue."""

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


def new(request: HttpRequest) -> HttpResponse:
    """A procedure that is not in the catalogue yet."""
    check_can_edit(request.user)
    form = ProcedureForm(request.POST or None, scope=request.user.organisation.scope)
    papers = _papers(request, RequiredPaper.objects.none())
    if request.method == "POST" and form.is_valid() and papers.is_valid():
        saved = attempt(
            form,
            lambda: actions.save_procedure(
                form.procedure(), _typed(papers), by=request.user
            ),
        )
        if saved:
            messages.success(request, _("%(code)s was saved.") % {"code": saved.code})
            return redirect(saved)
    return _page(request, form, papers, _("New procedure"))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend a version in place: what was typed wrong, or the day it ends."""
    procedure = get_object_or_404(Procedure, pk=pk)
    check_can_edit(request.user, procedure.agency)
    form = ProcedureForm(
        request.POST or None, instance=procedure, scope=request.user.organisation.scope
    )
    papers = _papers(request, procedure.required_papers.all())
    if request.method == "POST" and form.is_valid() and papers.is_valid():
        saved = attempt(
            form,
            lambda: actions.save_procedure(
                form.procedure(), _typed(papers), by=request.user
            ),
        )
        if saved:
            messages.success(request, _("%(code)s was saved.") % {"code": saved.code})
            return redirect(saved)
    return _page(request, form, papers, _("Correct the procedure"), procedure)


def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a procedure from a day on, by a new decision."""
    old = get_object_or_404(Procedure, pk=pk)
    check_can_edit(request.user, old.agency)
    draft = get_object_or_404(Procedure, pk=pk)
    draft.pk, draft._state.adding = None, True
    draft.in_force_from = draft.in_force_to = draft.decision = None
    form = ProcedureForm(
        request.POST or None, instance=draft, scope=request.user.organisation.scope
    )
    papers = _papers(request, old.required_papers.all())
    if request.method == "POST" and form.is_valid() and papers.is_valid():
        saved = attempt(
            form,
            lambda: actions.start_version(
                old, form.procedure(), _typed(papers), by=request.user
            ),
        )
        if saved:
            messages.success(request, _("%(code)s was saved.") % {"code": saved.code})
            return redirect(saved)
    return _page(request, form, papers, _("New version"), old)


def eligibility(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide whether a leg may go by public post, from a day on."""
    procedure = get_object_or_404(Procedure, pk=pk)
    check_can_edit(request.user, procedure.agency)
    form = EligibilityForm(request.POST or None)
    form.instance.procedure = procedure
    if request.method == "POST" and form.is_valid():
        if attempt(
            form, lambda: actions.decide_eligibility(form.instance, by=request.user)
        ):
            messages.success(
                request, _("%(code)s was saved.") % {"code": procedure.code}
            )
            return redirect(procedure)
    context = {"procedure": procedure, "form": form, "title": _("Public post")}
    return render(
        request, "procedures/form.html", context, status=422 if form.errors else 200
    )


def _papers(request: HttpRequest, queryset: object) -> BaseFormSet:
    return RequiredPapersFormSet(
        request.POST or None, queryset=queryset, prefix="papers"
    )


def _typed(papers: BaseFormSet) -> list[RequiredPaper]:
    return [
        RequiredPaper(name=x["name"], form=x["form"], quantity=x["quantity"])
        for x in papers.cleaned_data
        if x.get("name")
    ]


def _page(
    request: HttpRequest,
    form: ProcedureForm,
    papers: BaseFormSet,
    title: str,
    procedure: Procedure | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "papers": papers,
        "title": title,
        "procedure": procedure,
        "fields": Field.objects.all(),
    }
    wrong = form.errors or any(papers.errors)
    return render(
        request, "procedures/edit.html", context, status=422 if wrong else 200
    )
