"""How many working days an item may be under way."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from procedures.models.dated import Dated, one_at_a_time

# Working days. The longest norm of the law is eight; beyond it a slip of the hand.
LONGEST_TRANSIT = 60
SANE = [MinValueValidator(1), MaxValueValidator(LONGEST_TRANSIT)]


def _is_sane(name: str) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(
        **{f"{name}__gte": 1, f"{name}__lte": LONGEST_TRANSIT}
    )


class TransitNorm(Dated):
    """J+n: n working days after the day of acceptance J, for one kind of route.

    TT 17/2017/TT-BTTTT, Điều 7. The circular speaks of districts, which ended on
    01/07/2025; what holds instead is entered when a document says it.
    """

    class Route(models.TextChoices):
        """The routes of the law's table."""

        SAME_DISTRICT = "same_district", _("Within one district")
        WITHIN_PROVINCE = "within_province", _("Between districts of one province")
        BETWEEN_BIG_CITIES = (
            "between_big_cities",
            _("Between provinces: special and class I cities"),
        )
        BETWEEN_PROVINCES = "between_provinces", _("Between provinces: elsewhere")
        SPECIAL = "special", _("Areas of special geography")

    KEY = "route"

    route = models.CharField(_("route"), max_length=20, choices=Route)
    days = models.PositiveSmallIntegerField(
        _("working days, n in J+n"),
        null=True,
        blank=True,
        validators=SANE,
        help_text=_(
            "Working days after the day of acceptance. Empty: not published yet. "
            "The law of 2017 counts by districts, which ended on 01/07/2025: when a "
            "document says what holds instead, enter it from its day on."
        ),
    )
    days_with_appointment = models.PositiveSmallIntegerField(
        _("working days with the appointment slip brought back"),
        null=True,
        blank=True,
        validators=SANE,
        help_text=_(
            "When the appointment slip or the due date must be brought back as well."
        ),
    )

    class Meta(Dated.Meta):
        verbose_name = _("transit time")
        verbose_name_plural = _("transit times")
        ordering = ["route", F("valid_from").desc(nulls_last=True)]
        constraints = [
            *Dated.Meta.constraints,
            *one_at_a_time("route"),
            models.CheckConstraint(
                condition=Q(
                    route__in=[
                        "same_district",
                        "within_province",
                        "between_big_cities",
                        "between_provinces",
                        "special",
                    ]
                ),
                name="transit_route_is_known",
            ),
            models.CheckConstraint(
                condition=_is_sane("days"), name="transit_days_are_sane"
            ),
            models.CheckConstraint(
                condition=_is_sane("days_with_appointment"),
                name="transit_days_with_appointment_are_sane",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_route_display())
