"""Catalogue drift: what moved between two days, and what it leaves behind."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from postal_tthc.accounts.models import Organisation
from procedures.models import Decision
from procedures.views.catalogue import doubled_decisions
from reports import counting
from reports.counting.drift import days_of_change, drift, newest_decision
from reports.dashboards import drift as tables
from reports.views.choosing import Choice, choose, show

ONE = timedelta(days=1)
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)


class TwoDaysForm(forms.Form):
    """The two days to compare."""

    before = forms.DateField(
        label=gettext_lazy("Earlier day"),
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}),
    )
    after = forms.DateField(
        label=gettext_lazy("Later day"),
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy"}),
    )

    def clean(self) -> dict[str, Any]:
        """In their order, in this century."""
        values = super().clean()
        before, after = values.get("before"), values.get("after")
        if before and after and not FIRST <= before < after <= LAST:
            raise forms.ValidationError(
                _("The earlier day must lie before the later one.")
            )
        return values


@require_safe
def catalogue_drift(request: HttpRequest) -> HttpResponse:
    """What a new decision changed in the catalogue."""
    choice = choose(request, "reports:drift")
    if isinstance(choice, HttpResponse):
        return choice
    return show(choice, "reports/drift.html", lambda: _page(choice))


def _page(choice: Choice) -> dict[str, Any]:
    organisation, asked = choice.organisation, choice.request.GET
    changes = days_of_change(organisation, choice.today)
    day = _default(choice, changes)
    is_asked = "before" in asked or "after" in asked
    initial = {"before": day - ONE, "after": day}
    form = TwoDaysForm(asked if is_asked else None, initial=initial)
    days = form.cleaned_data if form.is_bound and form.is_valid() else initial
    found = drift(organisation, choice.seen, days["before"], days["after"])
    figures = counting.count(
        organisation, choice.period, today=choice.today, dossiers=choice.seen
    )
    shown = (
        tables.totals(organisation.symbol, found),
        tables.moved(found),
        tables.decisions(_decisions(organisation, days["before"], days["after"])),
        tables.left_behind(organisation.symbol, found),
        tables.unused(figures),
    )
    within = set(Organisation.objects.within(organisation.scope))
    title = _("Catalogue drift, %(before)s → %(after)s") % {
        name: f"{day:%d/%m/%Y}" for name, day in days.items()
    }
    return {
        "figures": figures,
        "days_form": form,
        "days": days,
        "kept": [(name, f"{x:%d/%m/%Y}") for name, x in days.items()],
        "changes": [(x - ONE, x) for x in changes],
        "tables": shown,
        "doubled": [x for x in doubled_decisions(days["after"]) if x[0] in within],
        "screen": choice.screen(title, *shown),
    }


def _default(choice: Choice, changes: list[date]) -> date:
    """The day of the newest decision, if anything changed on it; else the last change."""
    decision = newest_decision(choice.organisation, choice.today)
    if decision and (decision.effective_from in changes or not changes):
        return decision.effective_from
    return changes[0] if changes else choice.today


def _decisions(organisation: Organisation, before: date, after: date) -> list[Decision]:
    within = Organisation.objects.within(organisation.scope)
    return list(
        Decision.objects.filter(
            publishes_catalogue_of__in=within,
            effective_from__gt=before,
            effective_from__lte=after,
        )
    )
