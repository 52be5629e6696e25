"""The post: how long, how dear, where to, what went wrong, what would be better."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dossiers.models import PostalItem
from reports import counting
from reports.counting.journeys import travels, waiting
from reports.counting.post import cases
from reports.dashboards import post as tables
from reports.views.choosing import Choice, choose, show


@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """Transit and postage by leg, route, commune and weekday (TT 17/2017)."""
    choice = choose(request, "reports:post")
    if isinstance(choice, HttpResponse):
        return choice
    return show(choice, "reports/post.html", lambda: _page(choice))


def _page(choice: Choice) -> dict[str, Any]:
    figures = counting.count(
        choice.organisation, choice.period, today=choice.today, dossiers=choice.seen
    )
    days, today = (choice.period.start, choice.as_of), choice.today
    found = travels(choice.counted, *days, today=today)
    silent = PostalItem.objects.carrying(choice.seen).silent(today).count()
    shown = (
        tables.legs(figures),
        tables.advice(figures, found, waiting(choice.counted, *days)),
        tables.by_route(figures, found),
        tables.by_place(figures, found),
        tables.by_weekday(figures, found),
        tables.failures(figures, found),
        tables.causes(figures, found),
        tables.harm(figures, cases(choice.counted, *days, today=today), silent),
    )
    return {
        "figures": figures,
        "tables": shown,
        "screen": choice.screen(_("The post"), *shown),
    }
