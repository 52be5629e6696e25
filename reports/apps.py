"""The counting: reads dossiers, changes none."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Only long work is made known here."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Name the work that a worker may be asked for."""
        # Models may be imported from here on, not before.
        from postal_tthc import jobs
        from reports import packs
        from reports.consolidation import background

        jobs.register(packs.KIND, packs.work, may_see=packs.may_see)
        jobs.register(
            background.KIND,
            background.work,
            may_see=background.may_see,
            if_not_done=background.clear,
        )
