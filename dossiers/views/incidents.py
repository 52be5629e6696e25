"""Incidents: the list, the page of one, and the letter about it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dossiers import paging
from dossiers import postal_permissions as permissions
from dossiers.badges import Badge, until
from dossiers.expectations import call_script
from dossiers.incident_rules import (
    COMPENSATION_SOURCE,
    PAID_WITHIN,
    REISSUE_STEPS,
    REISSUED_AFTER,
    floor_of,
    months_after,
)
from dossiers.item_filters import IncidentFilter
from dossiers.item_history import is_silent, last_news
from dossiers.models import Dossier, Incident, PostalEvent
from dossiers.printing import complaint
from dossiers.querysets import IncidentQuerySet
from dossiers.views.printing import sheet
from procedures.transit import (
    COMPLAINT_SOURCE,
    COMPLAINT_WITHIN_MONTHS,
    answer_days,
)

TABS = {"open": gettext_lazy("Still open"), "all": gettext_lazy("All")}


def visible(request: HttpRequest) -> IncidentQuerySet:
    """The incidents this visitor may see."""
    seen = Incident.objects.visible_to(request.user)
    return seen.select_related("dossier", "item", "item__post_office", "opened_by")


@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """The incidents this visitor may see: what is open first, newest first."""
    today = timezone.localdate()
    asked = IncidentFilter(request.GET, queryset=visible(request), request=request)
    seen = asked.narrowed
    narrowed = {"open": seen.open(), "all": seen}
    tab = request.GET.get("tab", "all" if "counted" in request.GET else "open")
    tab = tab if tab in TABS else "all"
    after = request.GET.get("after", "")
    shown, next_key = paging.rows_after(narrowed[tab], after)
    context = {
        "tabs": [
            (name, label, paging.count(narrowed[name])) for name, label in TABS.items()
        ],
        "tab": tab,
        "chips": asked.chips(),
        "rows": [(incident, _badge(incident, today)) for incident in shown],
        "next_key": next_key,
        "is_first": not after,
    }
    return render(request, "dossiers/incidents/list.html", context)


@require_safe
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an incident: what happened, what is owed, what to do next."""
    incident = get_object_or_404(visible(request), pk=pk)
    user, item = request.user, incident.item
    today = timezone.localdate()
    is_waiting = incident.is_open and incident.kind == Incident.Kind.SILENCE
    context = {
        "incident": incident,
        "badge": _badge(incident, today),
        "papers": incident.papers.select_related("held_by", "dossier"),
        "inside": _inside(request, incident),
        "facts": facts(incident, today),
        "steps": _reissue_steps(incident),
        "news": _news_since(incident, today),
        "script": call_script(item, user) if is_waiting else (),
        "hotline": settings.POSTAL_HOTLINE,
        "can_follow": permissions.can_follow(user, incident),
        "can_resolve": permissions.can_resolve(user, incident),
    }
    return render(request, "dossiers/incidents/incident.html", context)


def _badge(incident: Incident, today: date) -> Badge | None:
    """How far off the post's answer is, while it is owed."""
    due_on = incident.answer_due_on
    is_owed = incident.is_open and due_on and not incident.answered_on
    return until(due_on, today) if is_owed else None


def _inside(request: HttpRequest, incident: Incident) -> Any:
    seen = Dossier.objects.visible_to(request.user)
    if incident.dossier_id:
        return seen.filter(pk=incident.dossier_id)
    return seen.filter(postal_items=incident.item).order_by("pk")


def facts(incident: Incident, today: date) -> dict[str, Any]:
    """The law's days and amounts for this incident, each with its source."""
    item, floor = incident.item, floor_of(incident.kind, incident.liable)
    told: dict[str, Any] = {"paid_within": PAID_WITHIN, "source": COMPENSATION_SOURCE}
    if floor and item:
        told |= {"floor": floor, "floor_dong": floor.dong(item.postage_dong)}
    if item and item.expected_on:
        until = months_after(item.expected_on, COMPLAINT_WITHIN_MONTHS)
        told |= {
            "complain_until": until,
            "is_too_late": not incident.complained_on and until < today,
            "answer_days": answer_days(item.route),
            "complaint_source": COMPLAINT_SOURCE,
        }
    return told


def _reissue_steps(incident: Incident) -> list[tuple[Any, bool]]:
    if incident.kind not in REISSUED_AFTER:
        return []
    done = incident.reissue_done
    return [(label, name in done) for name, label in REISSUE_STEPS.items()]


def _news_since(incident: Incident, today: date) -> PostalEvent | None:
    """The news that came while a case about silence was open, or that ended it."""
    if incident.kind != Incident.Kind.SILENCE or not incident.is_open:
        return None
    last = last_news(incident.item)
    is_new = last is not None and last.at > incident.opened_at
    return last if is_new or not is_silent(incident.item, today) else None


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The complaint to the post, to be printed and signed."""
    incident = get_object_or_404(visible(request), pk=pk)
    permissions.check_can_follow(request.user, incident)
    if incident.item is None:
        raise Http404
    back = incident.get_absolute_url()
    with translation.override("vi"):
        context = complaint.context(incident)
    return sheet(request, "complaint", context, back=back)
