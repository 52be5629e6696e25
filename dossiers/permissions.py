"""Who may do what to which dossier: pairs of check (raises) and can (answers)."""

from django.utils.translation import gettext as _

from dossiers.models import CustodyEntry, Dossier
from dossiers.models.custody import Step
from dossiers.statuses import CLOSED, NEXT, Status
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, Refused, allows

# Which ability moves a dossier into a status.
ABILITY_FOR: dict[Status, Ability] = {
    Status.PROCESSING: Ability.PROCESS,
    Status.RESULT_READY: Ability.PROCESS,
    Status.REFUSED: Ability.PROCESS,
    Status.WITHDRAWN: Ability.RECEIVE,
    Status.RETURNED: Ability.RETURN,
}


def _check_ability(user: User, ability: Ability) -> None:
    if not user.may(ability):
        raise Refused(
            _("%(name)s may not do this: the role «%(role)s» does not include it.")
            % {"name": user, "role": user.get_role_display()}
        )


def check_can_receive(user: User, agency: Organisation | None = None) -> None:
    """Only a clerk receives, for the agencies that the own counter serves."""
    _check_ability(user, Ability.RECEIVE)
    kinds = Organisation.Kind
    if user.organisation.kind not in (kinds.DESK, kinds.AGENCY):
        raise Refused(
            _("%(name)s has no counter that receives dossiers.")
            % {"name": user.organisation}
        )
    served = Organisation.objects.within(user.organisation.scope)
    if agency is not None and not served.filter(pk=agency.pk).exists():
        raise Refused(
            _("%(desk)s does not receive dossiers for %(agency)s.")
            % {"desk": user.organisation, "agency": agency}
        )


def _check_sees(user: User, dossier: Dossier) -> None:
    if not Dossier.objects.visible_to(user).filter(pk=dossier.pk).exists():
        raise Refused(
            _("Dossier %(code)s belongs to another organisation.")
            % {"code": dossier.code}
        )


def check_can_move(user: User, dossier: Dossier, to: Status) -> None:
    """The role may do it, the dossier is ours, and the table has the move."""
    _check_ability(user, ABILITY_FOR[to])
    _check_sees(user, dossier)
    if to not in NEXT[Status(dossier.status)]:
        raise Conflict(
            _("Dossier %(code)s is «%(status)s», so it cannot become «%(to)s».")
            % {
                "code": dossier.code,
                "status": dossier.get_status_display(),
                "to": to.label,
            }
        )


def can_move(user: User, dossier: Dossier, to: Status) -> bool:
    """Whether to offer the move."""
    return allows(check_can_move, user, dossier, to)


def moves(user: User, dossier: Dossier) -> list[Status]:
    """The moves to offer, in the order of the statuses."""
    return [to for to in ABILITY_FOR if can_move(user, dossier, to)]


def check_can_correct(user: User, dossier: Dossier) -> None:
    """A clerk corrects people and addresses until the dossier is closed."""
    _check_ability(user, Ability.RECEIVE)
    _check_sees(user, dossier)
    if dossier.status in CLOSED:
        raise Conflict(
            _("Dossier %(code)s is closed and is not changed any more.")
            % {"code": dossier.code}
        )


def can_correct(user: User, dossier: Dossier) -> bool:
    """Whether to offer the correction."""
    return allows(check_can_correct, user, dossier)


def check_can_take_back(user: User, dossier: Dossier) -> None:
    """Whoever made the last move may take it back; a leader may take back any."""
    _check_sees(user, dossier)
    last = last_move(dossier)
    if last is None:
        raise Conflict(
            _("Dossier %(code)s has only been received; there is no step to take back.")
            % {"code": dossier.code}
        )
    if last.by_id != user.pk:
        _check_ability(user, Ability.TAKE_BACK)


def can_take_back(user: User, dossier: Dossier) -> bool:
    """Whether to offer it."""
    return allows(check_can_take_back, user, dossier)


def standing_moves(dossier: Dossier) -> list[CustodyEntry]:
    """The receipt and the moves that stand, those taken back left out."""
    standing: list[CustodyEntry] = []
    for entry in dossier.custody.order_by("sequence"):
        if entry.step == Step.TAKEN_BACK:
            standing.pop()
        elif entry.step != Step.CORRECTED:
            standing.append(entry)
    return standing


def last_move(dossier: Dossier) -> CustodyEntry | None:
    """The last move that stands; None when there is only the receipt."""
    standing = standing_moves(dossier)
    return standing[-1] if len(standing) > 1 else None
