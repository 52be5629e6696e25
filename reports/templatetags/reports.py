"""What the pages of figures and reports share."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from postal_tthc.accounts.roles import Ability
from reports.models import Report
from reports.tabs import tabs_for

register = template.Library()


@register.inclusion_tag("reports/_tabs.html", takes_context=True)
def report_tabs(context: Context) -> dict[str, Any]:
    """The pages of figures and reports; the one that holds this page is marked."""
    request = context["request"]
    shown = [(tab.label, reverse(tab.route)) for tab in tabs_for(request.user)]
    holding = [address for _label, address in shown if request.path.startswith(address)]
    waiting = 0
    if request.user.may(Ability.SIGN_REPORTS):
        waiting = Report.objects.visible_to(request.user).waiting().count()
    return {
        "waiting": waiting,
        "papers": reverse("reports:papers"),
        "tabs": shown,
        "present": max(holding, key=len, default=""),
    }
