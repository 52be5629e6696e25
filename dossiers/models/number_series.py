"""The running number of the day, one counter per kind, organisation and day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation


class NumberSeries(models.Model):
    """How many numbers of a kind an organisation has given out on a day.

    Dossier codes are an agency's (TT 01/2018, Điều 19), minutes are a desk's.
    """

    class Kind(models.TextChoices):
        """What is numbered."""

        DOSSIER = "dossier", _("Dossiers")
        HANDOVER = "handover", _("Handover minutes")

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.DOSSIER)
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day", "kind"],
                name="one_series_per_kind_agency_and_day",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["dossier", "handover"]),
                name="series_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(last__gte=1), name="a_series_begins_with_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day}: {self.last}"
