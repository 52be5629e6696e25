"""The counting: reads dossiers, changes none."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Nothing to start."""

    name = "reports"
    verbose_name = _("Reports")
