"""The printed forms of the one-stop regime, as they read on a day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from procedures.models.dated import Dated, one_at_a_time


class OfficialForm(Dated):
    """One printed form from a day to a day: its number, title and sentences.

    TT 01/2018/TT-VPCP (forms 01 to 06) until 14/09/2025, TT 03/2025/TT-VPCP
    (forms 01 to 07) since. One number means another form in the other set, so
    a form is asked for by kind and day. For the papers of the post no form is
    prescribed (QĐ 45/2016/QĐ-TTg, TT 17/2017/TT-BTTTT).
    """

    class Kind(models.TextChoices):
        """What a form is for."""

        RECEIPT = "receipt", _("Receipt with appointment")
        SUPPLEMENT = "supplement", _("Request to supplement")
        REFUSAL = "refusal", _("Refusal notice")
        APOLOGY = "apology", _("Apology and new date")
        DISCONTINUATION = "discontinuation", _("Notice of discontinuation")
        CONTROL_SLIP = "control_slip", _("Control slip")
        REGISTER = "register", _("Dossier register")
        POSTING_SLIP = "posting_slip", _("Posting slip")
        HANDOVER_MINUTES = "handover_minutes", _("Handover minutes")

    class Paper(models.TextChoices):
        """Sizes that forms are printed on."""

        A4 = "A4", "A4"
        A5 = "A5", "A5"

    KEY = "kind"

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    circular = models.CharField(
        _("circular"),
        max_length=100,
        blank=True,
        help_text=_("Empty when no form is prescribed."),
    )
    number = models.CharField(
        _("number of the form"),
        max_length=10,
        blank=True,
        help_text=_("For example 01."),
    )
    title = models.CharField(_("title"), max_length=200)
    paper = models.CharField(
        _("paper size"), max_length=2, choices=Paper, default=Paper.A4
    )
    opening = models.TextField(
        _("opening sentences"),
        blank=True,
        help_text=_("Printed before the facts of the dossier."),
    )
    closing = models.TextField(
        _("closing sentences"),
        blank=True,
        help_text=_("Printed after the facts of the dossier."),
    )
    is_confirmed = models.BooleanField(
        _("the wording has been compared with the official text"), default=False
    )

    class Meta(Dated.Meta):
        verbose_name = _("printed form")
        verbose_name_plural = _("printed forms")
        ordering = ["kind", F("valid_from").desc(nulls_last=True)]
        constraints = [
            *Dated.Meta.constraints,
            *one_at_a_time("kind"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "receipt",
                        "supplement",
                        "refusal",
                        "apology",
                        "discontinuation",
                        "control_slip",
                        "register",
                        "posting_slip",
                        "handover_minutes",
                    ]
                ),
                name="official_form_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(paper__in=["A4", "A5"]), name="official_form_paper_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="official_form_has_its_title"
            ),
            models.CheckConstraint(
                condition=~Q(circular="") | Q(number=""),
                name="official_form_number_has_its_circular",
                violation_error_message=_(
                    "A form with a number names the circular it belongs to."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_prescribed(self) -> bool:
        """Whether a circular prescribes the form."""
        return bool(self.circular)

    @property
    def reference(self) -> str:
        """«Mẫu số 01, Thông tư số 01/2018/TT-VPCP»; empty when none is prescribed."""
        number = f"Mẫu số {self.number}" if self.number else ""
        return ", ".join(part for part in (number, self.circular) if part)
