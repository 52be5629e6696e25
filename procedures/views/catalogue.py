"""Reading the catalogue: open to everybody (QĐ 45/2016/QĐ-TTg, Điều 13)."""

from dataclasses import dataclass
from datetime import datetime

from auditlog.models import LogEntry
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postal_tthc.accounts.models import Organisation
from procedures.filters import ProcedureFilter
from procedures.models import Decision, Leg, PostalEligibility, Procedure
from procedures.permissions import can_edit
from procedures.querysets import valid_on

PAGE = 50
MOST_DEEDS = 20


@login_not_required
@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Both lists that the law wants posted up, on a named day, with n/N."""
    narrowed = ProcedureFilter(request.GET, queryset=Procedure.objects.all())
    day = narrowed.day
    found = (
        narrowed.qs.in_force(day)
        if narrowed.form.is_valid()
        else Procedure.objects.none()
    )
    paginator = Paginator(found.select_related("field", "agency"), PAGE)
    page = paginator.get_page(request.GET.get("page"))
    decided = PostalEligibility.objects.filter(
        valid_on(day), procedure__in=[x.pk for x in page]
    )
    legs = {(row.procedure_id, row.leg): row for row in decided}
    context = {
        "filter": narrowed,
        "day": day,
        "postal": narrowed.in_force.postal(day).count(),
        "in_force": narrowed.in_force.count(),
        "page": page,
        "rows": [
            (x, legs.get((x.pk, Leg.INTAKE)), legs.get((x.pk, Leg.RETURN)))
            for x in page
        ],
        "doubled": doubled_decisions(day),
        "can_edit": can_edit(request.user),
        "is_narrowed": any(request.GET.get(name) for name in ("q", "field", "post")),
    }
    return render(request, "procedures/list.html", context)


def doubled_decisions(day: object) -> list[tuple[Organisation, list[Decision]]]:
    """Agencies whose catalogue two decisions publish at once: a warning, in words."""
    decisions: dict[Organisation, list[Decision]] = {}
    for row in (
        Decision.objects.in_force(day)
        .filter(publishes_catalogue_of__isnull=False)
        .select_related("publishes_catalogue_of")
    ):
        decisions.setdefault(row.publishes_catalogue_of, []).append(row)
    return [(agency, rows) for agency, rows in decisions.items() if len(rows) > 1]


@login_not_required
@require_safe
def procedure(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its rule, its papers, its two legs over time, its history."""
    procedure = get_object_or_404(
        Procedure.objects.select_related("field", "agency", "decision"), pk=pk
    )
    may_edit = can_edit(request.user, procedure.agency)
    context = {
        "procedure": procedure,
        "papers": procedure.required_papers.all(),
        "eligibilities": procedure.eligibilities.select_related("decision").order_by(
            "leg", "-valid_from"
        ),
        "versions": Procedure.objects.filter(
            agency=procedure.agency, code=procedure.code
        ).order_by("-in_force_from"),
        "can_edit": may_edit,
        "history": _history(procedure) if request.user.is_authenticated else [],
    }
    return render(request, "procedures/detail.html", context)


@dataclass(frozen=True)
class Deed:
    """Who did what to the catalogue, when; old and new values where it changed."""

    who: str
    at: datetime
    subject: str
    deed: str
    changes: list[tuple[str, str, str]]


def _history(procedure: Procedure) -> list[Deed]:
    """Who changed the version or what was decided about it, newest first."""
    logs = LogEntry.objects.get_for_object(procedure)
    rows = procedure.eligibilities.all()
    about_post = LogEntry.objects.get_for_objects(rows) if rows else logs.none()
    both = LogEntry.objects.filter(
        Q(pk__in=logs.values("pk")) | Q(pk__in=about_post.values("pk"))
    )
    newest = both.select_related("actor", "content_type").order_by("-timestamp", "-pk")
    return [_as_deed(entry) for entry in newest[:MOST_DEEDS]]


def _as_deed(entry: LogEntry) -> Deed:
    """A log entry in words: what was made needs no list of its values."""
    deeds = {
        LogEntry.Action.CREATE: _("added"),
        LogEntry.Action.UPDATE: _("changed"),
        LogEntry.Action.DELETE: _("taken away"),
    }
    changes = (
        entry.changes_display_dict if entry.action == LogEntry.Action.UPDATE else {}
    )
    return Deed(
        who=str(entry.actor or ""),
        at=entry.timestamp,
        subject=entry.content_type.name.capitalize(),
        deed=str(deeds.get(entry.action, "")),
        changes=[
            (name, _as_shown(old), _as_shown(new))
            for name, (old, new) in changes.items()
        ],
    )


def _as_shown(value: str) -> str:
    return "–" if value in ("None", "", None) else str(value)
