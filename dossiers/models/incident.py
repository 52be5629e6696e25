"""Incidents: what was lost, damaged, opened or silent, who answers, what is paid.

QĐ 45/2016/QĐ-TTg, Điều 14; NĐ 47/2011/NĐ-CP, Điều 24-27; TT 17/2017, Điều 8.
"""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dossiers.models.dossier import Dossier
from dossiers.models.papers import Paper
from dossiers.models.postal_item import PostalItem
from dossiers.postal_statuses import Party
from dossiers.querysets import IncidentQuerySet


class Incident(models.Model):
    """One thing that went wrong, from its discovery to its end."""

    class Kind(models.TextChoices):
        """What went wrong."""

        SILENCE = "silence", _("No news beyond the norm")
        LOST = "lost", _("Lost or mislaid")
        DAMAGED = "damaged", _("Damaged")
        SEAL = "seal", _("Seal does not match")
        COUNT = "count", _("Papers do not match the list")

    class Outcome(models.TextChoices):
        """How it ended."""

        FOUND = "found", _("Found")
        REISSUED = "reissued", _("Issued anew")
        COMPENSATED = "compensated", _("Compensated")
        EXPLAINED = "explained", _("Explained, no harm done")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    dossier = models.ForeignKey(
        Dossier,
        verbose_name=_("dossier"),
        on_delete=models.PROTECT,
        related_name="incidents",
        null=True,
        blank=True,
    )
    item = models.ForeignKey(
        PostalItem,
        verbose_name=_("postal item"),
        on_delete=models.PROTECT,
        related_name="incidents",
        null=True,
        blank=True,
    )
    papers = models.ManyToManyField(
        Paper, verbose_name=_("papers"), related_name="incidents", blank=True
    )
    found_out_on = models.DateField(_("found out on"))
    description = models.TextField(_("what happened"))
    liable = models.CharField(
        _("who answers for it"), max_length=20, choices=Party, default=Party.UNKNOWN
    )
    liability_basis = models.CharField(
        _("how that is known"), max_length=300, blank=True
    )
    complained_on = models.DateField(_("complaint sent on"), null=True, blank=True)
    answer_due_on = models.DateField(_("answer due on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("answer of the post"), blank=True)
    compensation_due_dong = models.PositiveIntegerField(
        _("compensation due (đồng)"), null=True, blank=True
    )
    compensation_paid_dong = models.PositiveIntegerField(
        _("compensation paid (đồng)"), null=True, blank=True
    )
    compensation_paid_on = models.DateField(
        _("compensation paid on"), null=True, blank=True
    )
    # Names of the steps of ``incident_rules.REISSUE_STEPS`` that are done.
    reissue_done = models.JSONField(_("re-issue, done"), default=list, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    resolution = models.TextField(_("how it ended"), blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("opened by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    opened_at = models.DateTimeField(_("opened at"))

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["silence", "lost", "damaged", "seal", "count"]),
                name="incident_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(liable__in=Party.values), name="incident_party_is_known"
            ),
            models.CheckConstraint(
                condition=Q(dossier__isnull=False) | Q(item__isnull=False),
                name="incident_is_about_something",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", resolved_on__isnull=True)
                | Q(
                    outcome__in=["found", "reissued", "compensated", "explained"],
                    resolved_on__isnull=False,
                ),
                name="resolved_incident_has_its_outcome",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True)
                | Q(complained_on__isnull=False, answered_on__gte=F("complained_on")),
                name="complaint_is_answered_after_it_is_sent",
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(kind="silence", outcome=""),
                name="one_open_silence_case_an_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.dossier or self.item}"

    def get_absolute_url(self) -> str:
        """The page of the incident."""
        return reverse("dossiers:incident", args=[self.pk])

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Left to the verbs, which say the same in words of their own."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be resolved."""
        return not self.outcome
