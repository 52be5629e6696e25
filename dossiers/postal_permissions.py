"""Who may do what to which postal item or incident: check (raises), can (answers)."""

from datetime import date

from django.utils.translation import gettext as _

from dossiers.item_history import is_silent, last_news, may_go_back
from dossiers.models import Dossier, Incident, PostalItem
from dossiers.permissions import check_ability, check_sees
from dossiers.postal_statuses import NEWS, UNDER_WAY, ItemStatus
from postal_tthc.accounts.models import User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, Refused, allows
from postal_tthc.lib.vietnamese import write_date
from procedures.models import Leg

# Whoever has papers in hand at work may find out that something is wrong with them.
REPORTERS = (Ability.RETURN, Ability.PROCESS, Ability.CARRY)
# News that may turn out to be a mistake; the others have moved dossiers.
MISTAKABLE = frozenset({*NEWS, ItemStatus.ATTEMPTED})


def check_sees_item(user: User, item: PostalItem) -> None:
    """The item carries a dossier that this person may see."""
    if not PostalItem.objects.visible_to(user).filter(pk=item.pk).exists():
        raise Refused(
            _("Item %(number)s belongs to another organisation.") % {"number": item}
        )


def check_can_carry(user: User, item: PostalItem) -> None:
    """The desk and the post may both write down what the post tells."""
    check_ability(user, Ability.CARRY)
    check_sees_item(user, item)


def check_can_tell(user: User, item: PostalItem) -> None:
    """News are told of what the post has."""
    check_can_carry(user, item)
    if item.status not in UNDER_WAY:
        raise Conflict(
            _("Item %(number)s is «%(status)s»: the post does not have it.")
            % {"number": item, "status": item.get_status_display()}
        )


def can_tell(user: User, item: PostalItem) -> bool:
    """Whether to offer writing down news."""
    return allows(check_can_tell, user, item)


def check_can_deliver(user: User, item: PostalItem) -> None:
    """A result is delivered, or fails to be, until it is on its way back."""
    check_can_tell(user, item)
    if item.leg != Leg.RETURN:
        raise Conflict(
            _("Item %(number)s comes in: the handover minutes tell its delivery.")
            % {"number": item}
        )
    if item.status == ItemStatus.COMING_BACK:
        raise Conflict(
            _(
                "Item %(number)s is on its way back. If that was a mistake, void that "
                "news first."
            )
            % {"number": item}
        )


def can_deliver(user: User, item: PostalItem) -> bool:
    """Whether to offer delivery and failed attempts."""
    return allows(check_can_deliver, user, item)


def check_may_go_back(item: PostalItem) -> None:
    """Two attempts, or one that made another hopeless (TT 17/2017, Điều 5.2h)."""
    if not may_go_back(item):
        raise Conflict(
            _(
                "Item %(number)s may not come back yet: the post tries twice, at "
                "least two working days apart, unless the address is wrong, the "
                "recipient has moved or refuses it (TT 17/2017, Điều 5)."
            )
            % {"number": item}
        )


def check_can_take_in(user: User, item: PostalItem) -> None:
    """The desk alone takes in what could not be delivered."""
    check_ability(user, Ability.RETURN)
    check_can_tell(user, item)
    check_may_go_back(item)


def can_take_in(user: User, item: PostalItem) -> bool:
    """Whether to offer taking it in."""
    return allows(check_can_take_in, user, item)


def check_can_void(user: User, item: PostalItem) -> None:
    """Acceptance, delivery and return change dossiers: those are taken back there."""
    check_can_carry(user, item)
    last = last_news(item)
    if last is None or last.status not in MISTAKABLE:
        raise Conflict(
            _(
                "The last entry of item %(number)s moved its dossiers: take the step "
                "back there."
            )
            % {"number": item}
        )


def can_void(user: User, item: PostalItem) -> bool:
    """Whether to offer voiding the last news."""
    return allows(check_can_void, user, item)


def can_carry(user: User, item: PostalItem) -> bool:
    """Whether to offer correcting the facts of an item."""
    return allows(check_can_carry, user, item)


def check_can_open_case(user: User, item: PostalItem, on: date) -> None:
    """The desk asks after an item from the day after news was due, once."""
    check_ability(user, Ability.RETURN)
    check_sees_item(user, item)
    if not is_silent(item, on):
        raise Conflict(
            _("Item %(number)s is not silent: news is due by %(day)s.")
            % {"number": item, "day": write_date(item.news_due_on)}
            if item.news_due_on
            else _("Item %(number)s is not silent: no news of it is due.")
            % {"number": item}
        )
    if item.incidents.open().filter(kind=Incident.Kind.SILENCE).exists():
        raise Conflict(
            _("A case about item %(number)s is open already.") % {"number": item}
        )


def can_open_case(user: User, item: PostalItem, on: date) -> bool:
    """Whether to offer opening a case."""
    return allows(check_can_open_case, user, item, on)


def check_can_report(
    user: User, dossier: Dossier | None = None, item: PostalItem | None = None
) -> None:
    """Desk, officer and post report what they find wrong with what they see."""
    if not any(map(user.may, REPORTERS)):
        check_ability(user, REPORTERS[0])
    if dossier is not None:
        check_sees(user, dossier)
    if item is not None:
        check_sees_item(user, item)


def can_report(
    user: User, dossier: Dossier | None = None, item: PostalItem | None = None
) -> bool:
    """Whether to offer reporting an incident."""
    return allows(check_can_report, user, dossier, item)


def check_can_follow(user: User, incident: Incident) -> None:
    """The desk follows an incident up to its end, and what is paid beyond it."""
    check_ability(user, Ability.RETURN)
    if not Incident.objects.visible_to(user).filter(pk=incident.pk).exists():
        raise Refused(_("This incident belongs to another organisation."))


def can_follow(user: User, incident: Incident) -> bool:
    """Whether to offer writing down what became of it."""
    return allows(check_can_follow, user, incident)


def check_can_resolve(user: User, incident: Incident) -> None:
    """An open incident is resolved once; what stays lost may still be found."""
    check_can_follow(user, incident)
    if not (incident.is_open or incident.papers.filter(outcome="lost").exists()):
        raise Conflict(_("This incident has been resolved."))


def can_resolve(user: User, incident: Incident) -> bool:
    """Whether to offer resolving it."""
    return allows(check_can_resolve, user, incident)
