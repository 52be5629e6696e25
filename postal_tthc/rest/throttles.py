"""How often somebody may ask: per token, per person, per address of a stranger."""

from typing import Any

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from postal_tthc.rest.models import ApiToken


class Throttle(SimpleRateThrottle):
    """Reading and writing are counted apart; the rates are in ``API_RATES``."""

    def __init__(self) -> None:
        """The rate is known once the request is."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count this request."""
        is_known = bool(request.user and request.user.is_authenticated)
        kind = "read" if request.method in SAFE_METHODS else "write"
        self.scope = kind if is_known else "anonymous"
        self.rate = settings.API_RATES[self.scope]
        self.num_requests, self.duration = self.parse_rate(self.rate)
        return super().allow_request(request, view)

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Whose requests are counted together."""
        if isinstance(request.auth, ApiToken):
            who = f"token-{request.auth.pk}"
        elif request.user and request.user.is_authenticated:
            who = f"user-{request.user.pk}"
        else:
            who = self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": who}
