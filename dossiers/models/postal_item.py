"""Postal items: what travels, under which number."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dossiers.item_numbers import is_s10
from dossiers.models.dossier import Dossier
from procedures.models import Leg


class PostalItem(models.Model):
    """One envelope on one leg; it may carry several dossiers."""

    number = models.CharField(_("item number"), max_length=30)
    leg = models.CharField(_("leg"), max_length=10, choices=Leg)
    dossiers = models.ManyToManyField(
        Dossier, verbose_name=_("dossiers"), related_name="postal_items"
    )
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    postage_dong = models.PositiveIntegerField(
        _("postage (đồng)"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("postal item")
        verbose_name_plural = _("postal items")
        ordering = ["-posted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "leg"], name="item_number_is_unique_on_a_leg"
            ),
            models.CheckConstraint(
                condition=Q(leg__in=Leg.values), name="item_leg_is_known"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="item_has_a_number"),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True)
                | Q(posted_on__isnull=True)
                | Q(delivered_on__gte=F("posted_on")),
                name="item_is_delivered_after_it_is_posted",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_s10(self) -> bool:
        """Whether the number passes the S10 check; others are kept with a doubt."""
        return is_s10(self.number)
