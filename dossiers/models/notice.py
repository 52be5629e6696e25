"""Notices: what the agency has written to the applicant, and printed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.models.dossier import Dossier


class Notice(models.Model):
    """One notice as it was given, so that it can be printed again unchanged."""

    class Kind(models.TextChoices):
        """Which form it is printed on; the values are ``OfficialForm.Kind``'s."""

        SUPPLEMENT = "supplement", _("Request to supplement")
        REFUSAL = "refusal", _("Refusal notice")
        APOLOGY = "apology", _("Apology and new date")
        DISCONTINUATION = "discontinuation", _("Notice of discontinuation")

    dossier = models.ForeignKey(
        Dossier,
        verbose_name=_("dossier"),
        on_delete=models.PROTECT,
        related_name="notices",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    number = models.CharField(
        _("number and symbol"),
        max_length=60,
        blank=True,
        help_text=_("As the clerical office has given it; empty leaves a blank."),
    )
    issued_at = models.DateTimeField(_("issued at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField(_("reason"))
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    # [{"name", "form", "quantity"}], as in the lines of papers.
    papers = models.JSONField(_("papers asked for"), default=list, blank=True)
    answer_by = models.DateField(_("answer asked by"), null=True, blank=True)
    was_due_on = models.DateField(_("was due on"), null=True, blank=True)
    is_void = models.BooleanField(_("void"), default=False)
    new_date = models.DateField(_("new date"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["dossier", "issued_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["supplement", "refusal", "apology", "discontinuation"]
                ),
                name="notice_kind_is_known",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="notice_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind="apology", new_date__isnull=False)
                | (~Q(kind="apology") & Q(new_date__isnull=True)),
                name="apology_alone_has_a_new_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.kind}"
