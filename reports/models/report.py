"""The report as an object: what it answers, what it covers, who signs it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation
from postal_tthc.errors import Conflict
from procedures.models import Decision
from reports.querysets import ReportQuerySet
from reports.snapshots import Snapshot, thaw

TAMPERED = _(
    "What is stored no longer has the content hash it was signed with. Somebody changed "
    "the database; do not use this report, and tell the administrator."
)


class Report(models.Model):
    """A report from its first draft until it is sent; never deleted.

    A signed one is frozen: ``frozen`` keeps its figures and its words, and
    ``content_hash`` is SHA-256 over them. A correction is a new version.
    """

    class Kind(models.TextChoices):
        """What the report is asked for."""

        YEARLY = "yearly", _("Yearly cooperation report")
        HALF = "half", _("Half-year report")
        NINE_MONTHS = "nine_months", _("Nine-month report")
        QUARTER = "quarter", _("Quarterly report")
        ON_REQUEST = "on_request", _("Report on request")

    class Status(models.TextChoices):
        """How far it is, in the order of its way."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted for signature")
        SIGNED = "signed", _("Signed")
        SENT = "sent", _("Sent")
        REPLACED = "replaced", _("Replaced by a new version")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Authority(models.TextChoices):
        """By what right it is signed (NĐ 30/2020/NĐ-CP, Điều 13)."""

        OWN = "", _("in the signatory's own right")
        IN_STEAD = "KT.", _("KT. – in the stead of the head")
        BY_ORDER = "TL.", _("TL. – by order of the head")
        ON_BEHALF = "TM.", _("TM. – on behalf of the committee")
        ACTING = "Q.", _("Q. – as acting head")
        SUB_AUTHORISED = "TUQ.", _("TUQ. – by sub-authorisation")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="reports",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.YEARLY)
    # Words that ``reports.periods.parse`` reads, in the order of their days.
    periods = models.JSONField(_("periods"), default=list)
    abstract = models.CharField(_("abstract"), max_length=500)
    request_letter = models.ForeignKey(
        Decision,
        verbose_name=_("letter it answers"),
        on_delete=models.PROTECT,
        related_name="reports_answering",
        null=True,
        blank=True,
    )
    legal_bases = models.ManyToManyField(
        Decision,
        verbose_name=_("legal bases"),
        related_name="reports_resting",
        blank=True,
    )
    sent_to = models.TextField(
        _("to («Kính gửi»)"), blank=True, help_text=_("One addressee a line.")
    )
    recipients = models.TextField(
        _("recipients («Nơi nhận»)"),
        blank=True,
        help_text=_("One a line; the last is the file copy, «Lưu: VT, VP»."),
    )
    authority = models.CharField(
        _("authority"), max_length=5, choices=Authority, blank=True
    )
    head_office = models.CharField(
        _("office of the head"), max_length=100, help_text=_("For example Giám đốc.")
    )
    signatory_office = models.CharField(
        _("office of the signatory"),
        max_length=100,
        blank=True,
        help_text=_("For example Phó Giám đốc; empty when the head signs."),
    )
    signatory_name = models.CharField(_("signatory"), max_length=150)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.DRAFT
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("replaces"),
        on_delete=models.PROTECT,
        related_name="replaced_by",
        null=True,
        blank=True,
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    # Of ``dated_on``: numbers are unique within a year.
    number_year = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )
    frozen = models.JSONField(null=True, blank=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Counts the changes, so that nobody writes over what somebody else has written.
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("begun at"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["yearly", "half", "nine_months", "quarter", "on_request"]
                ),
                name="report_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(authority__in=["", "KT.", "TL.", "TM.", "Q.", "TUQ."]),
                name="report_authority_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["draft", "submitted"],
                    content_hash="",
                    signed_at__isnull=True,
                    frozen__isnull=True,
                )
                | (
                    Q(status__in=["signed", "sent", "replaced", "withdrawn"])
                    & Q(signed_at__isnull=False, frozen__isnull=False)
                    & ~Q(content_hash="")
                ),
                name="signed_report_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(
                    number__isnull=True, dated_on__isnull=True, number_year__isnull=True
                )
                | Q(
                    number__isnull=False,
                    number__gte=1,
                    dated_on__isnull=False,
                    number_year__isnull=False,
                ),
                name="report_number_and_day_go_together",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(number__isnull=False),
                name="sent_report_has_a_number",
            ),
            models.UniqueConstraint(
                fields=["organisation", "number_year", "number"],
                name="report_number_is_unique_in_its_year",
            ),
            models.CheckConstraint(
                condition=Q(version=1, replaces__isnull=True)
                | Q(version__gt=1, replaces__isnull=False),
                name="later_version_replaces_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organisation}"

    def get_absolute_url(self) -> str:
        """The page of the report."""
        return reverse("reports:report", args=[self.pk])

    @property
    def is_frozen(self) -> bool:
        """Whether it was signed: its figures and words do not move any more."""
        return bool(self.content_hash)

    @cached_property
    def thawed(self) -> Snapshot:
        """What was frozen, as it was drawn; only of a signed report.

        Raises ``Conflict`` when somebody wrote something else into the database.
        """
        try:
            return thaw(self.frozen)
        except ValueError as error:
            raise Conflict(TAMPERED) from error


class ReportEvent(models.Model):
    """What happened to a report: by whom, when, and why."""

    class Step(models.TextChoices):
        """One word a verb."""

        STARTED = "started", _("Begun")
        CHANGED = "changed", _("Changed")
        SUBMITTED = "submitted", _("Submitted for signature")
        TAKEN_BACK = "taken_back", _("Taken back to be changed")
        SIGNED = "signed", _("Signed")
        SENT = "sent", _("Sent")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REPLACED = "replaced", _("Replaced by a new version")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=20, choices=Step)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("event of a report")
        verbose_name_plural = _("events of reports")
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    step__in=[
                        "started",
                        "changed",
                        "submitted",
                        "taken_back",
                        "signed",
                        "sent",
                        "withdrawn",
                        "replaced",
                    ]
                ),
                name="report_step_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.step}"
