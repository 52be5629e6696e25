"""Who asks: a program with a token, or a person who has signed in to the pages."""

from contextlib import suppress
from typing import Any

from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed

from postal_tthc.accounts.models import User
from postal_tthc.rest.models import ApiToken


class ApiTokenAuthentication(TokenAuthentication):
    """``Authorization: Bearer tthc_…``.

    Knox deletes a token that has expired; here it stays, so that an administrator
    can see what became of it.
    """

    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiToken]:
        """The person and the token, if it still opens anything."""
        try:
            digest = hash_token(token.decode("utf-8"))
        except UnicodeDecodeError:
            digest = ""
        known = ApiToken.objects.select_related("user__organisation__parent")
        found = known.filter(digest=digest).first()
        if found is None or not found.is_usable:
            raise AuthenticationFailed(
                _("This token is not known, has expired or was revoked.")
            )
        _note_use(found)
        return found.user, found

    def authenticate_header(self, request: Any) -> str:
        """What is written before the token."""
        return "Bearer"


def _note_use(token: ApiToken) -> None:
    today = timezone.localdate()
    if token.last_used_on != today:
        # Not worth a refusal while long work has the one writer of SQLite.
        with suppress(OperationalError):
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
