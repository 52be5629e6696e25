"""Drafts: what somebody has typed and not saved yet, kept on the server."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """The fields of an entry page as they stand; its owner alone sees it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="drafts",
    )
    key = models.CharField(max_length=40)  # made by the page that writes it
    title = models.CharField(_("title"), max_length=300, blank=True)
    # [[name, value], …] as a browser would send them.
    fields = models.JSONField(_("fields"), default=list)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="one_draft_a_key")
        ]

    def __str__(self) -> str:
        return self.title or self.key
