"""Who may do what to which dossier: pairs of check (raises) and can (answers)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dossiers.models import CustodyEntry, Dossier, Handover, PostalItem
from dossiers.postal_statuses import ItemStatus
from dossiers.statuses import CLOSED, MOVES, ReturnChannel, Status, Step
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, Refused, allows

# What counts as a step of its own; the rest of the log is told, and stays.
UNDONE_BY_TAKING_BACK = frozenset(
    {*MOVES, Step.IMPORTED, Step.REAPPOINTED, Step.PAPERS_MOVED}
)


def check_ability(user: User, ability: Ability) -> None:
    """The role has the ability."""
    if not user.may(ability):
        raise Refused(
            _("%(name)s may not do this: the role «%(role)s» does not include it.")
            % {"name": user, "role": user.get_role_display()}
        )


def check_can_receive(user: User, agency: Organisation | None = None) -> None:
    """Only a clerk receives, for the agencies that the own counter serves."""
    check_ability(user, Ability.RECEIVE)
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


def check_can_announce(user: User, agency: Organisation | None = None) -> None:
    """A postal clerk announces for the agencies of the province, a clerk for hers."""
    check_ability(user, Ability.ANNOUNCE)
    if user.organisation.kind != Organisation.Kind.POST_OFFICE:
        check_can_receive(user, agency)
        return
    served = Organisation.objects.within(user.organisation.scope)
    if agency is not None and not served.filter(pk=agency.pk).exists():
        raise Refused(
            _("%(office)s does not carry dossiers to %(agency)s.")
            % {"office": user.organisation, "agency": agency}
        )


def check_sees(user: User, dossier: Dossier) -> None:
    """The dossier is one of those this person may see."""
    if not Dossier.objects.visible_to(user).filter(pk=dossier.pk).exists():
        raise Refused(
            _("Dossier %(code)s belongs to another organisation.") % {"code": dossier}
        )


def check_can_move(user: User, dossier: Dossier, step: Step) -> None:
    """The role may do it, the dossier is ours, and the table has the move."""
    move = MOVES[step]
    check_ability(user, move.ability)
    check_sees(user, dossier)
    if dossier.status not in move.sources:
        raise Conflict(
            _("Dossier %(code)s is «%(status)s», so it cannot become «%(to)s».")
            % {
                "code": dossier,
                "status": dossier.get_status_display(),
                "to": move.to.label,
            }
        )
    _check_way_out(dossier, step)


def _check_way_out(dossier: Dossier, step: Step) -> None:
    """A result leaves the way it was asked for; one that came back, either way."""
    by_post = dossier.return_channel == ReturnChannel.PUBLIC_POST
    if step == Step.HANDED_TO_POST and not by_post:
        raise Conflict(
            _("The result of %(code)s does not go by post: correct the way out first.")
            % {"code": dossier}
        )
    if step == Step.RETURNED and by_post and dossier.status == Status.RESULT_READY:
        raise Conflict(
            _(
                "The result of %(code)s goes by post: hand it to the post, or correct "
                "the way out first."
            )
            % {"code": dossier}
        )


def can_move(user: User, dossier: Dossier, step: Step) -> bool:
    """Whether to offer the move."""
    return allows(check_can_move, user, dossier, step)


def check_can_receive_registered(user: User, dossier: Dossier) -> None:
    """Without handover minutes, only what was registered is received."""
    check_can_move(user, dossier, Step.RECEIVED)
    if dossier.status == Status.ANNOUNCED:
        raise Conflict(
            _(
                "Dossier %(code)s comes by post: it is received with the handover "
                "minutes that the postman signs."
            )
            % {"code": dossier}
        )


def check_can_correct(user: User, dossier: Dossier) -> None:
    """A clerk corrects people and addresses until nothing is owed any more."""
    check_ability(user, Ability.RECEIVE)
    check_sees(user, dossier)
    if dossier.closed_on:
        raise Conflict(
            _("Dossier %(code)s is closed and is not changed any more.")
            % {"code": dossier}
        )


def can_correct(user: User, dossier: Dossier) -> bool:
    """Whether to offer the correction."""
    return allows(check_can_correct, user, dossier)


def check_can_reappoint(user: User, dossier: Dossier) -> None:
    """The agency promises a new date once, while its clock runs."""
    check_ability(user, Ability.PROCESS)
    check_sees(user, dossier)
    if dossier.status not in (Status.RECEIVED, Status.PROCESSING):
        raise Conflict(
            _("Dossier %(code)s is «%(status)s»: no answer is being worked on.")
            % {"code": dossier, "status": dossier.get_status_display()}
        )
    if any(entry.step == Step.REAPPOINTED for entry in standing_moves(dossier)):
        raise Conflict(
            _(
                "Dossier %(code)s has been given a new date before; the law allows "
                "one (NĐ 61/2018/NĐ-CP, Điều 19.9)."
            )
            % {"code": dossier}
        )


def can_reappoint(user: User, dossier: Dossier) -> bool:
    """Whether to offer a new date."""
    return allows(check_can_reappoint, user, dossier)


def check_can_give_back(user: User, dossier: Dossier) -> None:
    """Papers of a dossier that has ended go home from the desk.

    Of one that ended early they wait there; of one whose result was returned only
    what had been lost and was found.
    """
    check_ability(user, Ability.RETURN)
    check_sees(user, dossier)
    if dossier.status not in CLOSED or dossier.closed_on:
        raise Conflict(
            _("Dossier %(code)s is «%(status)s»: no paper waits to go home.")
            % {"code": dossier, "status": dossier.get_status_display()}
        )


def can_give_back(user: User, dossier: Dossier) -> bool:
    """Whether to offer giving papers back."""
    return allows(check_can_give_back, user, dossier)


def check_can_hand_over(user: User, desk: Organisation) -> None:
    """A clerk counts and signs for the desks of the own agency."""
    check_can_receive(user)
    ours = Organisation.objects.within(user.organisation.scope)
    if not ours.filter(pk=desk.pk).exists():
        raise Refused(
            _("The minutes of %(desk)s are kept by its own clerks.") % {"desk": desk}
        )


def can_hand_over(user: User, desk: Organisation) -> bool:
    """Whether to offer counting and signing for a desk."""
    return allows(check_can_hand_over, user, desk)


def check_can_sign_for_post(user: User, handover: Handover) -> None:
    """A postal clerk signs for the own post office, after the desk has."""
    check_ability(user, Ability.CARRY)
    if user.organisation_id != handover.post_office_id:
        raise Refused(
            _("%(office)s signs these minutes, with an account of its own.")
            % {"office": handover.post_office}
        )
    if handover.status != Handover.Status.DESK_SIGNED:
        raise Conflict(
            _("Minutes %(minutes)s are «%(status)s»: there is nothing to sign.")
            % {"minutes": handover, "status": handover.get_status_display().lower()}
        )


def can_sign_for_post(user: User, handover: Handover) -> bool:
    """Whether to offer the post's signature."""
    return allows(check_can_sign_for_post, user, handover)


