"""Decisions: what publishes a catalogue, or what a rule rests on."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import write_date
from procedures.querysets import DecisionQuerySet

KINDS = ("decision", "letter", "agreement", "decree", "circular", "plan")
# Citations are always Vietnamese.
KIND_WORDS = {
    "decision": "Quyết định",
    "letter": "Công văn",
    "agreement": "Thỏa thuận hợp tác",
    "decree": "Nghị định",
    "circular": "Thông tư",
    "plan": "Kế hoạch",
}


class Decision(models.Model):
    """A legal document: what publishes a catalogue, or what a rule rests on.

    An agreement may have no number; its ``issuer`` names both sides.
    """

    class Kind(models.TextChoices):
        """What sort of paper it is."""

        DECISION = "decision", _("Decision")
        LETTER = "letter", _("Official letter")
        AGREEMENT = "agreement", _("Cooperation agreement")
        DECREE = "decree", _("Decree")
        CIRCULAR = "circular", _("Circular")
        PLAN = "plan", _("Plan")

    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, default=Kind.DECISION
    )
    number = models.CharField(
        _("number and symbol"),
        max_length=60,
        blank=True,
        help_text=_(
            "For example 124/QĐ-UBND. Only an agreement may go without a number."
        ),
    )
    issued_on = models.DateField(_("issued on"))
    issuer = models.CharField(_("issuer"), max_length=200)
    title = models.CharField(_("abstract"), max_length=500)
    effective_from = models.DateField(_("effective from"))
    effective_to = models.DateField(_("effective to"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        on_delete=models.PROTECT,
        related_name="replaces",
        null=True,
        blank=True,
    )
    publishes_catalogue_of = models.ForeignKey(
        Organisation,
        verbose_name=_("publishes the catalogue of"),
        on_delete=models.PROTECT,
        related_name="catalogue_decisions",
        null=True,
        blank=True,
        help_text=_("Leave empty for a decision that publishes no catalogue."),
    )
    scan = models.FileField(_("scan"), upload_to="decisions/%Y/", blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-issued_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issued_on"],
                name="decision_number_and_day_are_unique",
                violation_error_message=_(
                    "A decision with this number and day is already here."
                ),
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                name="decision_ends_after_it_begins",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=KINDS), name="decision_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="agreement") | ~Q(number=""),
                name="decision_has_a_number",
                violation_error_message=_(
                    "Write the number and symbol; only an agreement goes without."
                ),
            ),
        ]

    def __str__(self) -> str:
        name = self.number or self.get_kind_display()
        return f"{name} ({write_date(self.issued_on)})"

    def get_absolute_url(self) -> str:
        """The page of the decision."""
        return reverse("procedures:decision", args=[self.pk])

    @property
    def citation(self) -> str:
        """First citation: type, number, day, issuer, abstract (NĐ 30/2020, II.6b)."""
        of = "giữa" if self.kind == self.Kind.AGREEMENT else "của"
        return (
            f"{self.short_citation} ngày {write_date(self.issued_on)} "
            f"{of} {self.issuer} {self.title}"
        )

    @property
    def short_citation(self) -> str:
        """Every later citation: type and number."""
        word = KIND_WORDS[self.kind]
        return f"{word} số {self.number}" if self.number else word
