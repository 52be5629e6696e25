"""What the pages of figures and reports share."""

from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse

from reports.tabs import tabs_for

register = template.Library()


@register.inclusion_tag("reports/_tabs.html", takes_context=True)
def report_tabs(context: Context) -> dict[str, Any]:
    """The pages of figures and reports, with the present one marked."""
    request = context["request"]
    shown = []
    for tab in tabs_for(request.user):
        try:
            shown.append((tab.label, reverse(tab.route), tab.route))
        except NoReverseMatch:
            continue
    return {"tabs": shown, "route": request.resolver_match.view_name}
