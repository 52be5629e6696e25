"""The running number of the day, one counter per agency and day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation


class NumberSeries(models.Model):
    """How many codes an agency has given out on a day (TT 01/2018, Điều 19)."""

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day"], name="one_series_per_agency_and_day"
            ),
            models.CheckConstraint(
                condition=Q(last__gte=1), name="a_series_begins_with_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day}: {self.last}"
