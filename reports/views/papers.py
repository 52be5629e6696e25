"""The reports: their list, their beginning, their page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from reports import actions, adjusting, assembling, defaults, periods, permissions
from reports.assembling import Assembly
from reports.checking import check
from reports.consolidation.permissions import can_hand_in
from reports.forms.periods import PeriodForm
from reports.models import Report, ReportEvent
from reports.views.asking import asked_periods, latest_year
from reports.wording import period_name

Step = ReportEvent.Step
STEPS = (Step.SUBMITTED, Step.SIGNED, Step.SENT, Step.TAKEN_BACK, Step.WITHDRAWN)


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Every report this person may see, the newest first."""
    organisations = permissions.readable(request.user)
    shown = Report.objects.visible_to(request.user).select_related("organisation")
    context = {
        "reports": [(x, names_of(x)) for x in shown],
        "has_many": len(organisations) > 1,
        "may_write": permissions.can_write(request.user, organisations[0]),
        "hands_in": can_hand_in(request.user, organisations[0]),
    }
    return render(request, "reports/papers/list.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Choose the periods; a press begins the draft, which writes itself.

    With ``report`` in the address they are the new periods of that draft.
    """
    organisation = permissions.readable(request.user)[0]
    permissions.check_can_write(request.user, organisation)
    asked = asked_periods(request, request.POST or request.GET)
    report = _draft_of(request)
    form = PeriodForm(request.GET if "year" in request.GET else None)
    if form.is_bound and form.is_valid():
        words = [*(x.word for x in asked), form.period.word]
        return redirect(f"{request.path}?{_query(words, report)}")
    if request.method == "POST" and asked:
        report = _begin(request, organisation, [x.word for x in asked])
        return redirect("reports:facts", report.pk)
    words = [x.word for x in asked]
    context = {
        "organisation": organisation,
        "form": form if form.is_bound else PeriodForm(initial=_suggested(request)),
        "words": words,
        "chosen": [
            (x, period_name(x), _query([w for w in words if w != x.word], report))
            for x in asked
        ],
        "report": report,
        "kept": [("report", report.pk)] if report else [],
    }
    return render(request, "reports/papers/new.html", context)


def _draft_of(request: HttpRequest) -> Report | None:
    """The draft whose periods are to be changed; None for a new one."""
    asked = request.GET.get("report", "")
    if not (asked.isdecimal() and len(asked) < 10):
        return None
    report = visible(request, int(asked))
    permissions.check_can_edit(request.user, report)
    return report


def _begin(request: HttpRequest, organisation: Any, words: list[str]) -> Report:
    facts = defaults.facts(organisation, words)
    return actions.start(
        organisation,
        by=request.user,
        at=timezone.now(),
        legal_bases=defaults.legal_bases(organisation, words),
        **facts,
    )


def _query(words: list[str], report: Report | None) -> str:
    of = [("report", report.pk)] if report else []
    return urlencode([*of, *(("period", word) for word in words)])


def _suggested(request: HttpRequest) -> dict[str, Any]:
    return {"year": latest_year(request).year}


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it stands on paper, with what is to be done next."""
    report = visible(request, pk)
    today = timezone.localdate()
    assembly = Assembly(report, today)
    snapshot = assembling.snapshot_of(report, today=today, assembly=assembly)
    may = permissions.can_edit(request.user, report)
    context = {
        "report": report,
        "paper": snapshot.paper,
        "names": names_of(report),
        "adjustments": snapshot.adjustments,
        "later": adjusting.since(report) if report.is_frozen else (),
        "findings": [] if report.is_frozen else check(assembly),
        "is_intact": not report.is_frozen or assembling.is_intact(report),
        "may_edit": may,
        "may_correct": permissions.can_correct(request.user, report),
        "steps": [
            step for step in STEPS if permissions.can_move(request.user, report, step)
        ],
        "events": report.events.select_related("by"),
        "next_version": Report.objects.filter(replaces=report).first(),
    }
    return render(request, "reports/papers/report.html", context)


@require_safe
def adjusted(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossiers that made a difference, line by line."""
    report = visible(request, pk)
    snapshot = assembling.snapshot_of(report, today=timezone.localdate())
    context = {
        "report": report,
        "names": names_of(report),
        "lines": snapshot.adjustments,
        "later": adjusting.since(report) if report.is_frozen else (),
    }
    return render(request, "reports/papers/adjusted.html", context)


def visible(request: HttpRequest, pk: int) -> Report:
    """The report, if this person may see it. Raises ``Refused`` for a wrong role."""
    permissions.readable(request.user)
    shown = Report.objects.visible_to(request.user)
    return get_object_or_404(shown.select_related("organisation__parent"), pk=pk)


def names_of(report: Report) -> list[str]:
    """The names of its periods, in the visitor's language."""
    return [period_name(periods.parse(word)) for word in report.periods]
