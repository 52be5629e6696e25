"""How templates write figures."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def percent(value: Decimal | None) -> str:
    """10,85% with two decimals; a dash when there is no whole."""
    if value is None:
        return "–"
    return f"{number_format(value, decimal_pos=2)}%"


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **values: object) -> str:
    """The present address with some parameters set, or taken away (None)."""
    query = context["request"].GET.copy()
    for name, value in values.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"
