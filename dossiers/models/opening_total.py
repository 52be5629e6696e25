"""Totals of the years before the system: what a paper book or a report says."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postal_tthc.accounts.models import Organisation
from procedures.models import Decision, Procedure

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from postal_tthc.accounts.models import User


class OpeningTotalQuerySet(models.QuerySet):
    """Asks about totals."""

    def of(self, organisation: Organisation) -> Self:
        """Totals of the organisation and of all below it.

        They are an agency's: a post office and a desk that serves a whole province
        have none of their own.
        """
        kinds = Organisation.Kind
        serves_province = organisation.scope.kind == kinds.PROVINCE
        below = (kinds.DESK, kinds.POST_OFFICE)
        if organisation.kind in below and serves_province:
            return self.none()
        return self.filter(
            organisation__in=Organisation.objects.within(organisation.scope)
        )

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The totals of the own organisation, as with dossiers."""
        if not user.is_authenticated or not user.role or user.organisation is None:
            return self.none()
        return self.of(user.organisation)

    def receiving(self) -> Self:
        """Totals that receive: dossiers of their month are nowhere else."""
        return self.filter(received__gt=0)


def _count(label: str) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, default=0)


class OpeningTotal(models.Model):
    """How many dossiers of a procedure in a month, where nobody itemised them.

    A month of an organisation has either dossiers or totals that receive, never
    both. What totals left open may be finished by rows of later months. All rows of
    a code name the same version of its procedure, so that they make one account.
    Written by ``dossiers.actions`` only; changes are kept by the audit log.
    """

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("competent agency"),
        on_delete=models.PROTECT,
        related_name="opening_totals",
    )
    procedure = models.ForeignKey(
        Procedure,
        verbose_name=_("procedure"),
        on_delete=models.PROTECT,
        related_name="opening_totals",
    )
    month = models.DateField(_("month"))  # its first day
    carried_in = _count(_("open when the first month began"))
    received = _count(_("received"))
    by_post = _count(_("of these by post"))
    intake_by_post = _count(_("came in by post"))
    both_legs_by_post = _count(_("both legs by post"))
    online = _count(_("came in online"))
    results = _count(_("results returned"))
    return_by_post = _count(_("of these sent by post"))
    early = _count(_("early"))
    on_time = _count(_("on time"))
    overdue = _count(_("overdue"))
    withdrawn = _count(_("withdrawn or discontinued"))
    open_overdue = _count(_("open and overdue at the end"))
    source = models.CharField(_("source"), max_length=300)
    document = models.ForeignKey(
        Decision,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_at = models.DateTimeField(_("entered at"))

    objects = OpeningTotalQuerySet.as_manager()
    # Why it is changed or taken away, for the audit log; not stored here.
    reason = ""

    class Meta:
        verbose_name = _("opening total")
        verbose_name_plural = _("opening totals")
        ordering = ["month", "procedure"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "procedure", "month"],
                name="one_total_of_a_procedure_and_month",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="total_month_is_a_first_day"
            ),
            models.CheckConstraint(
                condition=~Q(source=""), name="total_names_its_source"
            ),
            models.CheckConstraint(
                condition=Q(by_post__lte=F("received")),
                name="total_by_post_is_within_received",
            ),
            models.CheckConstraint(
                condition=Q(intake_by_post__lte=F("by_post")),
                name="total_intake_is_within_by_post",
            ),
            models.CheckConstraint(
                condition=Q(both_legs_by_post__lte=F("intake_by_post")),
                name="total_both_legs_are_within_intake",
            ),
            models.CheckConstraint(
                condition=Q(received__gte=F("intake_by_post") + F("online")),
                name="total_comes_in_by_one_way",
            ),
            models.CheckConstraint(
                condition=Q(return_by_post__lte=F("results")),
                name="total_return_is_within_results",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} {self.month:%m/%Y}"

    @property
    def finished(self) -> int:
        """The agency finished, or the applicant withdrew."""
        return self.early + self.on_time + self.overdue + self.withdrawn

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened and nothing is late."""
        return not any(getattr(self, name) for name in NUMBERS)

    def get_additional_data(self) -> dict[str, str | int]:
        """What the audit log keeps beside the old and the new numbers."""
        return {"agency": self.organisation_id, "reason": self.reason}


# The numbers of a row, in the order of a paper book.
NUMBERS = (
    "carried_in",
    "received",
    "by_post",
    "intake_by_post",
    "both_legs_by_post",
    "online",
    "results",
    "return_by_post",
    "early",
    "on_time",
    "overdue",
    "withdrawn",
    "open_overdue",
)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)
