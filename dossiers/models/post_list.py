"""Lists that the post sends, and what they were matched with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation


class PostList(models.Model):
    """One list that the post sent: the file, who brought it, what matching showed.

    ``results``, ``faults`` and ``unread`` (headings of columns with values that no
    one read) are those of the last look; ``written`` counts the rows that were
    written, ``changed`` numbers those that were no longer as shown then.
    """

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="post_lists",
    )
    file = models.FileField(_("file"), upload_to="post-lists/%Y/")
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))
    results = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    unread = models.JSONField(default=list)
    matched_at = models.DateTimeField(_("matched at"), null=True, blank=True)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    written = models.PositiveIntegerField(default=0)
    changed = models.JSONField(default=list)

    class Meta:
        verbose_name = _("list of the post")
        verbose_name_plural = _("lists of the post")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(written_at__isnull=True, written_by__isnull=True)
                | Q(written_at__isnull=False, written_by__isnull=False),
                name="post_list_is_written_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(written_at__isnull=True) | Q(matched_at__isnull=False),
                name="post_list_is_matched_before_it_is_written",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_written(self) -> bool:
        """Whether what the last look showed was written."""
        return self.written_at is not None and self.written_at >= self.matched_at
