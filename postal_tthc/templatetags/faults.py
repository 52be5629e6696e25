"""How pages show what is wrong in a file."""

from collections.abc import Iterable
from typing import Any

from django import template

from postal_tthc.lib.fault_groups import grouped
from postal_tthc.lib.tables import Fault

MOST_GROUPS = 300

register = template.Library()


@register.inclusion_tag("components/fault_table.html")
def fault_table(faults: Iterable[Fault]) -> dict[str, Any]:
    """Each fault with its rows, its value and what to do; equal ones once."""
    groups = grouped(faults)
    hidden = sum(len(group.rows) for group in groups[MOST_GROUPS:])
    return {"groups": groups[:MOST_GROUPS], "hidden": hidden}
