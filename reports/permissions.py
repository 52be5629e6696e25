"""Who may read figures, and whose."""

from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Refused


def readable(user: User) -> list[Organisation]:
    """The organisations whose figures this person may read: the own and those below.

    Raises ``Refused`` for a role without figures.
    """
    at_post_office = (
        user.organisation and user.organisation.kind == Organisation.Kind.POST_OFFICE
    )
    if at_post_office or not user.may(Ability.READ_FIGURES):
        raise Refused(
            _("The role «%(role)s» does not include figures.")
            % {"role": user.get_role_display()}
        )
    scope = user.organisation.scope
    below = Organisation.objects.within(scope).filter(
        kind__in=[Organisation.Kind.PROVINCE, Organisation.Kind.AGENCY]
    )
    return sorted(below, key=lambda x: (x.pk != scope.pk, x.name))


def chosen(user: User, symbol: str) -> Organisation:
    """The organisation asked for by its symbol; without one, the own.

    Raises ``Refused`` when its figures are not this person's to read.
    """
    organisations = readable(user)
    if not symbol:
        return organisations[0]
    for organisation in organisations:
        if organisation.symbol == symbol:
            return organisation
    raise Refused(_("The figures of %(symbol)s belong to others.") % {"symbol": symbol})
