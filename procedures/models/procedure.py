"""Procedures, each version with the days on which it holds."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import fold
from procedures.models.decision import Decision
from procedures.models.field import Field
from procedures.querysets import ProcedureQuerySet, valid_on
from procedures.working_days import LONGEST, TimeUnit

if TYPE_CHECKING:
    from procedures.models.eligibility import PostalEligibility

# National database code, with the older provincial suffix allowed.
PROCEDURE_CODE = r"^[1-3]\.[0-9]{6}(\.000\.00\.00\.[A-Y][0-9]{2})?\Z"


class Procedure(models.Model):
    """An administrative procedure as in force from a day to a day.

    A change of time limit or fee by a new decision is a new row with the same
    code; the old row ends the day before, so a dossier keeps its old rule.
    """

    class ClockPolicy(models.TextChoices):
        """What a supplement does to the clock."""

        RESTART = "restart", _("Counted again from the start (NĐ 61/2018, Đ19.4)")
        PAUSE = "pause", _("Paused and continued")

    class Unit(models.TextChoices):
        """How the processing time is counted; the values are ``TimeUnit``'s."""

        WORKING_DAYS = TimeUnit.WORKING_DAYS.value, _("working days")
        CALENDAR_DAYS = TimeUnit.CALENDAR_DAYS.value, _("calendar days")

    code = models.CharField(
        _("procedure code"),
        max_length=40,
        validators=[
            RegexValidator(
                PROCEDURE_CODE,
                _("A code looks like 1.001445 or 2.000635.000.00.00.H02."),
            )
        ],
    )
    name = models.CharField(_("name"), max_length=500)
    field = models.ForeignKey(
        Field,
        verbose_name=_("field"),
        on_delete=models.PROTECT,
        related_name="procedures",
    )
    agency = models.ForeignKey(
        Organisation,
        verbose_name=_("competent agency"),
        on_delete=models.PROTECT,
        related_name="procedures",
        limit_choices_to={"kind": Organisation.Kind.AGENCY},
    )
    processing_time = models.PositiveIntegerField(
        _("processing time"),
        validators=[MaxValueValidator(LONGEST)],
        help_text=_("0 when the result is given at once."),
    )
    time_unit = models.CharField(
        _("unit"), max_length=20, choices=Unit, default=Unit.WORKING_DAYS
    )
    clock_policy = models.CharField(
        _("clock after a supplement"),
        max_length=20,
        choices=ClockPolicy,
        default=ClockPolicy.RESTART,
    )
    fee_dong = models.PositiveIntegerField(
        _("fees and charges (đồng)"),
        null=True,
        blank=True,
        help_text=_("0 when there is none; empty when it depends on the case."),
    )
    fee_note = models.CharField(_("note on fees"), max_length=300, blank=True)
    in_force_from = models.DateField(_("in force from"))
    in_force_to = models.DateField(_("in force to"), null=True, blank=True)
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("publication decision"),
        on_delete=models.PROTECT,
        related_name="procedures",
        null=True,
        blank=True,
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    search_text = models.TextField(editable=False)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        ordering = ["code", "in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code", "in_force_from"],
                name="one_version_of_a_procedure_begins_on_a_day",
                violation_error_message=_(
                    "This procedure already has a version from that day."
                ),
            ),
            models.UniqueConstraint(
                fields=["agency", "code"],
                condition=Q(in_force_to__isnull=True),
                name="one_open_version_of_a_procedure",
                violation_error_message=_(
                    "This procedure is already in force without an end. "
                    "End that version first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True)
                | Q(in_force_to__gte=F("in_force_from")),
                name="procedure_ends_after_it_begins",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(processing_time__lte=LONGEST),
                name="processing_time_is_sane",
            ),
            models.CheckConstraint(
                condition=Q(time_unit__in=[unit.value for unit in TimeUnit]),
                name="time_unit_is_known",
            ),
            models.CheckConstraint(
                condition=Q(clock_policy__in=["restart", "pause"]),
                name="clock_policy_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text for search beside the words."""
        self.search_text = fold(f"{self.code} {self.name}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of the procedure."""
        return reverse("procedures:detail", args=[self.pk])

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """All but the versions of a code: the verbs judge those, in words."""
        super().validate_constraints(exclude={*(exclude or ()), "code"})

    def is_in_force(self, on: date) -> bool:
        """Whether the procedure may be asked for on the day."""
        return self.in_force_from <= on and (
            self.in_force_to is None or on <= self.in_force_to
        )

    @property
    def processing_text(self) -> str:
        """The processing time in words."""
        return f"{self.processing_time} {self.get_time_unit_display()}"

    def eligibility(self, leg: str, on: date) -> "PostalEligibility | None":
        """What has been decided about a leg on a day; None when nothing has."""
        return self.eligibilities.filter(valid_on(on), leg=leg).first()