def check_can_cancel_line(user: User, handover: Handover) -> None:
    """A clerk of the desk, or its leader, cancels a line of locked minutes."""
    if not user.may(Ability.TAKE_BACK):
        check_can_hand_over(user, handover.desk)
    elif not Handover.objects.visible_to(user).filter(pk=handover.pk).exists():
        raise Refused(
            _("The minutes of %(desk)s are kept by its own clerks.")
            % {"desk": handover.desk}
        )
    if handover.status != Handover.Status.LOCKED:
        raise Conflict(
            _("Minutes %(minutes)s are not locked: change the line itself.")
            % {"minutes": handover}
        )


def can_cancel_line(user: User, handover: Handover) -> bool:
    """Whether to offer a counter-line."""
    return allows(check_can_cancel_line, user, handover)


def check_can_take_back(user: User, dossier: Dossier) -> None:
    """Whoever made the last move may take it back; a leader may take back any.

    What signed minutes have done is cancelled by a counter-line, not taken back.
    """
    check_sees(user, dossier)
    last = last_move(dossier)
    if last is None:
        raise Conflict(
            _("Dossier %(code)s is at its beginning; there is no step to take back.")
            % {"code": dossier}
        )
    if last.handover_id:
        raise Conflict(
            _(
                "This step was made by the signed minutes %(minutes)s. Cancel their "
                "line with a counter-line instead."
            )
            % {"minutes": last.handover}
        )
    if last.step == Step.PAPERS_MOVED and last.item_id:
        raise Conflict(
            _("The post has the papers in item %(number)s; their way is told there.")
            % {"number": last.item}
        )
    if last.step == Step.CAME_BACK and _was_lost(last.item):
        raise Conflict(
            _("Item %(number)s was lost; its incident tells how that ended.")
            % {"number": last.item}
        )
    if last.by_id != user.pk:
        check_ability(user, Ability.TAKE_BACK)


def can_take_back(user: User, dossier: Dossier) -> bool:
    """Whether to offer it."""
    return allows(check_can_take_back, user, dossier)


def _was_lost(item: PostalItem | None) -> bool:
    lost = {"status": ItemStatus.LOST, "is_void": False}
    return item is not None and item.events.filter(**lost).exists()


def standing_moves(dossier: Dossier) -> list[CustodyEntry]:
    """The beginning and the moves that stand, those undone left out."""
    return standing(dossier.custody.order_by("sequence"))


def standing(entries: Iterable[CustodyEntry]) -> list[CustodyEntry]:
    """The same, of a dossier's entries in their order."""
    found: list[CustodyEntry] = []
    for entry in entries:
        if entry.step in (Step.TAKEN_BACK, Step.CANCELLED_LINE):
            found.pop()
        elif entry.step in UNDONE_BY_TAKING_BACK:
            found.append(entry)
    return found


def last_move(dossier: Dossier) -> CustodyEntry | None:
    """The last move that stands; None when there is only the beginning."""
    standing = standing_moves(dossier)
    return standing[-1] if len(standing) > 1 else None
