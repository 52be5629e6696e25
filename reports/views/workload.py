"""What each person did in a period: for the head of the desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Refused
from reports.counting.workload import workload as count_workload
from reports.dashboards import workload as tables
from reports.views.choosing import Choice, choose, show


@require_safe
def workload(request: HttpRequest) -> HttpResponse:
    """Steps by person, by name; refused to whoever does not lead."""
    if not request.user.may(Ability.READ_WORKLOAD):
        raise Refused(
            _(
                "The workload of each person is shown to leaders only; the role "
                "«%(role)s» does not include it."
            )
            % {"role": request.user.get_role_display()}
        )
    choice = choose(request, "reports:workload")
    if isinstance(choice, HttpResponse):
        return choice
    return show(choice, "reports/workload.html", lambda: _page(choice))


def _page(choice: Choice) -> dict[str, Any]:
    days = (choice.period.start, choice.as_of)
    found = count_workload(choice.organisation, choice.counted, *days)
    shown = (tables.table(choice.organisation.symbol, found, choice.span),)
    return {
        "tables": shown,
        "screen": choice.screen(_("Workload"), *shown),
    }
