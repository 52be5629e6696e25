"""Organisations and the people who work in them."""

from datetime import date
from typing import Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.roles import ABILITIES, Ability, Role
from postal_tthc.errors import Invalid
from postal_tthc.lib.letterheads import Letterhead, letterhead, short_name

# Left to right since 15/09/2020 (QĐ 20/2020/QĐ-TTg), e.g. H02.16, at most 35
# characters; right to left before (QCVN 102:2016), e.g. 000.00.16.H02.
IDENTIFIER = (
    r"(?:[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}|[A-Y][0-9]{2}(?:\.[0-9A-Z]+)*)"
)


LEVELS = 3


class OrganisationQuerySet(models.QuerySet):
    """Asks about crowds of organisations."""

    def within(self, organisation: "Organisation") -> Self:
        """The organisation and everything below it (three levels at most)."""
        return self.filter(
            Q(pk=organisation.pk)
            | Q(parent=organisation)
            | Q(parent__parent=organisation)
        )

    def agencies(self) -> Self:
        """The organisations that decide on dossiers."""
        return self.filter(kind=Organisation.Kind.AGENCY)


class Organisation(models.Model):
    """A province, an agency, a one-stop desk or a post office. Never deleted."""

    class Kind(models.TextChoices):
        """What an organisation is."""

        PROVINCE = "province", _("Province")
        AGENCY = "agency", _("Agency")
        DESK = "desk", _("One-stop desk")
        POST_OFFICE = "post_office", _("Post office")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent organisation"),
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    name = models.CharField(_("name"), max_length=200)
    symbol = models.CharField(
        _("symbol"), max_length=20, unique=True, help_text=_("For example SNV.")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        on_delete=models.PROTECT,
        related_name="predecessors",
        null=True,
        blank=True,
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["province", "agency", "desk", "post_office"]),
                name="organisation_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="province") | Q(parent__isnull=False),
                name="organisation_below_a_province_has_a_parent",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="organisation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False),
                name="organisation_with_successor_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Three levels at most, and nobody above oneself."""
        above = [self.parent]
        while above[-1] is not None and len(above) < LEVELS + 1:
            above.append(above[-1].parent)
        if self.pk and any(x and x.pk == self.pk for x in above):
            raise ValidationError(
                {"parent": _("An organisation cannot stand above itself.")}
            )
        if len([x for x in above if x]) + self._levels_below() >= LEVELS:
            raise ValidationError(
                {"parent": _("There are three levels: province, agency, desk.")}
            )

    def _levels_below(self) -> int:
        if self.pk is None or not self.children.exists():
            return 0
        below = Organisation.objects.filter(parent__parent=self.pk)
        return 2 if below.exists() else 1

    @property
    def scope(self) -> "Organisation":
        """Whose work it sees: a desk its agency's, a post office its province's."""
        below = (self.Kind.DESK, self.Kind.POST_OFFICE)
        return self.parent if self.kind in below else self

    @property
    def province(self) -> "Organisation":
        """The organisation at the top, above itself and all others."""
        top = self
        while top.parent is not None:
            top = top.parent
        return top

    @property
    def letterhead(self) -> Letterhead:
        """The head of the papers it writes (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
        return letterhead(**self._names())

    @property
    def own_name(self) -> str:
        """The name as it uses it itself: without what stands above it."""
        return short_name(**self._names())

    def _names(self) -> dict[str, str]:
        above = self.parent.name if self.parent else ""
        return {"name": self.name, "above": above, "province": self.province.name}

    def post_offices(self) -> OrganisationQuerySet:
        """The post offices of its province that exist today, the oldest first."""
        within = Organisation.objects.within(self.province)
        return within.filter(kind=self.Kind.POST_OFFICE, valid_to=None).order_by("pk")

    def identifier_on(self, day: date) -> str:
        """The agency identifier used in dossier codes on a day.

        Raises ``Invalid`` when none has been entered for that day.
        """
        identifier = (
            self.identifiers.filter(used_from__lte=day).order_by("-used_from").first()
        )
        if identifier is None:
            raise Invalid(
                _(
                    "%(name)s has no agency identifier on %(day)s. "
                    "An administrator must enter one first."
                )
                % {"name": self.name, "day": f"{day:%d/%m/%Y}"}
            )
        return identifier.value


class OrganisationIdentifier(models.Model):
    """The identifier of an organisation from a day on.

    Agencies moved from the old form to the new one within 24 months of
    15/09/2020, each on its own day, so the day is data.
    """

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="identifiers",
    )
    value = models.CharField(
        _("identifier"),
        max_length=35,
        unique=True,
        validators=[
            RegexValidator(
                rf"^{IDENTIFIER}\Z",
                _("Write H02.16 (new form) or 000.00.16.H02 (old form)."),
            )
        ],
    )
    used_from = models.DateField(_("used from"))

    class Meta:
        verbose_name = _("agency identifier")
        verbose_name_plural = _("agency identifiers")
        ordering = ["used_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "used_from"],
                name="one_identifier_begins_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.value


class User(AbstractUser):
    """A person: one organisation, one role."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="users",
        null=True,
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    full_name = models.CharField(_("full name"), max_length=150)

    objects = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["", *Role.values]), name="user_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(role="") | Q(organisation__isnull=False),
                name="user_with_a_role_has_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def clean(self) -> None:
        """A post office sees the post of a whole province, and nothing else of it."""
        super().clean()
        is_postal = self.role == Role.POSTAL_CLERK
        kind = self.organisation.kind if self.organisation else None
        if self.role and (kind == Organisation.Kind.POST_OFFICE) != is_postal:
            raise ValidationError(
                {"role": _("Postal clerks, and they alone, work at a post office.")}
            )

    def get_full_name(self) -> str:
        """The name in Vietnamese order, which is one name."""
        return str(self)

    def get_short_name(self) -> str:
        """The same: a Vietnamese name is not cut."""
        return str(self)

    def may(self, ability: Ability) -> bool:
        """Whether this person's role allows this."""
        return bool(self.role) and ability in ABILITIES[Role(self.role)]
