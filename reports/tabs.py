"""The pages of figures and reports, in the order of their tabs: one table."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Ability


class Tab(NamedTuple):
    """A page: its words, its route, who is offered it."""

    label: Promise
    route: str
    ability: Ability = Ability.READ_FIGURES


TABS = (
    Tab(_("Overview"), "reports:dashboard"),
    Tab(_("Post"), "reports:post"),
    Tab(_("Catalogue drift"), "reports:drift"),
    Tab(_("Outreach"), "reports:outreach"),
    Tab(_("Workload"), "reports:workload", Ability.READ_WORKLOAD),
    Tab(_("Reports"), "reports:papers"),
    Tab(_("Side by side"), "reports:yearly"),
    Tab(_("Check a report"), "reports:claims"),
    Tab(_("Consolidation"), "reports:consolidation", Ability.CONSOLIDATE),
    Tab(_("Opening totals"), "reports:totals", Ability.ENTER_TOTALS),
)


def tabs_for(user: User) -> list[Tab]:
    """The pages this person may open."""
    return [tab for tab in TABS if user.may(tab.ability)]
