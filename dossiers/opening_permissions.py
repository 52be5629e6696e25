"""Who may enter totals: a pair of check (raises) and can (answers)."""

from django.utils.translation import gettext as _

from dossiers.permissions import check_ability
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Invalid, Refused, allows


def check_can_enter_totals(user: User, agency: Organisation) -> None:
    """Only for agencies of the own organisation; others have no procedures."""
    check_ability(user, Ability.ENTER_TOTALS)
    ours = Organisation.objects.within(user.organisation.scope)
    if not ours.filter(pk=agency.pk).exists():
        raise Refused(
            _("The totals of %(agency)s are entered by its own organisation.")
            % {"agency": agency}
        )
    if agency.kind != Organisation.Kind.AGENCY:
        raise Invalid(
            _("Totals are entered for an agency; %(name)s decides nothing itself.")
            % {"name": agency}
        )


def can_enter_totals(user: User, agency: Organisation) -> bool:
    """Whether to offer it."""
    return allows(check_can_enter_totals, user, agency)
