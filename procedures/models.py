"""The catalogue: fields, decisions, procedures, what may travel by post."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import fold, write_date
from procedures.querysets import (
    DecisionQuerySet,
    PostalEligibilityQuerySet,
    ProcedureQuerySet,
    valid_on,
)
from procedures.working_days import LONGEST, TimeUnit

# National database code, with the older provincial suffix allowed.
PROCEDURE_CODE = r"^[1-3]\.[0-9]{6}(\.000\.00\.00\.[A-Y][0-9]{2})?\Z"


class Leg(models.TextChoices):
    """The two ways a dossier may travel by post (QĐ 45/2016/QĐ-TTg, Điều 5)."""

    INTAKE = "intake", _("Intake")
    RETURN = "return", _("Return of the result")


class Field(models.Model):
    """A field of administration (lĩnh vực)."""

    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        verbose_name = _("field of administration")
        verbose_name_plural = _("fields of administration")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """A legal document: what publishes a catalogue, or what a rule rests on."""

    number = models.CharField(
        _("number and symbol"), max_length=60, help_text=_("For example 124/QĐ-UBND.")
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
        ]

    def __str__(self) -> str:
        return f"{self.number} ({write_date(self.issued_on)})"

    def get_absolute_url(self) -> str:
        """The page of the decision."""
        return reverse("procedures:decision", args=[self.pk])

    @property
    def citation(self) -> str:
        """First citation: type, number, day, issuer, abstract (NĐ 30/2020, II.6b)."""
        return (
            f"Quyết định số {self.number} ngày {write_date(self.issued_on)} "
            f"của {self.issuer} {self.title}"
        )


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

    objects = PostalEligibilityQuerySet.as_manager()

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


class CalendarDay(models.Model):
    """A day that offices work, or do not, against the plain calendar."""

    day = models.DateField(_("day"), unique=True)
    is_day_off = models.BooleanField(
        _("kind"), choices=[(True, _("Day off")), (False, _("Make-up working day"))]
    )
    reason = models.CharField(
        _("reason"), max_length=200, help_text=_("For example: swapped for 10/01/2026.")
    )
    document = models.CharField(
        _("document"),
        max_length=200,
        help_text=_("Number, day and issuer of the letter that decided it."),
    )

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("days in the calendar")
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(document=""), name="calendar_day_has_its_document"
            )
        ]

    def __str__(self) -> str:
        return f"{write_date(self.day)} {self.get_is_day_off_display()}"
