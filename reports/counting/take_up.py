"""How many of those who could have used the post did, procedure by procedure."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from dossiers.counted_sets import COUNTED_SETS
from dossiers.querysets import DossierQuerySet
from reports.ratios import Ratio


@dataclass(frozen=True)
class TakeUp:
    """One procedure: those that could have gone by post, and those that did."""

    code: str
    name: str
    could: int
    took: int

    @property
    def ratio(self) -> Ratio:
        """By post, of those that could have gone by post."""
        return Ratio(self.took, self.could, "took_the_post", "could_go_by_post")


def take_up(seen: DossierQuerySet, start: date, end: date) -> list[TakeUp]:
    """Every procedure with a dossier that could have gone by post, the largest first.

    Whether it could is asked for the day the clock started and the version the
    dossier stands under. One query.
    """
    rows = (
        seen.filter(COUNTED_SETS["could_go_by_post"].condition(start, end))
        .order_by()
        .values("procedure__code")
        .annotate(
            name=Max("procedure__name"),
            could=Count("pk"),
            took=Count("pk", filter=COUNTED_SETS["by_post"].condition(start, end)),
        )
    )
    lines = [
        TakeUp(row["procedure__code"], row["name"], row["could"], row["took"])
        for row in rows
    ]
    return sorted(lines, key=lambda x: (-x.could, x.code))
