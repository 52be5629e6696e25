"""The work: one dossier from the counter to the returned result."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    """Dossiers keep their own log; only long work is made known here."""

    name = "dossiers"
    verbose_name = _("Dossiers")

    def ready(self) -> None:
        """Name the work that a worker may be asked for."""
        # Models may be imported from here on, not before.
        from dossiers.post_lists import background as post_lists
        from dossiers.spreadsheets import background, serving
        from dossiers.webhooks import sending
        from postal_tthc import jobs

        jobs.register(serving.KIND, serving.work)
        jobs.register(background.KIND, background.work, if_not_done=background.set_back)
        jobs.register(post_lists.KIND, post_lists.work)
        jobs.register_errand(sending.send_some)
