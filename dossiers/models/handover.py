"""Handover minutes (biên bản giao nhận): what the post and the desk exchange.

QĐ 45/2016/QĐ-TTg, Điều 7 khoản 3 and 4; TT 17/2017/TT-BTTTT, Điều 5. Locked for
ever once both sides have signed; a mistake is cancelled by a counter-line.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dossiers.models.dossier import Dossier
from dossiers.models.postal_item import PostalItem
from dossiers.querysets import HandoverQuerySet
from postal_tthc.accounts.models import Organisation


class Handover(models.Model):
    """One meeting of the postman and the desk, in one direction."""

    class Direction(models.TextChoices):
        """Which way the papers go, seen from the desk."""

        IN = "in", _("In: from the post to the desk")
        OUT = "out", _("Out: from the desk to the post")

    class Status(models.TextChoices):
        """How far the signing has come."""

        OPEN = "open", _("Being counted")
        DESK_SIGNED = "desk_signed", _("Signed by the desk")
        LOCKED = "locked", _("Signed by both, locked")
        ABANDONED = "abandoned", _("Given up unsigned")

    desk = models.ForeignKey(
        Organisation,
        verbose_name=_("desk"),
        on_delete=models.PROTECT,
        related_name="handovers",
    )
    post_office = models.ForeignKey(
        Organisation,
        verbose_name=_("post office"),
        on_delete=models.PROTECT,
        related_name="handovers_of_post",
    )
    direction = models.CharField(_("direction"), max_length=5, choices=Direction)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.OPEN
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("opened by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    opened_at = models.DateTimeField(_("opened at"))
    day = models.DateField(_("day"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number of the day"), null=True, blank=True)
    desk_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed for the desk by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    desk_signed_at = models.DateTimeField(
        _("signed for the desk at"), null=True, blank=True
    )
    post_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed for the post by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    post_signatory = models.CharField(
        _("name of the postman"), max_length=150, blank=True
    )
    signed_at = models.DateTimeField(
        _("signed by both at"),
        null=True,
        blank=True,
        help_text=_(
            "The clocks of the dossiers that came in start at this moment "
            "(QĐ 45/2016/QĐ-TTg, Điều 7.4)."
        ),
    )
    scan = models.FileField(
        _("scan of the signed paper"),
        upload_to="handovers/",
        blank=True,
        help_text=_("Where the post office signs on paper."),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover minutes")
        verbose_name_plural = _("handover minutes")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=["in", "out"]),
                name="handover_direction_is_known",
            ),
            models.UniqueConstraint(
                fields=["desk", "post_office", "direction"],
                condition=Q(status="open"),
                name="one_open_handover_a_direction",
            ),
            models.UniqueConstraint(
                fields=["desk", "day", "number"], name="handover_number_of_the_day"
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["open", "abandoned"],
                    signed_at__isnull=True,
                    desk_signed_at__isnull=True,
                )
                | Q(
                    status="desk_signed",
                    desk_signed_by__isnull=False,
                    desk_signed_at__isnull=False,
                    signed_at__isnull=True,
                    number__isnull=False,
                )
                | Q(
                    status="locked",
                    desk_signed_by__isnull=False,
                    desk_signed_at__isnull=False,
                    signed_at__isnull=False,
                    number__isnull=False,
                ),
                name="handover_signatures_fit_its_status",
            ),
            models.CheckConstraint(
                condition=~Q(status="locked")
                | Q(post_signed_by__isnull=False)
                | (~Q(post_signatory="") & ~Q(scan="")),
                name="locked_handover_is_signed_by_the_post",
            ),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return f"{self.get_direction_display()} ({self.get_status_display()})"
        return self.code

    def get_absolute_url(self) -> str:
        """The page of the minutes."""
        return reverse("dossiers:handover", args=[self.pk])

    @property
    def code(self) -> str:
        """Its number as printed: desk, direction, day, running number of the day."""
        if self.number is None:
            return ""
        way = "N" if self.direction == self.Direction.IN else "T"
        return f"BBGN-{self.desk.symbol}-{self.day:%y%m%d}-{way}{self.number:02d}"

    @property
    def is_in(self) -> bool:
        """Whether papers come in."""
        return self.direction == self.Direction.IN


class HandoverLine(models.Model):
    """One line of the minutes: a dossier, a result, or what the post brings back."""

    class Kind(models.TextChoices):
        """What is handed over."""

        DOSSIER = "dossier", _("Dossier")
        SUPPLEMENT = "supplement", _("Supplement")
        CAME_BACK = "came_back", _("Result that came back")
        REMITTANCE = "remittance", _("Fees and recovered papers")
        UNKNOWN = "unknown", _("Unknown")
        RESULT = "result", _("Result")
        PAPERS = "papers", _("Papers going home")

    handover = models.ForeignKey(
        Handover,
        verbose_name=_("handover minutes"),
        on_delete=models.PROTECT,
        related_name="lines",
    )
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    dossier = models.ForeignKey(
        Dossier,
        verbose_name=_("dossier"),
        on_delete=models.PROTECT,
        related_name="handover_lines",
        null=True,
        blank=True,
    )
    item = models.ForeignKey(
        PostalItem,
        verbose_name=_("postal item"),
        on_delete=models.PROTECT,
        related_name="handover_lines",
        null=True,
        blank=True,
    )
    scanned = models.CharField(_("as scanned"), max_length=100)
    item_number = models.CharField(
        _("item number of the envelope that goes out"), max_length=30, blank=True
    )
    originals = models.PositiveSmallIntegerField(_("originals"), default=0)
    certified_copies = models.PositiveSmallIntegerField(
        _("certified copies"), default=0
    )
    copies = models.PositiveSmallIntegerField(_("copies"), default=0)
    is_complete = models.BooleanField(_("complete"), default=True)
    seal_number = models.CharField(_("seal number"), max_length=40, blank=True)
    fees_dong = models.PositiveIntegerField(
        _("fees (đồng)"), default=0, validators=[MaxValueValidator(100_000_000)]
    )
    postage_dong = models.PositiveIntegerField(
        _("postage (đồng)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100_000_000)],
    )
    recovers = models.CharField(
        _("papers to recover from the recipient"), max_length=300, blank=True
    )
    # Positions of the papers that the law keeps when a result goes out.
    kept = models.JSONField(_("papers kept by law"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    set_aside = models.BooleanField(
        _("set aside"),
        default=False,
        help_text=_("Not accepted: it goes back with whoever brought it."),
    )
    cancels = models.OneToOneField(
        "self",
        verbose_name=_("cancels the line"),
        on_delete=models.PROTECT,
        related_name="cancelled_by",
        null=True,
        blank=True,
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("line of handover minutes")
        verbose_name_plural = _("lines of handover minutes")
        ordering = ["handover", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "position"], name="one_line_at_a_position"
            ),
            models.UniqueConstraint(
                fields=["handover", "dossier", "kind"],
                condition=Q(dossier__isnull=False, cancels__isnull=True),
                name="a_dossier_is_handed_over_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "dossier",
                        "supplement",
                        "came_back",
                        "remittance",
                        "unknown",
                        "result",
                        "papers",
                    ]
                ),
                name="line_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="unknown", dossier__isnull=True)
                | Q(kind="remittance", item__isnull=False)
                | (~Q(kind__in=["unknown", "remittance"]) & Q(dossier__isnull=False)),
                name="line_names_what_it_hands_over",
            ),
            models.CheckConstraint(
                condition=Q(cancels__isnull=True, set_aside=False, is_complete=True)
                | ~Q(note=""),
                name="line_that_is_not_plain_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}/{self.position} {self.scanned}"
