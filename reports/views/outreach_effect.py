"""What each notice or briefing of the outreach ledger changed, as far as it shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postal_tthc.accounts.models import Organisation
from reports.counting.effect import effects
from reports.dashboards import effect as tables
from reports.models import OutreachEvent
from reports.views.choosing import Choice, choose, show


@require_safe
def effect(request: HttpRequest) -> HttpResponse:
    """Take-up of the post before and after each event of the period."""
    choice = choose(request, "reports:effect")
    if isinstance(choice, HttpResponse):
        return choice
    return show(choice, "reports/effect.html", lambda: _page(choice))


def _page(choice: Choice) -> dict[str, Any]:
    within = Organisation.objects.within(choice.organisation)
    events = OutreachEvent.objects.filter(
        organisation__in=within,
        void_reason="",
        held_on__range=(choice.period.start, choice.as_of),
    ).select_related("organisation__parent")
    found = effects(events, choice.seen, today=choice.today)
    shown = (tables.table(found),) if found else ()
    return {
        "tables": shown,
        "screen": choice.screen(_("Outreach and its effect"), *shown),
    }
