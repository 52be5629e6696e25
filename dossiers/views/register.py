"""The register: tabs, filters, chips, pages; the refusals; the jump to one dossier."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dossiers import paging, permissions
from dossiers.filters import ANY_REASON, TABS, DossierFilter, narrow_to_tab
from dossiers.item_numbers import tidy
from dossiers.models import Dossier
from dossiers.statuses import WhyNotPost
from dossiers.why_not import refusals
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import allows


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers this visitor may see, newest first."""
    visible = Dossier.objects.visible_to(request.user)
    narrowed = DossierFilter(request.GET, queryset=visible, request=request)
    found = narrowed.qs if narrowed.form.is_valid() else visible.none()
    tab = request.GET.get("tab", "all")
    tab = tab if tab in TABS else "all"
    tabs = [
        {
            "name": name,
            "label": x.label,
            "count": paging.count(narrow_to_tab(found, name)),
        }
        for name, x in TABS.items()
    ]
    page = paging.page(
        # Not joined: without statistics SQLite would begin with the small table.
        narrow_to_tab(found, tab).prefetch_related("procedure"),
        request.GET.get("after", ""),
    )
    context = {
        "filter": narrowed,
        "chips": narrowed.chips(),
        "tabs": tabs,
        "tab": tab,
        "count": next(x["count"] for x in tabs if x["name"] == tab),
        "page": page,
        "is_first": not request.GET.get("after"),
        "can_read_figures": request.user.may(Ability.READ_FIGURES),
        "can_import": allows(permissions.check_can_receive, request.user),
        "is_narrowed": bool(narrowed.chips()) or not narrowed.form.is_valid(),
    }
    return render(request, "dossiers/list.html", context)


@require_safe
def why_not(request: HttpRequest) -> HttpResponse:
    """How often post was offered and refused, by reason and procedure."""
    permissions.check_ability(request.user, Ability.READ_FIGURES)
    today = timezone.localdate()
    span = {
        "received_from": request.GET.get("received_from", f"01/01/{today.year}"),
        "received_to": request.GET.get("received_to", f"{today:%d/%m/%Y}"),
    }
    visible = Dossier.objects.visible_to(request.user)
    narrowed = DossierFilter(span, queryset=visible, request=request)
    is_valid = narrowed.form.is_valid()
    found = refusals(narrowed.qs if is_valid else visible.none())

    def cell(number: int, reason: str, code: str = "") -> dict[str, Any]:
        """A number, and where its dossiers stand."""
        query = {"why_not": reason, "procedure": code, **span}
        kept = {name: value for name, value in query.items() if value}
        return {
            "number": number,
            "address": f"{reverse('dossiers:list')}?{urlencode(kept)}",
        }

    context = {
        "filter": narrowed,
        "reasons": WhyNotPost.labels,
        "rows": [
            {
                "code": row.code,
                "name": row.name,
                "cells": [cell(n, reason, row.code) for reason, n in row.cells],
                "total": cell(row.total, ANY_REASON, row.code),
            }
            for row in found.rows
        ],
        "totals": [cell(n, reason) for reason, n in found.totals],
        "total": cell(found.total, ANY_REASON),
        "is_running": is_valid and _reaches(narrowed, today),
    }
    return render(request, "dossiers/why_not.html", context)


def _reaches(narrowed: DossierFilter, today: date) -> bool:
    """Whether the period is not over yet."""
    end = narrowed.form.cleaned_data["received_to"]
    return end is None or end >= today


@require_safe
def jump(request: HttpRequest) -> HttpResponse:
    """Open the one dossier with this code or item number, else search for it."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    visible = Dossier.objects.visible_to(request.user)
    found = visible.referred_to(words).first()
    if found is None and words:
        carried = visible.filter(postal_items__number=tidy(words)).distinct()[:2]
        found = carried[0] if len(carried) == 1 else None
    if found is not None:
        return redirect(found)
    return redirect(f"{reverse('dossiers:list')}?{urlencode({'q': words})}")
