"""The papers of a dossier, and who holds each one now."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.models.dossier import Dossier
from postal_tthc.accounts.models import Organisation
from procedures.models import RequiredPaper


class Paper(models.Model):
    """One line per document. It is held by somebody, or its end is known."""

    class Outcome(models.TextChoices):
        """How a paper left our hands."""

        RETURNED = "returned", _("Given back")
        KEPT_BY_LAW = "kept_by_law", _("Kept by law")
        LOST = "lost", _("Lost")

    dossier = models.ForeignKey(
        Dossier,
        verbose_name=_("dossier"),
        on_delete=models.PROTECT,
        related_name="papers",
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name of the paper"), max_length=300)
    form = models.CharField(_("form"), max_length=20, choices=RequiredPaper.Form)
    quantity = models.PositiveSmallIntegerField(
        _("quantity"), default=1, validators=[MinValueValidator(1)]
    )
    sheets = models.PositiveSmallIntegerField(_("sheets"), null=True, blank=True)
    held_by = models.ForeignKey(
        Organisation,
        verbose_name=_("held by"),
        on_delete=models.PROTECT,
        related_name="papers_held",
        null=True,
        blank=True,
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["dossier", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "position"], name="one_paper_of_a_dossier_a_line"
            ),
            models.CheckConstraint(
                condition=Q(form__in=RequiredPaper.Form.values),
                name="paper_form_is_known",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1), name="paper_is_at_least_one"
            ),
            models.CheckConstraint(
                condition=Q(held_by__isnull=False, outcome="")
                | Q(
                    held_by__isnull=True,
                    outcome__in=["returned", "kept_by_law", "lost"],
                ),
                name="paper_is_held_or_accounted_for",
            ),
        ]

    def __str__(self) -> str:
        return self.name
