"""The leader's dashboard, and the periods side by side."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers.models import Dossier
from postal_tthc import downloads
from reports import counting, dashboards, layouts, periods, wording
from reports import yearly as yearly_report
from reports.counting.comparing import by_part, counts_between, procedures_on
from reports.counting.lateness import lateness
from reports.counting.standing import standing
from reports.counting.take_up import take_up
from reports.dashboards import cards, comparisons, leader, post
from reports.figures import Figures
from reports.forms.periods import PeriodForm
from reports.periods import Period
from reports.permissions import chosen, readable
from reports.views.asking import asked_periods, latest_year
from reports.views.choosing import Choice, address, choose, filled, show


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Four numbers that are right, what is late, what stands open, and why."""
    choice = choose(request, "reports:dashboard")
    if isinstance(choice, HttpResponse):
        return choice
    return show(choice, "reports/dashboard.html", lambda: _leaders_page(choice))


def _leaders_page(choice: Choice) -> dict[str, Any]:
    figures = counting.count(
        choice.organisation, choice.period, today=choice.today, dossiers=choice.seen
    )
    days = (figures.period.start, figures.as_of)
    shown = cards.cards(figures, _year_before(choice))
    now = leader.now(figures, standing(choice.seen, choice.today))
    work = leader.work(figures)
    tables = {
        "post": post.legs(figures),
        "months": leader.months(figures),
        "top": leader.top_procedures(figures),
        "take_up": comparisons.take_up(figures, take_up(choice.counted, *days)),
        "lateness": comparisons.lateness(figures, lateness(choice.counted, *days)),
        "parts": comparisons.parts(
            figures, by_part(choice.organisation, choice.counted, *days)
        ),
        "fields": leader.by_field(figures),
        "refusals": leader.refusals(figures),
    }
    strips = (
        cards.as_table(shown),
        leader.as_table(_("Now"), now),
        leader.as_table(_("Work in the period"), work),
    )
    return {
        "figures": figures,
        "counts": figures.counts,
        "cards": shown,
        "now": now,
        "work": work,
        "tables": tables,
        "screen": choice.screen(_("Dashboard"), *strips, *tables.values()),
    }


def _year_before(choice: Choice) -> cards.YearBefore | None:
    before = cards.comparable(choice.period, choice.as_of)
    if before is None or choice.is_future:
        return None
    organisation, days = choice.organisation, (before.start, before.end)
    return cards.YearBefore(
        *days,
        counts_between(organisation, choice.seen, *days),
        procedures_on(organisation, before.end),
    )


@require_safe
def yearly(request: HttpRequest) -> HttpResponse:
    """Choose the periods, read the summary, download the workbook."""
    organisation = chosen(request.user, request.GET.get("organisation", ""))
    asked = asked_periods(request)
    form = PeriodForm(request.GET if "year" in request.GET else None)
    if form.is_bound and form.is_valid():
        words = [*(x.word for x in asked), form.period.word]
        return redirect(address("reports:yearly", organisation, words))
    if not asked:
        last = latest_year(request)
        asked = [periods.parse(str(last.year - 1)), last]
    counted = [_count(request, organisation, x) for x in asked]
    words = [x.word for x in asked]
    context = {
        "organisation": organisation,
        "organisations": readable(request.user),
        "form": form if form.is_bound else filled(asked[-1]),
        "words": words,
        "columns": [
            (
                x,
                wording.period_name(x.period),
                address(
                    "reports:yearly",
                    organisation,
                    [word for word in words if word != x.period.word],
                ),
            )
            for x in counted
        ],
        "rows": [_summary_row(row, counted) for row in layouts.SUMMARY],
        "download": address("reports:download", organisation, words),
    }
    return render(request, "reports/yearly.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The workbook of the chosen periods, with this visitor's dossiers."""
    organisation = chosen(request.user, request.GET.get("organisation", ""))
    asked = asked_periods(request) or [latest_year(request)]
    content = yearly_report.workbook(
        organisation,
        asked,
        today=timezone.localdate(),
        dossiers=_seen(request, organisation),
    )
    name = yearly_report.filename(organisation, asked)
    return downloads.workbook(content, name)


def _seen(request: HttpRequest, organisation: object) -> object:
    return Dossier.objects.of(organisation).visible_to(request.user)


def _count(request: HttpRequest, organisation: object, period: Period) -> Figures:
    return counting.count(
        organisation,
        period,
        today=timezone.localdate(),
        dossiers=_seen(request, organisation),
    )


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
