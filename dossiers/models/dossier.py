"""The dossier itself: who asked for what, how it travels, when it is due."""

from collections.abc import Collection
from datetime import date
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dossiers.deadlines import Timeliness, timeliness
from dossiers.querysets import DossierQuerySet
from dossiers.references import provisional
from dossiers.statuses import (
    CLOSED,
    ENDED_EARLY,
    EXPECTED,
    FINISHED,
    OPEN,
    PAUSED,
    SENT,
    ApplicantKind,
    IntakeChannel,
    ReturnChannel,
    Status,
    WhyNotPost,
)
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.vietnamese import fold
from procedures.models import Procedure

# `None` in a check constraint counts as true, so each side names its nulls.
EXPECTED_HAS_NO_DAYS = Q(
    status__in=sorted(EXPECTED),
    clock_started_on__isnull=True,
    due_on__isnull=True,
    finished_on__isnull=True,
    returned_on__isnull=True,
)
OPEN_HAS_NO_END = Q(
    status__in=sorted(OPEN),
    clock_started_on__isnull=False,
    due_on__isnull=False,
    finished_on__isnull=True,
    returned_on__isnull=True,
)
READY_HAS_ITS_DAY = Q(
    status=Status.RESULT_READY,
    clock_started_on__isnull=False,
    due_on__isnull=False,
    finished_on__isnull=False,
    returned_on__isnull=True,
)
# What ended before it was received never had a clock.
ENDED_EARLY_HAS_ITS_DAY = Q(
    status__in=sorted(ENDED_EARLY), finished_on__isnull=False, returned_on__isnull=True
)
SENT_HAS_BOTH_DAYS = Q(
    status__in=sorted(SENT),
    clock_started_on__isnull=False,
    due_on__isnull=False,
    finished_on__isnull=False,
    returned_on__isnull=False,
)
DAYS_FIT_THE_STATUS = (
    EXPECTED_HAS_NO_DAYS
    | OPEN_HAS_NO_END
    | READY_HAS_ITS_DAY
    | ENDED_EARLY_HAS_ITS_DAY
    | SENT_HAS_BOTH_DAYS
)


def new_token() -> str:
    """What makes the public address of a dossier impossible to guess (128 bits)."""
    return token_urlsafe(16)


class Dossier(models.Model):
    """One dossier. Its applicant is a snapshot of the day, its code is for ever.

    Announced by post or registered, it has no code yet: that is given out when it
    is received. Changed only by the verbs in ``dossiers.actions``; never deleted.
    """

    code = models.CharField(  # noqa: DJ001  (unique, and unknown until received)
        _("dossier code"), max_length=60, unique=True, null=True
    )
    public_token = models.CharField(
        max_length=30, unique=True, default=new_token, editable=False
    )
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
            "the handover minutes were signed (QĐ 45/2016/QĐ-TTg, Điều 7.4). Until "
            "it is received: when it was announced."
        ),
    )
    book_line = models.CharField(
        _("line of the power-cut book"),
        max_length=30,
        blank=True,
        help_text=_("Page and line of the paper book it was first written into."),
    )
    clock_started_on = models.DateField(_("clock started on"), null=True, blank=True)
    processing_time = models.PositiveIntegerField(_("processing time"))
    time_unit = models.CharField(_("unit"), max_length=20, choices=Procedure.Unit)
    clock_policy = models.CharField(
        _("clock after a supplement"),
        max_length=20,
        choices=Procedure.ClockPolicy,
        default=Procedure.ClockPolicy.RESTART,
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    clock_stopped_on = models.DateField(
        _("clock stands still since"), null=True, blank=True
    )
    reappointed_to = models.DateField(
        _("new date promised with an apology"),
        null=True,
        blank=True,
        help_text=_(
            "It does not move the due date: what is late stays late "
            "(NĐ 61/2018/NĐ-CP, Điều 19 khoản 9)."
        ),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.RECEIVED
    )
    finished_on = models.DateField(
        _("finished on"),
        null=True,
        blank=True,
        help_text=_("The day the agency finished, or the dossier left its hands."),
    )
    returned_on = models.DateField(
        _("returned on"),
        null=True,
        blank=True,
        help_text=_("The day the result left for the applicant, by hand or by post."),
    )
    closed_on = models.DateField(
        _("closed on"),
        null=True,
        blank=True,
        help_text=_("The day from which nothing is owed, no paper either."),
    )
    why_not_post = models.CharField(
        _("why not by post"), max_length=20, choices=WhyNotPost, blank=True
    )
    closing_reason = models.CharField(_("reason"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        related_name="dossiers_entered",
    )
    search_text = models.TextField(editable=False)
    last_seal = models.CharField(max_length=64, blank=True, editable=False)

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
                condition=DAYS_FIT_THE_STATUS, name="dossier_days_fit_its_status"
            ),
            models.CheckConstraint(
                condition=Q(clock_started_on__isnull=True) | Q(code__isnull=False),
                name="dossier_with_a_clock_has_a_code",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(PAUSED), clock_stopped_on__isnull=False)
                | (~Q(status__in=sorted(PAUSED)) & Q(clock_stopped_on__isnull=True)),
                name="dossier_stands_still_while_it_waits",
            ),
            models.CheckConstraint(
                condition=Q(reappointed_to__isnull=True)
                | Q(reappointed_to__gt=F("due_on")),
                name="dossier_is_reappointed_after_it_is_due",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(status__in=sorted(CLOSED), closed_on__gte=F("finished_on")),
                name="dossier_is_closed_after_its_work",
            ),
            models.CheckConstraint(
                condition=Q(clock_policy__in=Procedure.ClockPolicy.values),
                name="dossier_clock_policy_is_known",
            ),
            models.CheckConstraint(
                condition=Q(why_not_post__in=["", *WhyNotPost.values]),
                name="dossier_why_not_post_is_known",
            ),
            models.UniqueConstraint(
                fields=["desk", "book_line"],
                condition=~Q(book_line=""),
                name="one_dossier_a_line_of_the_book",
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
                condition=~Q(status__in=sorted(ENDED_EARLY)) | ~Q(closing_reason=""),
                name="dossier_ended_early_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded text for search beside the words."""
        self.search_text = self.words_for_search()
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of the dossier."""
        return reverse("dossiers:detail", args=[self.reference])

    def words_for_search(self) -> str:
        """Code and people, folded: what ``search_text`` holds."""
        told = [self.code or "", self.applicant_name, self.representative_name]
        return fold(" ".join(told))

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Left to ``entry_rules``, which says the same at the field, in words."""

    @property
    def reference(self) -> str:
        """The code; until there is one, a provisional number that stays valid."""
        return self.code or provisional(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether the agency still owes an answer."""
        return self.status in OPEN

    def timeliness(self, today: date) -> Timeliness | None:
        """How the agency does against the due date; None when it owes nothing.

        While the clock stands still, the day it stopped is the day that counts.
        """
        if self.status in OPEN | FINISHED:
            return timeliness(
                self.due_on, self.finished_on, self.clock_stopped_on or today
            )
        return None
