"""What comes in and goes out as files and messages: kept with its source."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.models.dossier import Dossier
from dossiers.models.postal_item import PostalItem
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


class ExportTemplate(models.Model):
    """A named choice of columns and filters for an export."""

    name = models.CharField(_("name"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    is_shared = models.BooleanField(
        _("for everybody of the organisation"), default=False
    )
    columns = models.JSONField(default=list)
    query = models.CharField(max_length=2000, blank=True)
    file_format = models.CharField(max_length=10, default="xlsx")

    class Meta:
        verbose_name = _("export template")
        verbose_name_plural = _("export templates")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="export_template_name_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(file_format__in=["xlsx", "csv", "ods"]),
                name="export_format_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


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


class WebhookEndpoint(models.Model):
    """Where events of an organisation's dossiers are sent, signed with its secret."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="webhook_endpoints",
    )
    url = models.URLField(_("address"), max_length=500)
    secret = models.CharField(_("secret"), max_length=100)
    steps = models.JSONField(_("steps"), default=list)  # empty: all
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("webhook endpoint")
        verbose_name_plural = _("webhook endpoints")
        ordering = ["organisation", "url"]

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One event on its way to an endpoint, with every attempt counted."""

    class Status(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        GIVEN_UP = "given_up", _("Given up")

    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.PROTECT, related_name="deliveries"
    )
    event_id = models.CharField(max_length=64, unique=True)
    payload = models.JSONField()
    status = models.CharField(max_length=20, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_answer = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-created_at", "-pk"]
        indexes = [
            # What the sender takes up next.
            models.Index(fields=["status", "next_attempt_at"])
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "delivered", "given_up"]),
                name="delivery_status_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.event_id
