"""Who may collect, who may read what was collected, who may hand in a return."""

from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Invalid, Refused, allows
from reports.consolidation.membership import reporting_below


def collector_of(user: User) -> Organisation:
    """The organisation whose people collect; raises ``Refused`` or ``Invalid``."""
    if user.organisation is None:
        raise Refused(_("This account belongs to no organisation."))
    collector = user.organisation.scope
    check_can_read(user, collector)
    return collector


def check_collects(collector: Organisation) -> None:
    """Only a province has organisations below it that report."""
    if collector.kind != Organisation.Kind.PROVINCE:
        raise Invalid(
            _(
                "%(name)s collects from nobody: only a province has organisations "
                "below it that report."
            )
            % {"name": collector}
        )


def check_can_read(user: User, collector: Organisation) -> None:
    """The collecting organisation's own people with figures, and its consolidators.

    A desk that serves the province sees the dossiers of its own counter only, so
    its clerks do not read the figures of all agencies.
    """
    check_collects(collector)
    home = user.organisation
    is_ours = home is not None and (
        home.pk == collector.pk
        or (home.scope.pk == collector.pk and user.may(Ability.CONSOLIDATE))
    )
    if not is_ours or not user.may(Ability.READ_FIGURES):
        raise Refused(
            _("The figures collected by %(name)s are read there.") % {"name": collector}
        )


def check_can_collect(user: User, collector: Organisation) -> None:
    """The consolidator of the collecting organisation."""
    check_can_read(user, collector)
    if not user.may(Ability.CONSOLIDATE):
        raise Refused(
            _("The role «%(role)s» does not include «%(ability)s».")
            % {
                "role": user.get_role_display(),
                "ability": Ability.CONSOLIDATE.label,
            }
        )


def can_collect(user: User, collector: Organisation) -> bool:
    """Whether to offer what a consolidator does."""
    return allows(check_can_collect, user, collector)


def check_can_hand_in(user: User, organisation: Organisation) -> None:
    """A consolidator above it, or a writer of reports of the organisation itself.

    Raises ``Invalid`` for one that hands in to nobody.
    """
    collector = organisation.parent
    if collector is None or organisation not in reporting_below(collector):
        raise Invalid(
            _("%(name)s hands in its figures to nobody.") % {"name": organisation}
        )
    home = user.organisation
    is_own = home is not None and organisation.pk in (home.pk, home.scope.pk)
    if is_own and user.may(Ability.WRITE_REPORTS):
        return
    if not can_collect(user, collector):
        raise Refused(
            _(
                "The figures of %(name)s are handed in by its own writers of reports "
                "or by the consolidator of %(collector)s."
            )
            % {"name": organisation, "collector": collector}
        )


def can_hand_in(user: User, organisation: Organisation) -> bool:
    """Whether to offer the form."""
    return allows(check_can_hand_in, user, organisation)
