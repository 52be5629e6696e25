"""What may travel by public post, leg by leg and day by day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from procedures.models.decision import Decision
from procedures.models.procedure import Procedure


class Leg(models.TextChoices):
    """The two ways a dossier may travel by post (QĐ 45/2016/QĐ-TTg, Điều 5)."""

    INTAKE = "intake", _("Intake")
    RETURN = "return", _("Return of the result")


class PostalEligibility(models.Model):
    """Whether one leg of a procedure may go by public post, from a day to a day.

    QĐ 45/2016/QĐ-TTg, Điều 13 and 18: both lists are decided and posted up,
    the procedures that go by post and those that do not, hence the reason.
    """

    procedure = models.ForeignKey(
        Procedure,
        verbose_name=_("procedure"),
        on_delete=models.PROTECT,
        related_name="eligibilities",
    )
    leg = models.CharField(_("leg"), max_length=10, choices=Leg)
    is_eligible = models.BooleanField(_("by public post"))
    reason = models.CharField(_("reason when not"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("decision"),
        on_delete=models.PROTECT,
        related_name="eligibilities",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("postal eligibility")
        verbose_name_plural = _("postal eligibilities")
        ordering = ["procedure", "leg", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "leg", "valid_from"],
                name="one_eligibility_of_a_leg_begins_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["procedure", "leg"],
                condition=Q(valid_to__isnull=True),
                name="one_open_eligibility_of_a_leg",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="eligibility_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(is_eligible=True) | ~Q(reason=""),
                name="not_eligible_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(leg__in=["intake", "return"]), name="leg_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} {self.get_leg_display()}: {self.is_eligible}"
