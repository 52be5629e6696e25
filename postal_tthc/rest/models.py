"""What the API keeps: tokens as hashes, and answers that may be asked for again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from postal_tthc.accounts.models import Organisation


class Scope(models.TextChoices):
    """What a token may be used for. It never allows more than its person may."""

    READ = "read", _("Read")
    WRITE = "write", _("Write: the verbs of the desk and the agency")
    POST = "post", _("Post: the verbs of the post")


class ApiToken(AbstractAuthToken):
    """The key of a program that works for an organisation in a person's name.

    Only the hash (SHA-512) is kept: whoever reads the database cannot use it. It
    ends on its day, when it is revoked, when the person is switched off, and when
    the person goes to another organisation.
    """

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="api_tokens",
    )
    name = models.CharField(
        _("what it is for"), max_length=100, help_text=_("The program that uses it.")
    )
    # Values of ``Scope``.
    scopes = models.JSONField(_("scopes"), default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["token_key"], name="api_token_begins_like_no_other"
            ),
            models.CheckConstraint(
                condition=Q(expiry__isnull=False), name="api_token_expires"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_token_is_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.token_key}…)"

    @property
    def is_usable(self) -> bool:
        """Whether it opens anything now."""
        return (
            self.revoked_at is None
            and self.expiry > timezone.now()
            and self.user.is_active
            and self.user.organisation_id == self.organisation_id
        )

    @property
    def scope_labels(self) -> list[str]:
        """Its scopes in words, in the order of the form."""
        return [str(x.label) for x in Scope if x in self.scopes]


class IdempotencyKey(models.Model):
    """A request that was carried out, and its answer, for whoever asks again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=100)
    # SHA-256 over method, address and what was sent.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(null=True)
    headers = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], name="one_answer_an_idempotency_key"
            )
        ]

    def __str__(self) -> str:
        return self.key
