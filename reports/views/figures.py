"""Pages of figures: the leader's dashboard and the yearly report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers.models import Dossier
from postal_tthc import downloads
from postal_tthc.accounts.models import Organisation
from reports import counting, dashboards, layouts, periods, wording
from reports import yearly as yearly_report
from reports.figures import Figures
from reports.forms.periods import PeriodForm
from reports.periods import Period
from reports.permissions import chosen, readable

MOST_PERIODS = 6


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Four numbers that are right, what is late, and the way to the report."""
    organisation = chosen(request.user, request.GET.get("organisation", ""))
    form = PeriodForm(request.GET or None)
    if "year" in request.GET and form.is_valid():
        query = {"period": form.period.word, "organisation": organisation.symbol}
        return redirect(f"{reverse('reports:dashboard')}?{urlencode(query)}")
    period = _asked(request)[:1] or [_latest_year(request)]
    figures = _count(request, organisation, period[0])
    context = {
        "organisation": organisation,
        "organisations": readable(request.user),
        "form": form if form.is_bound and "year" in request.GET else _filled(period[0]),
        "figures": figures,
        "counts": figures.counts,
        "period_name": wording.period_name(figures.period),
        "cards": dashboards.cards(figures),
        "work": dashboards.work(figures),
        "top": dashboards.top_procedures(figures),
        "fields": dashboards.by_field(figures),
        "months": dashboards.months(figures),
        "trend": mark_safe(dashboards.trend(figures)),
        "top_chart": mark_safe(dashboards.top_chart(figures)),
        "suggestions": _suggestions(),
    }
    return render(request, "reports/dashboard.html", context)


@require_safe
def yearly(request: HttpRequest) -> HttpResponse:
    """Choose the periods, read the summary, download the workbook."""
    organisation = chosen(request.user, request.GET.get("organisation", ""))
    asked = _asked(request)
    form = PeriodForm(request.GET if "year" in request.GET else None)
    if form.is_bound and form.is_valid():
        words = [*(x.word for x in asked), form.period.word]
        return redirect(_address("reports:yearly", organisation, words))
    if not asked:
        last = _latest_year(request)
        asked = [periods.parse(str(last.year - 1)), last]
    counted = [_count(request, organisation, x) for x in asked]
    words = [x.word for x in asked]
    context = {
        "organisation": organisation,
        "organisations": readable(request.user),
        "form": form if form.is_bound else _filled(asked[-1]),
        "words": words,
        "columns": [
            (
                x,
                wording.period_name(x.period),
                _address(
                    "reports:yearly",
                    organisation,
                    [w for w in words if w != x.period.word],
                ),
            )
            for x in counted
        ],
        "rows": [_summary_row(row, counted) for row in layouts.SUMMARY],
        "download": _address("reports:download", organisation, words),
    }
    return render(request, "reports/yearly.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The yearly cooperation report as a workbook."""
    organisation = chosen(request.user, request.GET.get("organisation", ""))
    asked = _asked(request) or [_latest_year(request)]
    content = yearly_report.workbook(
        organisation,
        asked,
        today=timezone.localdate(),
        dossiers=_seen(request, organisation),
    )
    name = yearly_report.filename(organisation, asked)
    return downloads.workbook(content, name)


def _seen(request: HttpRequest, organisation: Organisation) -> object:
    return Dossier.objects.of(organisation).visible_to(request.user)


def _count(request: HttpRequest, organisation: Organisation, period: Period) -> Figures:
    return counting.count(
        organisation,
        period,
        today=timezone.localdate(),
        dossiers=_seen(request, organisation),
    )


def _asked(request: HttpRequest) -> list[Period]:
    """The periods in the address, each once, in order; a wrong word is said."""
    found: dict[str, Period] = {}
    words = request.GET.getlist("period")
    if len(words) > MOST_PERIODS:
        text = _("At most %(n)d periods stand side by side; the rest is left out.")
        messages.warning(request, text % {"n": MOST_PERIODS})
    for word in words[:MOST_PERIODS]:
        try:
            period = periods.parse(word)
        except ValueError:
            messages.warning(
                request, _("«%(word)s» is not a period.") % {"word": word[:60]}
            )
        else:
            found[period.word] = period
    return sorted(found.values(), key=lambda x: (x.start, x.end))


def _latest_year(request: HttpRequest) -> Period:
    """This year, or the last one in which anything was received."""
    today = timezone.localdate()
    newest = (
        Dossier.objects.visible_to(request.user)
        # What is only announced has no clock, and PostgreSQL sorts it first.
        .filter(clock_started_on__isnull=False)
        .order_by("-clock_started_on")
        .values_list("clock_started_on", flat=True)
        .first()
    )
    return periods.parse(str((newest or today).year))


def _filled(period: Period) -> PeriodForm:
    """The form as it would ask for this period."""
    if period.part is None:
        return PeriodForm(initial={"start": period.start, "end": period.end})
    return PeriodForm(
        initial={
            "year": period.year,
            "part": period.part,
            "cut_off": period.is_cut_off,
        }
    )


def _suggestions() -> list[tuple[str, str]]:
    today = timezone.localdate()
    month = f"{today:%Y-%m}"
    quarter = f"{today.year}-Q{(today.month - 1) // 3 + 1}"
    words = [month, quarter, str(today.year), str(today.year - 1)]
    return [(word, wording.period_name(periods.parse(word))) for word in words]


def _address(route: str, organisation: Organisation, words: list[str]) -> str:
    query = [("organisation", organisation.symbol), *(("period", x) for x in words)]
    return f"{reverse(route)}?{urlencode(query)}"


def _summary_row(row: layouts.SummaryRow, counted: list[Figures]) -> dict[str, object]:
    cells = [
        {
            "number": layouts.number(x, row.name),
            "ratio": layouts.ratio(x, row.ratio) if row.ratio else None,
            "link": dashboards.link_for(x, row.name),
        }
        for x in counted
        if row.name
    ]
    return {"label": row.label, "level": row.level, "cells": cells}
