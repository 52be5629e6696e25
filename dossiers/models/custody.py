"""The log of a dossier: append-only, each entry sealed to the one before it."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.models.dossier import Dossier
from dossiers.models.handover import Handover
from dossiers.models.postal_item import PostalItem
from dossiers.statuses import Status, Step
from postal_tthc.accounts.models import Organisation


class CustodyQuerySet(models.QuerySet):
    """Reads only: what is written stays."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("Custody entries are append-only.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("Custody entries are append-only.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: it can write over what is there, and seals are made one by one."""
        raise TypeError("Custody entries are append-only, one by one.")


class CustodyEntry(models.Model):
    """One thing that happened to a dossier: what, when, by whom, and what then held.

    Written only by ``dossiers.custody.record``. ``sequence`` counts from 1 in
    each dossier; ``seal`` is SHA-256 over the entry and the seal before it.
    ``state`` is the dossier after the step: its days, and who holds each paper
    (see ``custody.state_of``); entries older than it have none.
    """

    dossier = models.ForeignKey(
        Dossier,
        verbose_name=_("dossier"),
        on_delete=models.PROTECT,
        related_name="custody",
    )
    sequence = models.PositiveIntegerField(_("sequence"))
    step = models.CharField(_("step"), max_length=20, choices=Step)
    status = models.CharField(_("status after"), max_length=20, choices=Status)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="custody_entries",
    )
    held_by = models.ForeignKey(
        Organisation,
        verbose_name=_("papers held by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    item = models.ForeignKey(
        PostalItem,
        verbose_name=_("postal item"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    handover = models.ForeignKey(
        Handover,
        verbose_name=_("handover minutes"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    state = models.JSONField(_("state after"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    previous_seal = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, unique=True)

    objects = CustodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("custody entry")
        verbose_name_plural = _("custody entries")
        ordering = ["dossier", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "sequence"], name="custody_is_one_line"
            ),
            models.CheckConstraint(
                condition=Q(step__in=Step.values), name="custody_step_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="custody_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(sequence=1, previous_seal="")
                | (Q(sequence__gt=1) & ~Q(previous_seal="")),
                name="custody_first_entry_alone_has_no_previous",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.sequence} {self.step}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk:
            raise TypeError("Custody entries are append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("Custody entries are append-only.")
