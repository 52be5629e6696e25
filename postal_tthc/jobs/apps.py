"""Long work, its worker and its pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Named `jobs`, so that its tables are."""

    name = "postal_tthc.jobs"
    label = "jobs"
    verbose_name = _("Background work")
