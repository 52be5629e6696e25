"""Making and revoking tokens: for administrators, for their own people."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Ability
from postal_tthc.errors import Conflict, Invalid, Refused
from postal_tthc.rest import one_time
from postal_tthc.rest.models import ApiToken, Scope

LONGEST = 366  # days


def check_can_manage(user: User) -> None:
    """Whoever manages accounts manages tokens."""
    if user.organisation is None or not user.may(Ability.MANAGE_ACCOUNTS):
        raise Refused(_("Tokens are made and revoked by an administrator."))


def people(by: User) -> QuerySet[User]:
    """In whose name an administrator may make a token: the own people at work."""
    check_can_manage(by)
    ours = Organisation.objects.within(by.organisation.scope)
    found = User.objects.filter(organisation__in=ours, is_active=True)
    return found.exclude(role="").select_related("organisation").order_by("full_name")


def tokens(by: User) -> QuerySet[ApiToken]:
    """The tokens of the own organisation and those below it."""
    check_can_manage(by)
    ours = Organisation.objects.within(by.organisation.scope)
    found = ApiToken.objects.filter(organisation__in=ours)
    return found.select_related("user", "organisation", "made_by", "revoked_by")


@transaction.atomic
def make(
    user: User, *, name: str, scopes: Collection[str], days: int, by: User
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is never seen again.

    It works for the organisation that ``user`` belongs to now. Raises ``Refused``
    or ``Invalid``.
    """
    if not people(by).filter(pk=user.pk).exists():
        raise Refused(_("%(name)s belongs to another organisation.") % {"name": user})
    if not scopes or not set(scopes) <= set(Scope.values):
        raise Invalid(_("Choose what the token may be used for."))
    if not 1 <= days <= LONGEST:
        raise Invalid(_("A token holds between 1 and %(n)d days.") % {"n": LONGEST})
    return ApiToken.objects.create(
        user,
        expiry=timedelta(days=days),
        organisation=user.organisation,
        name=name,
        scopes=sorted(scopes),
        made_by=by,
    )


@transaction.atomic
def make_once(form_value: str, *, by: User, **values: Any) -> str:
    """The secret of a new token; empty when this very form made one before.

    ``form_value`` is what its page gave it (``one_time``); the rest is as for ``make``.
    Raises ``Refused`` or ``Invalid``; then the form may be mended and sent again.
    """
    if not one_time.is_known(form_value):
        raise Invalid(
            _("This form was opened too long ago. Look it over and send it again.")
        )
    if not one_time.is_first(by, form_value):
        return ""
    _token, secret = make(**values, by=by)
    return secret


@transaction.atomic
def revoke(token: ApiToken, *, by: User) -> ApiToken:
    """From now on it opens nothing. Raises ``Refused`` or ``Conflict``."""
    token = tokens(by).select_for_update(of=("self",)).get(pk=token.pk)
    if token.revoked_at:
        raise Conflict(_("This token was revoked before."))
    token.revoked_at, token.revoked_by = timezone.now(), by
    token.save(update_fields=["revoked_at", "revoked_by"])
    return token
