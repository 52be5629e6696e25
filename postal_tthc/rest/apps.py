"""The app of what every route of the API shares."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RestConfig(AppConfig):
    """Tokens, scopes, problems and pages of the API."""

    name = "postal_tthc.rest"
    label = "rest"
    verbose_name = _("API")
