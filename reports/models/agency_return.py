"""What another organisation handed in for a period, as its file said."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation


class AgencyReturn(models.Model):
    """The figures of an organisation for a period, from a filled template.

    ``lines`` holds the judged rows (see ``reports.consolidation``). One return of an
    organisation stands for a period; a wrong one is withdrawn with a reason first.
    """

    collector = models.ForeignKey(
        Organisation,
        verbose_name=_("collected by"),
        on_delete=models.PROTECT,
        related_name="returns_collected",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="returns",
    )
    period = models.CharField(_("period"), max_length=40)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    lines = models.JSONField(default=list)
    file = models.FileField(_("file"), upload_to="returns/%Y/")
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    withdrawn_reason = models.CharField(
        _("withdrawn because"), max_length=300, blank=True
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("return of an organisation")
        verbose_name_plural = _("returns of organisations")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collector", "organisation", "period"],
                condition=Q(withdrawn_reason=""),
                name="one_standing_return_of_a_period",
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_reason="",
                    withdrawn_at__isnull=True,
                    withdrawn_by__isnull=True,
                )
                | (
                    ~Q(withdrawn_reason="")
                    & Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                ),
                name="withdrawn_return_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="return_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.period}"
