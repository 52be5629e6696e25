"""The papers a procedure asks for."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procedures.models.procedure import Procedure


class RequiredPaper(models.Model):
    """One line of the list of papers a procedure asks for."""

    class Form(models.TextChoices):
        """How a paper is handed in (TT 17/2017/TT-BTTTT, Điều 5)."""

        ORIGINAL = "original", _("Original")
        CERTIFIED_COPY = "certified_copy", _("Certified copy")
        COPY = "copy", _("Copy")

    procedure = models.ForeignKey(
        Procedure,
        verbose_name=_("procedure"),
        on_delete=models.CASCADE,
        related_name="required_papers",
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name of the paper"), max_length=300)
    form = models.CharField(
        _("form"), max_length=20, choices=Form, default=Form.ORIGINAL
    )
    quantity = models.PositiveSmallIntegerField(
        _("quantity"), default=1, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("required paper")
        verbose_name_plural = _("required papers")
        ordering = ["procedure", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "position"], name="one_paper_stands_at_a_position"
            ),
            models.CheckConstraint(
                condition=Q(form__in=["original", "certified_copy", "copy"]),
                name="required_paper_form_is_known",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1), name="required_paper_is_at_least_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name
