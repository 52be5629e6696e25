"""The figures of the post, pure: items, transit times, attempts, postage, harm.

What TT 17/2017/TT-BTTTT, Điều 13 asks the post to report, seen from the agency.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from reports.ratios import Ratio

# How often each number of days, or norm, or kind occurred; in order.
Histogram = tuple[tuple[int, int], ...]
MEDIAN, P80, P90 = 50, 80, 90


@dataclass(frozen=True)
class LegFigures:
    """Items of one leg that the post accepted in the period.

    ``days`` says how many of the arrived items took how many working days after the
    day of acceptance J; on the way to the recipient the time ends at the first
    attempt to deliver (TT 17/2017, Điều 7). ``norms`` says how many items had which
    n of J+n. ``judged`` are those with a norm that arrived or whose norm has passed.
    Money is in đồng.
    """

    TABLES: ClassVar[frozenset[str]] = frozenset({"days", "norms"})

    posted: int = 0
    arrived: int = 0
    came_back: int = 0
    lost: int = 0
    under_way: int = 0
    judged: int = 0
    within_norm: int = 0
    attempts: int = 0  # that failed
    postage_known: int = 0  # items whose postage is written down
    postage_dong: int = 0
    days: Histogram = ()
    norms: Histogram = ()

    @property
    def within_norm_ratio(self) -> Ratio:
        """Arrived within J+n, of those that can be judged."""
        return Ratio(self.within_norm, self.judged, "items_within_norm", "items_judged")

    @property
    def median(self) -> int | None:
        """Half of the items took at most so many working days; None without items."""
        return percentile(self.days, MEDIAN)

    @property
    def p80(self) -> int | None:
        """Four in five took at most so many working days."""
        return percentile(self.days, P80)

    @property
    def p90(self) -> int | None:
        """Nine in ten took at most so many working days."""
        return percentile(self.days, P90)

    @property
    def postage_mean(self) -> int | None:
        """Đồng an item, of those whose postage is known, half up."""
        if not self.postage_known:
            return None
        exact = Decimal(self.postage_dong) / Decimal(self.postage_known)
        return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def __add__(self, other: "LegFigures") -> "LegFigures":
        values: dict[str, Any] = {}
        for field in fields(self):
            one, two = getattr(self, field.name), getattr(other, field.name)
            joined = merge(one, two) if field.name in self.TABLES else one + two
            values[field.name] = joined
        return LegFigures(**values)


NO_ITEMS = LegFigures()


@dataclass(frozen=True)
class PostFigures:
    """Both legs, and the harm found out in the period.

    ``incidents`` says how many of each kind (``Incident.Kind``) were found out;
    complaints are those sent in the period, ``answered_late`` those of them whose
    answer came after its legal day or is still missing past it.
    """

    intake: LegFigures = NO_ITEMS
    outgoing: LegFigures = NO_ITEMS
    incidents: tuple[tuple[str, int], ...] = ()
    complaints: int = 0
    answered_late: int = 0
    compensation_due_dong: int = 0
    compensation_paid_dong: int = 0

    @property
    def both(self) -> LegFigures:
        """The two legs together."""
        return self.intake + self.outgoing

    def incident(self, kind: str) -> int:
        """How many of a kind."""
        return dict(self.incidents).get(kind, 0)


def percentile(days: Histogram, percent: int) -> int | None:
    """The nearest-rank percentile: the least value that ``percent`` do not exceed."""
    total = sum(count for _value, count in days)
    reached = 0
    for value, count in sorted(days):
        reached += count
        if reached * 100 >= total * percent:
            return value
    return None


def merge(one: Histogram, two: Histogram) -> Histogram:
    """Two tables of how often, as one."""
    joined: dict[int, int] = dict(one)
    for value, count in two:
        joined[value] = joined.get(value, 0) + count
    return tuple(sorted(joined.items()))


def histogram(values: Iterable[int]) -> Histogram:
    """How often each value occurs."""
    counted: dict[int, int] = {}
    for value in values:
        counted[value] = counted.get(value, 0) + 1
    return tuple(sorted(counted.items()))
