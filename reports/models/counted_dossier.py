"""Which dossiers a signed report counted, so that a later change can be named."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dossiers.models import Dossier
from reports.models.report import Report


class CountedDossier(models.Model):
    """A dossier behind the frozen figures of one period of a report.

    ``sets`` names the counted sets (``dossiers.counted_sets``) it was in. A report
    keeps them for its own periods, and for earlier ones that it adjusts.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="counted")
    period = models.CharField(_("period"), max_length=40)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    sets = models.JSONField(default=list)

    class Meta:
        verbose_name = _("counted dossier")
        verbose_name_plural = _("counted dossiers")
        ordering = ["report", "period", "dossier"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "period", "dossier"],
                name="dossier_is_counted_once_a_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.period} {self.dossier_id}"
