"""Asks about crowds of dossiers. Who sees which rows is ``visible_to``."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from dossiers.counted_sets import COUNTED_SETS, INTAKE_BY_POST, RETURN_BY_POST
from dossiers.statuses import OPEN
from postal_tthc.accounts.models import Organisation, User
from postal_tthc.accounts.roles import Role
from postal_tthc.lib.vietnamese import fold

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class DossierQuerySet(models.QuerySet):
    """Asks about dossiers."""

    def of(self, organisation: Organisation) -> Self:
        """Dossiers of the organisation and of all below it.

        A post office has what travels by public post in its province; a desk that
        serves a whole province has what came in at its own counter.
        """
        kinds = Organisation.Kind
        found = self.filter(agency__in=Organisation.objects.within(organisation.scope))
        if organisation.kind == kinds.POST_OFFICE:
            return found.by_post()
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
        return seen.by_post() if user.role == Role.POSTAL_CLERK else seen

    def counted(self, name: str, start: date, end: date) -> Self:
        """The dossiers behind a figure. Raises ``KeyError`` for an unknown one."""
        return self.filter(COUNTED_SETS[name].condition(start, end))

    def by_post(self) -> Self:
        """Dossiers with at least one leg by public post."""
        return self.filter(INTAKE_BY_POST | RETURN_BY_POST)

    def open(self) -> Self:
        """Dossiers to which the agency still owes an answer."""
        return self.filter(status__in=sorted(OPEN))

    def overdue(self, on: date) -> Self:
        """Open dossiers past their due date."""
        return self.open().filter(due_on__lt=on)

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
