"""Our own days on top of the calendar, each with its document."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postal_tthc.lib.vietnamese import write_date


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
