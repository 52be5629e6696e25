"""What the post tells by message."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.models.postal_item import PostalItem
from postal_tthc.accounts.models import Organisation


class Gateway(models.Model):
    """A connection through which the post pushes statuses; its secret signs them."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="gateways",
    )
    name = models.SlugField(_("name"), max_length=50, unique=True)
    adapter = models.CharField(_("adapter"), max_length=50, default="generic")
    secret = models.CharField(_("secret"), max_length=100)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("gateway of the post")
        verbose_name_plural = _("gateways of the post")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GatewayEvent(models.Model):
    """One pushed status, kept raw; what it did to an item, or why it did nothing."""

    class Outcome(models.TextChoices):
        """What became of it."""

        APPLIED = "applied", _("Applied")
        UNKNOWN_ITEM = "unknown_item", _("Unknown item")
        UNKNOWN_STATUS = "unknown_status", _("Unknown status, kept raw")
        CONTRADICTS = "contradicts", _("Contradicts what is known")

    gateway = models.ForeignKey(
        Gateway, on_delete=models.PROTECT, related_name="events"
    )
    event_id = models.CharField(max_length=100)
    received_at = models.DateTimeField()
    item = models.ForeignKey(
        PostalItem,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    payload = models.JSONField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("event of a gateway")
        verbose_name_plural = _("events of gateways")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "event_id"], name="gateway_event_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[
                        "applied",
                        "unknown_item",
                        "unknown_status",
                        "contradicts",
                    ]
                ),
                name="gateway_outcome_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.event_id
