"""Reference data: what may be asked, of whom, by post or not, how long it takes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    """Nothing to start."""

    name = "procedures"
    verbose_name = _("Catalogue")
