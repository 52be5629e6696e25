"""The dossier itself: who asked for what, how it travels, when it is due."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dossiers.deadlines import Timeliness, timeliness
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import (
    FINISHED,
    OPEN,
    ApplicantKind,
    IntakeChannel,
    ReturnChannel,
    Status,
)
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import fold
from procedures.models import Procedure

# `None` in a check constraint counts as true, so each side names its nulls.
OPEN_HAS_NO_END = Q(
    status__in=sorted(OPEN), finished_on__isnull=True, returned_on__isnull=True
)
ENDED_HAS_ITS_DAY = Q(
    status__in=sorted(set(Status) - OPEN - {Status.RETURNED}),
    finished_on__isnull=False,
    returned_on__isnull=True,
)
RETURNED_HAS_BOTH_DAYS = Q(
    status=Status.RETURNED, finished_on__isnull=False, returned_on__isnull=False
)


class Dossier(models.Model):
    """One dossier. Its applicant is a snapshot of the day, its code is for ever.

    Changed only by the verbs in ``dossiers.actions``; never deleted.
    """

    code = models.CharField(_("dossier code"), max_length=60, unique=True)
    agency = models.ForeignKey(
        Organisation,
        verbose_name=_("competent agency"),
        on_delete=models.PROTECT,
        related_name="dossiers",
    )
    desk = models.ForeignKey(
        Organisation,
        verbose_name=_("received at"),
        on_delete=models.PROTECT,
        related_name="dossiers_received",
    )
    procedure = models.ForeignKey(
        Procedure,
        verbose_name=_("procedure"),
        on_delete=models.PROTECT,
        related_name="dossiers",
    )
    sets = models.PositiveSmallIntegerField(
        _("number of sets"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
    )

    applicant_kind = models.CharField(
        _("applicant is a"),
        max_length=20,
        choices=ApplicantKind,
        default=ApplicantKind.PERSON,
    )
    applicant_name = models.CharField(_("applicant"), max_length=200)
    applicant_id_number = models.CharField(
        _("personal id or tax code"), max_length=30, blank=True
    )
    applicant_phone = models.CharField(_("phone"), max_length=30, blank=True)
    applicant_email = models.EmailField(_("e-mail"), blank=True)
    applicant_address = models.CharField(_("address"), max_length=300, blank=True)
    representative_name = models.CharField(
        _("authorised person"), max_length=200, blank=True
    )
    representative_id_number = models.CharField(
        _("personal id of the authorised person"), max_length=30, blank=True
    )
    representative_phone = models.CharField(
        _("phone of the authorised person"), max_length=30, blank=True
    )

    intake_channel = models.CharField(
        _("came in"),
        max_length=20,
        choices=IntakeChannel,
        default=IntakeChannel.COUNTER,
    )
    return_channel = models.CharField(
        _("goes out"),
        max_length=20,
        choices=ReturnChannel,
        default=ReturnChannel.COUNTER,
    )
    return_name = models.CharField(_("addressee"), max_length=200, blank=True)
    return_phone = models.CharField(_("addressee's phone"), max_length=30, blank=True)
    return_address = models.CharField(_("return address"), max_length=300, blank=True)

    received_at = models.DateTimeField(
        _("received at the hour"),
        help_text=_(
            "At the counter: when the papers were taken in. By public post: when "
            "the handover minutes were signed (QĐ 45/2016/QĐ-TTg, Điều 7.4)."
        ),
    )
    clock_started_on = models.DateField(_("clock started on"))
    processing_time = models.PositiveIntegerField(_("processing time"))
    time_unit = models.CharField(_("unit"), max_length=20, choices=Procedure.Unit)
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.RECEIVED
    )
    finished_on = models.DateField(
        _("finished on"),
        null=True,
        blank=True,
        help_text=_("The day the agency finished, or the dossier left its hands."),
    )
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    closing_reason = models.CharField(_("reason"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        related_name="dossiers_entered",
    )
    search_text = models.TextField(editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-received_at", "-pk"]
        indexes = [
            # The register, newest first, paged by key: whoever looks sees most of it.
            models.Index(fields=["-received_at", "-id"]),
            # A period's report, and the tabs.
            models.Index(fields=["agency", "clock_started_on", "status"]),
            models.Index(fields=["agency", "status", "due_on"]),
            # Results returned in a period; dossiers finished in a period.
            models.Index(fields=["agency", "returned_on"]),
            models.Index(fields=["agency", "finished_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="dossier_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(intake_channel__in=IntakeChannel.values),
                name="dossier_intake_channel_is_known",
            ),
            models.CheckConstraint(
                condition=Q(return_channel__in=ReturnChannel.values),
                name="dossier_return_channel_is_known",
            ),
            models.CheckConstraint(
                condition=Q(applicant_kind__in=ApplicantKind.values),
                name="dossier_applicant_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(sets__range=(1, 999)), name="dossier_has_sensible_sets"
            ),
            models.CheckConstraint(
                condition=~Q(applicant_name=""), name="dossier_has_an_applicant"
            ),
            models.CheckConstraint(
                condition=~Q(return_channel=ReturnChannel.PUBLIC_POST)
                | (~Q(return_name="") & ~Q(return_address="")),
                name="dossier_returned_by_post_has_an_address",
            ),
            models.CheckConstraint(
                condition=OPEN_HAS_NO_END | ENDED_HAS_ITS_DAY | RETURNED_HAS_BOTH_DAYS,
                name="dossier_days_fit_its_status",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("clock_started_on")),
                name="dossier_is_due_after_its_clock_starts",
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True)
                | Q(finished_on__gte=F("clock_started_on")),
                name="dossier_is_finished_after_its_clock_starts",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True)
                | Q(returned_on__gte=F("finished_on")),
                name="dossier_is_returned_after_it_is_finished",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.REFUSED, Status.WITHDRAWN])
                | ~Q(closing_reason=""),
                name="dossier_refused_or_withdrawn_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text for search beside the words."""
        self.search_text = fold(
            " ".join([self.code, self.applicant_name, self.representative_name])
        )
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of the dossier."""
        return reverse("dossiers:detail", args=[self.code])

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Left to ``entry_rules``, which says the same at the field, in words."""

    @property
    def is_open(self) -> bool:
        """Whether the agency still owes an answer."""
        return self.status in OPEN

    def timeliness(self, today: date) -> Timeliness | None:
        """How the agency does against the due date; None when it owes nothing."""
        if self.status in OPEN | FINISHED:
            return timeliness(self.due_on, self.finished_on, today)
        return None
