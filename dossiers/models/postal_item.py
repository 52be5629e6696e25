"""Postal items: what travels, under which number, and what became of it."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dossiers.item_numbers import is_s10
from dossiers.models.dossier import Dossier
from dossiers.postal_statuses import ItemStatus, Payer, Reason, Service
from dossiers.querysets import PostalItemQuerySet
from postal_tthc.accounts.models import Organisation
from procedures.models import Leg, TransitNorm

MOST_DONG = 100_000_000


class PostalItem(models.Model):
    """One envelope on one leg; it may carry several dossiers.

    Address and service are kept as they were on the day it was posted.
    """

    number = models.CharField(_("item number"), max_length=30)
    leg = models.CharField(_("leg"), max_length=10, choices=Leg)
    dossiers = models.ManyToManyField(
        Dossier, verbose_name=_("dossiers"), related_name="postal_items"
    )
    post_office = models.ForeignKey(
        Organisation,
        verbose_name=_("post office"),
        on_delete=models.PROTECT,
        related_name="postal_items",
        null=True,
        blank=True,
    )
    status = models.CharField(
        _("status"), max_length=20, choices=ItemStatus, default=ItemStatus.PREPARED
    )
    service = models.CharField(
        _("service"), max_length=20, choices=Service, default=Service.DOSSIER_POST
    )
    route = models.CharField(
        _("route"),
        max_length=30,
        choices=TransitNorm.Route,
        default=TransitNorm.Route.WITHIN_PROVINCE,
    )
    recipient_name = models.CharField(_("recipient"), max_length=200, blank=True)
    recipient_phone = models.CharField(
        _("recipient's phone"), max_length=30, blank=True
    )
    recipient_address = models.CharField(_("address"), max_length=300, blank=True)
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    expected_on = models.DateField(
        _("expected by"),
        null=True,
        blank=True,
        help_text=_("Day of acceptance and J+n working days, as the norm was then."),
    )
    news_due_on = models.DateField(
        _("news expected by"),
        null=True,
        blank=True,
        help_text=_("Past this day without news the item is silent."),
    )
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    delivered_to = models.CharField(_("delivered to"), max_length=200, blank=True)
    proof_of_posting = models.CharField(
        _("proof of posting"),
        max_length=60,
        blank=True,
        help_text=_("Number of the post's receipt."),
    )
    seal_number = models.CharField(_("seal number"), max_length=40, blank=True)
    opened_seal_number = models.CharField(
        _("seal number at opening"), max_length=40, blank=True
    )
    postage_dong = models.PositiveIntegerField(
        _("postage (đồng)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_DONG)],
    )
    payer = models.CharField(
        _("who pays the postage"),
        max_length=20,
        choices=Payer,
        default=Payer.APPLICANT,
    )
    collect_dong = models.PositiveIntegerField(
        _("to collect on behalf of the agency (đồng)"),
        default=0,
        validators=[MaxValueValidator(MOST_DONG)],
    )
    recovers = models.CharField(
        _("papers to recover from the recipient"), max_length=300, blank=True
    )
    remitted_on = models.DateField(
        _("fees and recovered papers handed over on"), null=True, blank=True
    )

    objects = PostalItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("postal item")
        verbose_name_plural = _("postal items")
        ordering = ["-posted_on", "-pk"]
        indexes = [
            # The desk and the silence alarm: what should have come by now.
            models.Index(fields=["status", "news_due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "leg"], name="item_number_is_unique_on_a_leg"
            ),
            models.CheckConstraint(
                condition=Q(leg__in=Leg.values), name="item_leg_is_known"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="item_has_a_number"),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True)
                | Q(posted_on__isnull=True)
                | Q(delivered_on__gte=F("posted_on")),
                name="item_is_delivered_after_it_is_posted",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ItemStatus.values), name="item_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(service__in=Service.values), name="item_service_is_known"
            ),
            models.CheckConstraint(
                condition=Q(route__in=TransitNorm.Route.values),
                name="item_route_is_known",
            ),
            models.CheckConstraint(
                condition=Q(payer__in=Payer.values), name="item_payer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(expected_on__isnull=True) | Q(posted_on__isnull=False),
                name="item_is_expected_once_it_is_posted",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_s10(self) -> bool:
        """Whether the number passes the S10 check; others are kept with a doubt."""
        return is_s10(self.number)


class PostalEvent(models.Model):
    """One piece of news about an item. Wrong news is voided, never removed."""

    item = models.ForeignKey(
        PostalItem,
        verbose_name=_("postal item"),
        on_delete=models.PROTECT,
        related_name="events",
    )
    status = models.CharField(_("status"), max_length=20, choices=ItemStatus)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    at = models.DateTimeField(_("at"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    is_void = models.BooleanField(_("void"), default=False)

    class Meta:
        verbose_name = _("postal event")
        verbose_name_plural = _("postal events")
        ordering = ["item", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ItemStatus.values), name="event_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status=ItemStatus.ATTEMPTED, reason__in=Reason.values)
                | (~Q(status=ItemStatus.ATTEMPTED) & Q(reason="")),
                name="failed_attempt_alone_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.status}"
