"""Results later than promised, and whose days that were."""

from dataclasses import dataclass
from datetime import date

from dossiers.lateness import OWNERS, judged, late_arrivals
from dossiers.querysets import DossierQuerySet
from reports.ratios import Ratio


@dataclass(frozen=True)
class Owner:
    """One owner of lateness: in how many results, and how many working days."""

    party: str
    results: int
    days: int


@dataclass(frozen=True)
class Lateness:
    """The results that the post delivered in the period, with a promised day.

    Promised is the due date and J+n; one result may be late through several owners.
    """

    judged: int = 0
    late: int = 0
    days: int = 0
    owners: tuple[Owner, ...] = ()

    @property
    def ratio(self) -> Ratio:
        """Late, of those that can be judged."""
        return Ratio(self.late, self.judged, "late", "judged")


def lateness(seen: DossierQuerySet, start: date, end: date) -> Lateness:
    """Whose days made results late. At most four queries."""
    late = late_arrivals(seen, start, end)
    return Lateness(
        judged=judged(seen, start, end).count(),
        late=len(late),
        days=sum(x.late for x in late),
        owners=tuple(
            Owner(
                party.value,
                sum(bool(x.of(party)) for x in late),
                sum(x.of(party) for x in late),
            )
            for party in OWNERS
        ),
    )
