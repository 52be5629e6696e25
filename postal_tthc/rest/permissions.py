"""Who may ask at all. What a person may do is for the verbs to say."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from postal_tthc.rest.models import ApiToken, Scope


def scopes_for(view: Any, method: str) -> frozenset[Scope]:
    """The scopes of which a token needs one: to read, or what the view says."""
    if method in SAFE_METHODS:
        return frozenset({Scope.READ})
    return frozenset(getattr(view, "scopes", (Scope.WRITE,)))


class HasScope(BasePermission):
    """Somebody has signed in; a token has one of the scopes that the view asks for."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Raises ``PermissionDenied`` with the scopes that are missing."""
        if not (request.user and request.user.is_authenticated):
            return False
        if not isinstance(request.auth, ApiToken):
            return True
        needed = scopes_for(view, request.method)
        if needed & set(request.auth.scopes):
            return True
        raise PermissionDenied(
            _("The token lacks the scope «%(scopes)s».")
            % {"scopes": ", ".join(sorted(needed))},
            code="missing_scope",
        )


class IsPublic(HasScope):
    """Open to everybody who reads (QĐ 45/2016/QĐ-TTg, Điều 13)."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """A token is asked for its scope all the same."""
        is_anonymous = not (request.user and request.user.is_authenticated)
        if is_anonymous:
            return request.method in SAFE_METHODS
        return super().has_permission(request, view)
