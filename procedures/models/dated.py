"""Rows of the law's tables that hold from a day to a day."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postal_tthc.lib.vietnamese import write_date
from procedures.querysets import DatedQuerySet


class Dated(models.Model):
    """What holds from a day to a day, and which document says so.

    A change is a new row; the old one ends the day before, so that what was
    counted or printed under it can be explained. Nothing is deleted.
    """

    # Of the rows alike in this field one holds on a day.
    KEY: str

    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("Empty: since ever.")
    )
    valid_to = models.DateField(
        _("valid to"), null=True, blank=True, help_text=_("Empty: until it is changed.")
    )
    source = models.CharField(
        _("source"),
        max_length=300,
        help_text=_("The legal document or the letter that says so."),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""), name="%(class)s_has_its_source"
            ),
        ]

    @property
    def period(self) -> str:
        """From when to when it holds, in words."""
        first = self.valid_from and write_date(self.valid_from)
        last = self.valid_to and write_date(self.valid_to)
        if first and last:
            return f"{first} – {last}"
        if first:
            return str(_("from %(day)s") % {"day": first})
        if last:
            return str(_("until %(day)s") % {"day": last})
        return str(_("without dates"))

    def siblings(self) -> models.QuerySet[Self]:
        """The other rows of the same thing."""
        same: dict[str, Any] = {self.KEY: getattr(self, self.KEY)}
        return type(self).objects.filter(**same).exclude(pk=self.pk)

    def overlaps(self, other: "Dated") -> bool:
        """Whether both hold on at least one day."""
        begins_in_time = (
            self.valid_from is None
            or other.valid_to is None
            or self.valid_from <= other.valid_to
        )
        ends_late_enough = (
            self.valid_to is None
            or other.valid_from is None
            or self.valid_to >= other.valid_from
        )
        return begins_in_time and ends_late_enough


def one_at_a_time(key: str) -> list[models.UniqueConstraint]:
    """At most one row of a thing begins on a day, has no beginning, has no end."""
    return [
        models.UniqueConstraint(
            fields=[key, "valid_from"], name=f"one_%(class)s_of_a_{key}_begins_on_a_day"
        ),
        models.UniqueConstraint(
            fields=[key],
            condition=Q(valid_from__isnull=True),
            name=f"one_%(class)s_of_a_{key}_since_ever",
        ),
        models.UniqueConstraint(
            fields=[key],
            condition=Q(valid_to__isnull=True),
            name=f"one_open_%(class)s_of_a_{key}",
        ),
    ]
