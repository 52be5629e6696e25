"""The legal-basis register: decisions, their days and their scans."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postal_tthc.attempting import attempt
from procedures import actions
from procedures.forms import DecisionForm
from procedures.models import Decision
from procedures.permissions import can_edit, check_can_edit
from procedures.views.catalogue import doubled_decisions


@login_not_required
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision, newest first, and the warning when two say the same thing."""
    today = timezone.localdate()
    context = {
        "decisions": Decision.objects.select_related(
            "publishes_catalogue_of", "replaced_by"
        ),
        "in_force": set(Decision.objects.in_force(today).values_list("pk", flat=True)),
        "doubled": doubled_decisions(today),
        "can_edit": can_edit(request.user),
    }
    return render(request, "procedures/decisions.html", context)


@login_not_required
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision and the procedures it publishes."""
    decision = get_object_or_404(Decision, pk=pk)
    context = {
        "decision": decision,
        "procedures": decision.procedures.all(),
        "can_edit": can_edit(request.user, decision.publishes_catalogue_of),
    }
    return render(request, "procedures/decision.html", context)


@login_not_required
@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The scanned decision, always as a download: it came from outside."""
    decision = get_object_or_404(Decision, pk=pk)
    if not decision.scan:
        raise Http404
    name = f"{decision.short_citation.replace('/', '-')}.pdf"
    return FileResponse(decision.scan.open("rb"), as_attachment=True, filename=name)


def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter or mend a decision."""
    decision = get_object_or_404(Decision, pk=pk) if pk else None
    check_can_edit(request.user, decision and decision.publishes_catalogue_of)
    form = DecisionForm(
        request.POST or None,
        request.FILES or None,
        instance=decision,
        scope=request.user.organisation.scope,
    )
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form, lambda: actions.save_decision(form.instance, by=request.user)
        )
        if saved:
            messages.success(request, _("%(name)s was saved.") % {"name": saved})
            return redirect(saved)
    context = {
        "form": form,
        "title": _("Legal document"),
        "has_file": True,
        "cancel": reverse("procedures:decisions"),
    }
    return render(
        request, "procedures/form.html", context, status=422 if form.errors else 200
    )
