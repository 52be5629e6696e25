"""Registers that come in as files, and what each of their rows did."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.models.dossier import Dossier
from postal_tthc.accounts.models import Organisation


class RegisterImport(models.Model):
    """One register that was read from a file: the file, who, when, what came of it.

    ``mapping`` gives each column key its place; ``counts`` and ``faults`` are those of
    the judgement that was shown. It can be undone while nothing has happened since.
    """

    class Status(models.TextChoices):
        """How far it is."""

        JUDGED = "judged", _("Judged, not written")
        WRITING = "writing", _("Being written")
        WRITTEN = "written", _("Written")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Failed, nothing written")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="register_imports",
    )
    file = models.FileField(_("file"), upload_to="imports/%Y/")
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    skips_faulty = models.BooleanField(default=False)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.JUDGED
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("import of a register")
        verbose_name_plural = _("imports of registers")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=["judged", "writing", "written", "undone", "failed"]
                ),
                name="import_status_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedRow(models.Model):
    """What one row of a file did: the dossier it made or changed.

    ``fingerprint`` is SHA-256 over the row's values, so that the same row again changes
    nothing; ``before`` holds the values that a change replaced, for undoing it.
    """

    source = models.ForeignKey(
        RegisterImport, on_delete=models.PROTECT, related_name="rows"
    )
    number = models.PositiveIntegerField()
    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="imported_rows"
    )
    fingerprint = models.CharField(max_length=64, db_index=True)
    is_new = models.BooleanField()
    before = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["source", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "number"], name="a_row_is_imported_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.number}"


class ColumnMapping(models.Model):
    """Which column of a file is which, as somebody corrected it: remembered.

    ``signature`` is SHA-256 over the folded headings in their order.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()

    class Meta:
        verbose_name = _("mapping of columns")
        verbose_name_plural = _("mappings of columns")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "signature"],
                name="one_mapping_of_these_headings",
            )
        ]

    def __str__(self) -> str:
        return self.signature[:12]
