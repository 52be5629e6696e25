"""One envelope's journey, pure: what a table by place, weekday or route is made of."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from reports.post_figures import LegFigures, histogram

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Journey:
    """One item of the period, as it is known today.

    ``days`` are the working days it took when it was delivered, ``norm`` the n of
    J+n; both None while nobody knows. ``dossiers`` is how many travel in it.
    """

    leg: str
    route: str
    place: str
    recipient: str
    posted_on: date
    status: str
    days: int | None
    norm: int | None
    is_judged: bool
    is_within_norm: bool
    attempts: int
    postage_dong: int | None
    dossiers: int

    @property
    def weekday(self) -> int:
        """1 is Monday."""
        return self.posted_on.isoweekday()


@dataclass(frozen=True)
class Saving:
    """What one envelope in place of several would have saved."""

    results: int
    envelopes: int
    days: int  # on which it would have been possible
    dong: int


def figures_of(journeys: Iterable[Journey]) -> LegFigures:
    """The figures of these items together."""
    rows = list(journeys)
    known = [x.postage_dong for x in rows if x.postage_dong is not None]
    return LegFigures(
        posted=len(rows),
        arrived=sum(x.status == "delivered" for x in rows),
        came_back=sum(x.status == "came_back" for x in rows),
        lost=sum(x.status == "lost" for x in rows),
        under_way=sum(x.status not in ("delivered", "came_back", "lost") for x in rows),
        judged=sum(x.is_judged for x in rows),
        within_norm=sum(x.is_within_norm for x in rows),
        attempts=sum(x.attempts for x in rows),
        postage_known=len(known),
        postage_dong=sum(known),
        days=histogram(x.days for x in rows if x.days is not None),
        norms=histogram(x.norm for x in rows if x.norm is not None),
    )


def grouped(
    journeys: Iterable[Journey], key: Callable[[Journey], Key]
) -> dict[Key, list[Journey]]:
    """The items of each group."""
    groups: dict[Key, list[Journey]] = defaultdict(list)
    for journey in journeys:
        groups[key(journey)].append(journey)
    return groups


def saving(journeys: Iterable[Journey], key: Callable[[Journey], Hashable]) -> Saving:
    """What one envelope a day for all that share ``key`` would have saved.

    The dearest envelope is kept as the one that goes; an empty key shares nothing,
    and postage that nobody wrote down saves nothing.
    """
    known = [x for x in journeys if key(x)]
    groups = grouped(known, lambda x: (x.posted_on, key(x)))
    shared = [x for x in groups.values() if len(x) > 1]
    paid = [[x.postage_dong or 0 for x in group] for group in shared]
    return Saving(
        results=sum(x.dossiers for group in shared for x in group),
        envelopes=sum(len(group) for group in shared),
        days=len({group[0].posted_on for group in shared}),
        dong=sum(sum(group) - max(group) for group in paid),
    )
