"""Asks about crowds of reference data, always on a named day."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from postal_tthc.lib.vietnamese import fold

if TYPE_CHECKING:
    from postal_tthc.accounts.models import Organisation
    from procedures.models import Procedure

# "42" typed for 1.990042 is a code; a single digit fits too much.
SHORTEST_CODE = 2


def _between(start: str, end: str, on: date) -> Q:
    return Q(**{f"{start}__lte": on}) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": on})
    )


def valid_on(on: date) -> Q:
    """Rows of ``PostalEligibility`` that hold on the day."""
    return _between("valid_from", "valid_to", on)


class DatedQuerySet(models.QuerySet):
    """Asks about rows that may have held since ever."""

    def valid(self, on: date) -> Self:
        """Rows that hold on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        )


class DecisionQuerySet(models.QuerySet):
    """Asks about decisions."""

    def in_force(self, on: date) -> Self:
        """Decisions in effect on the day."""
        return self.filter(_between("effective_from", "effective_to", on))


class ProcedureQuerySet(models.QuerySet):
    """Asks about procedures."""

    def in_force(self, on: date) -> Self:
        """Procedures that may be asked for on the day."""
        return self.filter(_between("in_force_from", "in_force_to", on))

    def in_force_between(self, start: date, end: date) -> Self:
        """Procedures that may be asked for on at least one day from start to end."""
        return self.filter(
            Q(in_force_from__lte=end)
            & (Q(in_force_to__isnull=True) | Q(in_force_to__gte=start))
        )

    def of(self, organisation: "Organisation") -> Self:
        """Procedures of the organisation and of every agency below it."""
        below = type(organisation).objects.within(organisation)
        return self.filter(agency__in=below)

    def _decided(self, on: date, *, leg: str | None, is_eligible: bool) -> Exists:
        decided = self.model._meta.get_field("eligibilities").related_model.objects
        rows = decided.filter(valid_on(on), procedure=OuterRef("pk"))
        if leg:
            rows = rows.filter(leg=leg)
        return Exists(rows.filter(is_eligible=is_eligible))

    def postal(self, on: date, *, leg: str | None = None) -> Self:
        """Procedures of which a leg (any leg) may go by public post on the day."""
        return self.filter(self._decided(on, leg=leg, is_eligible=True))

    def not_postal(self, on: date) -> Self:
        """Procedures of which no leg may go by public post on the day."""
        return self.exclude(self._decided(on, leg=None, is_eligible=True))

    def matching(self, words: str) -> Self:
        """Procedures whose code or name holds every word, diacritics ignored."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def typed(self, text: str, on: date | None) -> "Procedure | None":
        """The procedure meant by a typed code, or by its last digits.

        Where several agencies have the code, the symbol of one stands behind it.
        The version in force on the day is preferred, so that the answer to a code
        out of force can say since when. None when nothing or too much fits.
        """
        code = text.strip().split(" ")[0].upper()
        if len(code) < SHORTEST_CODE:
            return None
        exact = self.filter(code__iexact=code)
        found = exact if exact.exists() else self.filter(code__endswith=code)
        agencies = found.filter(agency__symbol__iexact=text.strip().split(" ")[-1])
        found = agencies if agencies.exists() else found
        versions = list(found.order_by("-in_force_from"))
        if len({(version.code, version.agency_id) for version in versions}) != 1:
            return None
        in_force = [v for v in versions if on is not None and v.is_in_force(on)]
        return (in_force or versions)[0]
