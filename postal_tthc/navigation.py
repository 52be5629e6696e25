"""The links at the head of every page: one table."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.roles import Ability


class Link(NamedTuple):
    """A link: its words, its route, its icon, who is offered it and who not, its key."""

    label: Promise
    route: str
    icon: str
    ability: Ability | None = None
    needs_login: bool = True
    key: str = ""
    unless: Ability | None = None


LINKS = (
    Link(_("Today"), "dossiers:today", "sun", Ability.SEE_DESK, key="t"),
    Link(_("Dossiers"), "dossiers:list", "inbox-stack"),
    Link(_("New dossier"), "dossiers:new", "plus-circle", Ability.RECEIVE, key="n"),
    Link(
        _("Announce a dossier"),
        "dossiers:new",
        "plus-circle",
        Ability.ANNOUNCE,
        key="n",
        unless=Ability.RECEIVE,
    ),
    Link(_("Postman"), "dossiers:handovers", "truck", Ability.CARRY),
    Link(_("Postal items"), "dossiers:items", "envelope", Ability.CARRY),
    Link(
        _("Dashboard"),
        "reports:dashboard",
        "presentation-chart-line",
        Ability.READ_FIGURES,
    ),
    Link(
        _("Reports"),
        "reports:papers",
        "document-chart-bar",
        Ability.READ_FIGURES,
    ),
    Link(_("Catalogue"), "procedures:list", "book-open", needs_login=False),
    Link(_("Accounts"), "admin:index", "users", Ability.MANAGE_ACCOUNTS),
    Link(_("Connections"), "rest:tokens", "key", Ability.MANAGE_ACCOUNTS),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The links to offer this visitor, and which one is the present page."""
    user = getattr(request, "user", None)
    match = getattr(request, "resolver_match", None)
    route = match.view_name if match else ""

    def is_offered(link: Link) -> bool:
        if not user or not user.is_authenticated:
            return not link.needs_login
        if link.unless is not None and user.may(link.unless):
            return False
        return link.ability is None or user.may(link.ability)

    return {"links": [x for x in LINKS if is_offered(x)], "route": route}
