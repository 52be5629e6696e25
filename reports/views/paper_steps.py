"""The steps of a report: a question, one verb, one sentence."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from postal_tthc.attempting import attempt
from reports import actions, permissions
from reports.forms.papers import NoteForm, SendForm
from reports.models import ReportEvent
from reports.views.papers import names_of, visible

Step = ReportEvent.Step


class StepPage(NamedTuple):
    """A step: its words, what is asked, what is said before it is done."""

    title: Promise
    form: type[forms.Form]
    verb: Callable[..., Any]
    hint: Promise
    is_grave: bool = False


PAGES: dict[Step, StepPage] = {
    Step.SUBMITTED: StepPage(
        gettext_lazy("Submit for signature"),
        forms.Form,
        actions.submit,
        gettext_lazy(
            "The words are brought up to date with the figures and checked once more. "
            "After that the draft is not changed unless it is taken back."
        ),
    ),
    Step.SIGNED: StepPage(
        gettext_lazy("Sign"),
        forms.Form,
        actions.sign,
        gettext_lazy(
            "Figures and words are frozen under a content hash. What changes later "
            "appears as an adjustment in the next report."
        ),
    ),
    Step.SENT: StepPage(
        gettext_lazy("Number and send"),
        SendForm,
        actions.send,
        gettext_lazy(
            "The number and day as the clerical office gave them: after the "
            "signature, at the latest on the next working day."
        ),
    ),
    Step.TAKEN_BACK: StepPage(
        gettext_lazy("Take back to change"),
        NoteForm,
        actions.take_back,
        gettext_lazy("It becomes a draft again; say what is to be changed."),
    ),
    Step.WITHDRAWN: StepPage(
        gettext_lazy("Withdraw"),
        NoteForm,
        actions.withdraw,
        gettext_lazy(
            "A withdrawn report stays readable with its reason. To put it right, begin "
            "a new version instead."
        ),
        is_grave=True,
    ),
}


def step(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """One step: confirm, then do it."""
    report = visible(request, pk)
    try:
        page = PAGES[Step(to)]
    except (ValueError, KeyError):
        raise Http404 from None
    permissions.check_can_move(request.user, report, Step(to))
    form = page.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, at, values = request.user, timezone.now(), form.cleaned_data
        moved = attempt(form, lambda: page.verb(report, by=by, at=at, **values))
        if moved:
            said = _("The report is now: %(status)s.")
            messages.success(request, said % {"status": moved.get_status_display()})
            return redirect(moved)
    context = {
        "report": report,
        "names": names_of(report),
        "page": page,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "reports/papers/step.html", context, status=status)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new version of a signed report."""
    report = visible(request, pk)
    version = actions.correct(report, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("Version %(n)d was begun; what was signed stays until it is signed.")
        % {"n": version.version},
    )
    return redirect(version)


def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away, after a question."""
    report = visible(request, pk)
    permissions.check_can_edit(request.user, report)
    page = StepPage(
        gettext_lazy("Throw the draft away"),
        forms.Form,
        actions.discard,
        gettext_lazy("Its words are lost. Figures, ledger and dossiers stay."),
        is_grave=True,
    )
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.discard(report, by=request.user, seen=report.revision)
        messages.success(request, _("The draft was thrown away."))
        return redirect("reports:papers")
    context = {"report": report, "names": names_of(report), "page": page, "form": form}
    return render(request, "reports/papers/step.html", context)
