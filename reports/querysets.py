"""Asks about crowds of reports. Who sees which rows is ``visible_to``."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from postal_tthc.accounts.models import Organisation
from postal_tthc.accounts.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from postal_tthc.accounts.models import User


class ReportQuerySet(models.QuerySet):
    """Asks about reports."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Reports of the own organisation, and signed ones of those below it."""
        if (
            not user.is_authenticated
            or user.organisation is None
            or not user.may(Ability.READ_FIGURES)
        ):
            return self.none()
        within = Organisation.objects.within(user.organisation.scope)
        own = Q(organisation=user.organisation.scope)
        return self.filter(own | ~Q(content_hash=""), organisation__in=within)

    def waiting(self) -> Self:
        """Those that wait for a signature."""
        return self.filter(status="submitted")

    def signed(self) -> Self:
        """Those whose figures were frozen, whatever became of them later."""
        return self.exclude(content_hash="")
