"""The outreach ledger: what was done so that people know of the post."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation
from procedures.models import Decision


class OutreachEvent(models.Model):
    """One notice, posting or briefing, on its day. It fills section I.1 of a report.

    A wrong one is voided with a reason, never removed: a signed report may tell of it.
    """

    class Kind(models.TextChoices):
        """How people were told."""

        BRIEFING = "briefing", _("Briefing of staff")
        MEETING = "meeting", _("Meeting with citizens or organisations")
        PORTAL = "portal", _("Notice on the portal")
        POSTING = "posting", _("List posted up at the desk")
        LEAFLET = "leaflet", _("Leaflets")
        LETTER = "letter", _("Letter to units below")
        BROADCAST = "broadcast", _("Radio, newspaper or loudspeaker")
        TRAINING = "training", _("Training of postal staff")
        AGREEMENT = "agreement", _("Agreement signed with the post")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="outreach_events",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    held_on = models.DateField(_("day"))
    title = models.CharField(
        _("what was done"),
        max_length=300,
        help_text=_(
            "As it shall stand in the report, for example «phổ biến Quyết định số "
            "45/2016/QĐ-TTg tới toàn thể công chức»."
        ),
    )
    document = models.ForeignKey(
        Decision,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("The document it spread or rested on."),
    )
    reached = models.PositiveIntegerField(
        _("people reached"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    void_reason = models.CharField(_("void because"), max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    class Meta:
        verbose_name = _("outreach event")
        verbose_name_plural = _("outreach events")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "briefing",
                        "meeting",
                        "portal",
                        "posting",
                        "leaflet",
                        "letter",
                        "broadcast",
                        "training",
                        "agreement",
                    ]
                ),
                name="outreach_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="outreach_says_what_was_done"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_void(self) -> bool:
        """Whether it was entered by mistake."""
        return bool(self.void_reason)
