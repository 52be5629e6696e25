"""The verbs of an incident as pages: report it, follow it up, resolve it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dossiers import actions
from dossiers import postal_permissions as permissions
from dossiers.forms.incidents import FollowUpForm, ReportForm, ResolveForm
from dossiers.models import Dossier, PostalItem
from dossiers.views import item_steps
from dossiers.views.incidents import facts, visible
from postal_tthc.attempting import attempt


def report(request: HttpRequest) -> HttpResponse:
    """Report what is wrong with the papers of a dossier, or with an item."""
    dossier, item = _about(request)
    permissions.check_can_report(request.user, dossier, item)
    form = ReportForm(request.POST or None, dossier=dossier, item=item)
    if request.method == "POST" and form.is_ready():
        by, now = request.user, timezone.now()
        values = form.values()
        incident = attempt(
            form, lambda: actions.report_incident(by=by, at=now, **values)
        )
        if incident:
            messages.success(request, _("The incident was written down."))
            return redirect(incident)
    about = dossier or item
    context = {"form": form, "title": _("Report an incident"), "about": about}
    context["back"] = _back(dossier, item)
    return _page(request, form, context)


def _about(request: HttpRequest) -> tuple[Dossier | None, PostalItem | None]:
    if reference := request.GET.get("dossier", "").replace("\x00", ""):
        seen = Dossier.objects.visible_to(request.user)
        return get_object_or_404(seen.referred_to(reference)), None
    pk = request.GET.get("item", "")
    if not (pk.isdecimal() and len(pk) < 19):
        raise Http404
    return None, item_steps.found(request, int(pk))


def _back(dossier: Dossier | None, item: PostalItem | None) -> str:
    if dossier:
        return dossier.get_absolute_url()
    return reverse("dossiers:item", args=[item.pk])


@require_POST
def open_case(request: HttpRequest, pk: int) -> HttpResponse:
    """News is overdue: open a case about the item."""
    item = item_steps.found(request, pk)
    case = actions.open_silence_case(item, by=request.user, at=timezone.now())
    messages.success(
        request, _("A case was opened. Call the post, then send the complaint.")
    )
    return redirect(case)


def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers for it, complaint, answer, compensation, the new paper."""
    incident = get_object_or_404(visible(request), pk=pk)
    permissions.check_can_follow(request.user, incident)
    form = FollowUpForm(request.POST or None, instance=incident)
    if request.method == "POST" and form.is_valid():
        by, now, values = request.user, timezone.now(), form.values()
        if attempt(form, lambda: actions.follow_up(incident, values, by=by, at=now)):
            messages.success(request, _("The incident was brought up to date."))
            return redirect(incident)
    kept = get_object_or_404(visible(request), pk=pk)
    context = {"title": _("Follow the incident up"), "about": kept, "form": form}
    context |= {
        "back": kept.get_absolute_url(),
        "facts": facts(kept, timezone.localdate()),
    }
    return _page(request, form, context)


def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """How it ended."""
    incident = get_object_or_404(visible(request), pk=pk)
    permissions.check_can_resolve(request.user, incident)
    form = ResolveForm(request.POST or None, incident=incident)
    if request.method == "POST" and form.is_valid():
        by, now, values = request.user, timezone.now(), form.values()
        told = attempt(
            form, lambda: actions.resolve_incident(incident, by=by, at=now, **values)
        )
        if told:
            said = (
                _("What was found is held again; the rest is still lost.")
                if told.is_open
                else _("The incident is resolved.")
            )
            messages.success(request, said)
            return redirect(told)
    context = {"title": _("Resolve the incident"), "about": incident, "form": form}
    context["back"] = incident.get_absolute_url()
    return _page(request, form, context)


def _page(request: HttpRequest, form: Any, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors or getattr(form, "doubts", None) else 200
    return render(request, "dossiers/incidents/form.html", context, status=status)
