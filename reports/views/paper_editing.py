"""Editing a draft: its facts, its periods, its words."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from postal_tthc.attempting import attempt
from reports import actions, defaults, permissions
from reports.actions.drafting import facts_of
from reports.assembling import Assembly, merged
from reports.documents import WHOLE
from reports.forms.papers import FactsForm, WordsForm
from reports.models import Report, ReportParagraph
from reports.references import ref
from reports.views.asking import asked_periods
from reports.views.papers import names_of, visible
from reports.vocabulary import WHOLE_WORD


def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """What the draft answers, rests on, to whom it goes and who signs it."""
    report = visible(request, pk)
    permissions.check_can_edit(request.user, report)
    form = FactsForm(request.POST or None, instance=report)
    if request.method == "POST" and form.is_valid():
        values = form.facts()
        saved = attempt(
            form,
            lambda: actions.change(
                report,
                by=request.user,
                at=timezone.now(),
                seen=form.cleaned_data["seen"],
                periods=report.periods,
                **values,
            ),
        )
        if saved:
            messages.success(request, _("The report was saved."))
            return redirect("reports:words", report.pk)
    context = {"report": report, "form": form, "names": names_of(report)}
    status = 422 if form.errors else 200
    return render(request, "reports/papers/facts.html", context, status=status)


@require_POST
def change_periods(request: HttpRequest, pk: int) -> HttpResponse:
    """Other periods for a draft; its words follow."""
    report = visible(request, pk)
    asked = asked_periods(request, request.POST)
    facts = facts_of(report)
    words = [x.word for x in asked]
    facts |= {"periods": words, "abstract": defaults.abstract(words)}
    actions.change(
        report,
        by=request.user,
        at=timezone.now(),
        seen=report.revision,
        legal_bases=report.legal_bases.all(),
        **facts,
    )
    return redirect("reports:facts", report.pk)


def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Every paragraph, with the list of figures that it may refer to.

    ``origin`` names a paragraph to be written anew from the figures, after all others
    were saved.
    """
    report = visible(request, pk)
    permissions.check_can_edit(request.user, report)
    assembly = Assembly(report, timezone.localdate())
    form = WordsForm(
        request.POST or None,
        paragraphs=_shown(assembly, is_sent=request.method == "POST"),
        initial={"seen": report.revision},
    )
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: _save(request, report, form)):
        if "origin" in request.POST:
            messages.success(request, _("The paragraph was written anew."))
            return redirect("reports:words", report.pk)
        messages.success(request, _("The words were saved."))
        return redirect(report)
    palette = _palette(assembly)
    context = {
        "report": report,
        "form": form,
        "palette": palette,
        "values": _flat(palette),
    }
    status = 422 if form.errors else 200
    return render(request, "reports/papers/words.html", context, status=status)


def _shown(assembly: Assembly, *, is_sent: bool) -> list[ReportParagraph]:
    """The paragraphs as they would be written now, so that they agree with the list."""
    stored = list(assembly.report.paragraphs.all())
    shown = merged(stored, assembly.written)
    if not is_sent:
        return shown
    # What stood on the page and is not said any more since: its words may be wanted.
    return [*shown, *(x for x in stored if x not in shown)]


@transaction.atomic
def _save(request: HttpRequest, report: Report, form: WordsForm) -> Report:
    now, origins = timezone.now(), request.POST.getlist("origin")
    seen = form.cleaned_data["seen"]
    saved = actions.save_words(report, form.words(), by=request.user, at=now, seen=seen)
    if not origins:
        return saved
    return actions.rewrite(
        saved, by=request.user, at=now, seen=saved.revision, origins=origins
    )


def _palette(assembly: Assembly) -> list[dict[str, Any]]:
    """The references on offer, period by period, then the documents."""
    resolver = assembly.resolver()
    groups = [
        {
            "title": WHOLE if word == WHOLE_WORD else values["name"].text,
            "entries": [
                (ref(word, name), x.label, x.text) for name, x in values.items()
            ],
        }
        for word, values in resolver.values.items()
    ]
    documents = [
        (ref("doc", key), citation.short, citation.full)
        for key, citation in resolver.documents.items()
    ]
    if documents:
        groups.append({"title": _("Documents"), "entries": documents})
    return groups


def _flat(palette: list[dict[str, Any]]) -> dict[str, str]:
    """Every reference and what it stands for, for the editor."""
    return {
        reference: text
        for group in palette
        for reference, _label, text in group["entries"]
    }
