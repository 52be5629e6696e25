"""What the pages of figures and reports share."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from reports.tabs import tabs_for

register = template.Library()


@register.inclusion_tag("reports/_tabs.html", takes_context=True)
def report_tabs(context: Context) -> dict[str, Any]:
    """The pages of figures and reports; the one that holds this page is marked."""
    request = context["request"]
    shown = [(tab.label, reverse(tab.route)) for tab in tabs_for(request.user)]
    holding = [address for _label, address in shown if request.path.startswith(address)]
    return {"tabs": shown, "present": max(holding, key=len, default="")}
