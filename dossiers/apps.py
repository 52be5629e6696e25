"""The work: one dossier from the counter to the returned result."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    """Nothing to start: dossiers keep their own log."""

    name = "dossiers"
    verbose_name = _("Dossiers")
