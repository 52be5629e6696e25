"""What a person exports again and again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation


class ExportTemplate(models.Model):
    """A named choice of columns and filters for an export."""

    name = models.CharField(_("name"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    is_shared = models.BooleanField(
        _("for everybody of the organisation"), default=False
    )
    columns = models.JSONField(default=list)
    query = models.CharField(max_length=2000, blank=True)
    file_format = models.CharField(max_length=10, default="xlsx")

    class Meta:
        verbose_name = _("export template")
        verbose_name_plural = _("export templates")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="export_template_name_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(file_format__in=["xlsx", "csv", "ods"]),
                name="export_format_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
