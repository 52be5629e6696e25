"""Asks about crowds of dossiers. Who sees which rows is ``visible_to``."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from dossiers.counted_sets import (
    COUNTED_SETS,
    INTAKE_BY_POST,
    NOT_STOPPED,
    RETURN_BY_POST,
)
from dossiers.postal_statuses import UNDER_WAY
from dossiers.references import provisional_pk
from dossiers.statuses import EXPECTED, OPEN, PAUSED
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role
from postal_tthc.lib.vietnamese import fold

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class DossierQuerySet(models.QuerySet):
    """Asks about dossiers."""

    def of(self, organisation: Organisation) -> Self:
        """Dossiers of the organisation and of all below it.

        A post office has what travels by post in its province; a desk that
        serves a whole province has what came in at its own counter.
        """
        kinds = Organisation.Kind
        found = self.filter(agency__in=Organisation.objects.within(organisation.scope))
        if organisation.kind == kinds.POST_OFFICE:
            return found.handled_by_post()
        if (
            organisation.kind == kinds.DESK
            and organisation.scope.kind == kinds.PROVINCE
        ):
            return self.filter(desk=organisation)
        return found

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The dossiers this person may see: those of the own organisation.

        A postal clerk sees only what travels by public post. Pages, exports and
        figures all start here.
        """
        if not user.is_authenticated or not user.role or user.organisation is None:
            return self.none()
        seen = self.of(user.organisation)
        return seen.handled_by_post() if user.role == Role.POSTAL_CLERK else seen

    def counted(self, name: str, start: date, end: date) -> Self:
        """The dossiers behind a figure. Raises ``KeyError`` for an unknown one."""
        return self.filter(COUNTED_SETS[name].condition(start, end))

    def by_post(self) -> Self:
        """Dossiers with at least one leg by public post."""
        return self.filter(INTAKE_BY_POST | RETURN_BY_POST)

    def handled_by_post(self) -> Self:
        """Dossiers with a leg by public post, or whose papers went home with it."""
        carried = self.model.postal_items.through.objects.values("dossier")
        return self.filter(INTAKE_BY_POST | RETURN_BY_POST | Q(pk__in=carried))

    def open(self) -> Self:
        """Dossiers to which the agency still owes an answer."""
        return self.filter(status__in=sorted(OPEN))

    def running(self) -> Self:
        """Open dossiers whose clock does not stand still."""
        return self.open().exclude(status__in=sorted(PAUSED))

    def overdue(self, on: date) -> Self:
        """Open dossiers past their due date; a clock that stood still by then is not."""
        return self.open().filter(NOT_STOPPED, due_on__lt=on)

    def with_papers_left(self) -> Self:
        """Dossiers of which somebody still holds a paper."""
        return self.filter(pk__in=self._holding())

    def with_originals_left(self) -> Self:
        """Dossiers of which somebody other than the applicant has an original."""
        return self.filter(pk__in=self._holding().filter(form="original"))

    def _holding(self) -> models.QuerySet:
        papers = self.model._meta.get_field("papers").related_model
        return papers.objects.filter(held_by__isnull=False).values("dossier")

    def referred_to(self, reference: str) -> Self:
        """The dossier of this code or provisional number, in a set of one or none.

        A provisional number goes on meaning its dossier after the code was given.
        """
        reference = reference.strip().upper()
        pk = provisional_pk(reference)
        return self.filter(Q(pk=pk) if pk else Q(code=reference))

    def matching(self, words: str, *, item: str = "") -> Self:
        """Dossiers whose code or people hold every word, diacritics ignored.

        With ``item`` also those that travel in the envelope of that number.
        """
        found = Q()
        for word in fold(words).split():
            found &= Q(search_text__contains=word)
        if item:
            carried = self.model.objects.filter(postal_items__number=item)
            found |= Q(pk__in=carried.order_by().values("pk"))
        return self.filter(found)

    def before(self, received_at: str, pk: int) -> Self:
        """What comes after this row in the register, newest first."""
        # The bound beside the OR is what an index can use.
        return self.filter(
            Q(received_at__lt=received_at) | Q(received_at=received_at, pk__lt=pk),
            received_at__lte=received_at,
        )


class PostalItemQuerySet(models.QuerySet):
    """Asks about postal items."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The items of the dossiers that this person may see."""
        dossiers = self.model._meta.get_field("dossiers").related_model
        return self.carrying(dossiers.objects.visible_to(user))

    def carrying(self, dossiers: DossierQuerySet) -> Self:
        """The items in which at least one of these dossiers travels."""
        return self.filter(pk__in=dossiers.order_by().values("postal_items"))

    def under_way(self) -> Self:
        """Items that the post has."""
        return self.filter(status__in=sorted(UNDER_WAY))

    def silent(self, on: date) -> Self:
        """Items under way of which news should have come before this day.

        What ended before it came to the desk is not waited for any more.
        """
        waits = models.Exists(
            self.model.dossiers.through.objects.filter(
                postalitem=models.OuterRef("pk"),
                dossier__status__in=sorted(EXPECTED | PAUSED),
            )
        )
        late = self.under_way().filter(news_due_on__lt=on)
        return late.filter(Q(leg="return") | Q(waits))

    def owing(self) -> Self:
        """Delivered items whose fees or recovered papers are not handed over yet."""
        owes = Q(collect_dong__gt=0) | ~Q(recovers="")
        return self.filter(owes, delivered_on__isnull=False, remitted_on__isnull=True)


class HandoverQuerySet(models.QuerySet):
    """Asks about handover minutes."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Minutes of the own desk or agency, or of the own post office."""
        if not user.is_authenticated or not user.role or user.organisation is None:
            return self.none()
        if user.organisation.kind == Organisation.Kind.POST_OFFICE:
            return self.filter(post_office=user.organisation)
        within = Organisation.objects.within(user.organisation.scope)
        return self.filter(desk__in=within)


class IncidentQuerySet(models.QuerySet):
    """Asks about incidents."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Incidents of the dossiers and items that this person may see."""
        dossiers = self.model._meta.get_field("dossier").related_model
        return self.about(dossiers.objects.visible_to(user))

    def about(self, dossiers: DossierQuerySet) -> Self:
        """The incidents of these dossiers, and of the items they travel in."""
        found = dossiers.order_by()
        return self.filter(
            Q(dossier__in=found.values("pk"))
            | Q(
                item__in=found.filter(postal_items__isnull=False).values("postal_items")
            )
        )

    def open(self) -> Self:
        """Incidents still to be resolved."""
        return self.filter(outcome="")
