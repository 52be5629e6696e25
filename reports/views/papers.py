"""The reports: their list, their page, their steps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.models import Report


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Every report this person may see, the newest first."""
    shown = Report.objects.visible_to(request.user).select_related("organisation")
    return render(request, "reports/papers/list.html", {"reports": shown})
