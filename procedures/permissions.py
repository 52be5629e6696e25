"""Who may edit the catalogue: a pair of check (raises) and can (answers)."""

from typing import Any

from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Refused, allows


def check_can_edit(user: Any, agency: Organisation | None = None) -> None:
    """Only a catalogue manager, and only for the own organisation."""
    if not user.is_authenticated or not user.may(Ability.EDIT_CATALOGUE):
        raise Refused(_("Only a catalogue manager edits the catalogue."))
    ours = Organisation.objects.within(user.organisation.scope)
    if agency is not None and not ours.filter(pk=agency.pk).exists():
        raise Refused(
            _("The catalogue of %(agency)s is edited by its own organisation.")
            % {"agency": agency}
        )


def can_edit(user: Any, agency: Organisation | None = None) -> bool:
    """Whether to offer it."""
    return allows(check_can_edit, user, agency)
