"""Addresses that open exactly what a number counts."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from dossiers.counted_sets import COUNTED_SETS
from reports.figures import NOTHING, Figures


@dataclass(frozen=True)
class Span:
    """Whose figures, and of which days."""

    symbol: str
    start: date
    end: date


class Links:
    """The register and the lists of items and incidents, narrowed to a figure."""

    def __init__(self, of: Figures | Span) -> None:
        is_span = isinstance(of, Span)
        self.start = of.start if is_span else of.period.start
        self.end = of.end if is_span else of.as_of
        self.symbol = of.symbol
        self.totals = NOTHING if is_span else of.from_totals.counts

    def to(
        self,
        counted: str,
        start: date | None = None,
        end: date | None = None,
        **narrower: str,
    ) -> str:
        """The register, narrowed to a counted set on these days.

        A number that holds opening totals opens them instead: the register has only
        the rest of its dossiers.
        """
        if not (start or end or narrower) and self._from_totals(counted):
            query = {"organisation": self.symbol, "year": self.start.year}
            return f"{reverse('reports:totals')}?{urlencode(query)}"
        return self._at("dossiers:list", {"counted": counted}, start, end, narrower)

    def _from_totals(self, counted: str) -> int:
        """How many of a number came from opening totals."""
        ratio = self.totals.on_time_ratio
        derived = {"in_time": ratio.numerator, "judged": ratio.denominator}
        return derived.get(counted) or getattr(self.totals, counted, 0)

    def late(self, whose: str) -> str:
        """The results that came later than promised, by whose days."""
        return self._at("dossiers:list", {"late": whose})

    def steps(self, person: int, step: str) -> str:
        """The dossiers in which somebody took a step."""
        return self._at("dossiers:list", {"by": str(person), "step": step})

    def items(self, counted: str, **narrower: str) -> str:
        """The list of items, narrowed to a counted set."""
        return self._at("dossiers:items", {"counted": counted}, narrower=narrower)

    def incidents(self, counted: str, **narrower: str) -> str:
        """The list of incidents, narrowed to a counted set."""
        return self._at("dossiers:incidents", {"counted": counted}, narrower=narrower)

    def today(self, route: str, **narrower: str) -> str:
        """A list as it stands today."""
        query = {"agency": self.symbol, **narrower}
        return f"{reverse(route)}?{urlencode(query)}"

    def _at(
        self,
        route: str,
        what: dict[str, str],
        start: date | None = None,
        end: date | None = None,
        narrower: dict[str, str] | None = None,
    ) -> str:
        query = {
            **what,
            "start": (start or self.start).isoformat(),
            "end": (end or self.end).isoformat(),
            "agency": self.symbol,
            **(narrower or {}),
        }
        return f"{reverse(route)}?{urlencode(query)}"


def link_for(figures: Figures, name: str) -> str:
    """The dossiers behind a number of the summary; empty for procedures."""
    return Links(figures).to(name) if name in COUNTED_SETS else ""


def procedures_link(symbol: str, on: date, post: str = "") -> str:
    """The catalogue on a day, all of it or what may go by post."""
    query = {"on": f"{on:%d/%m/%Y}", "organisation": symbol}
    query |= {"post": post} if post else {}
    return f"{reverse('procedures:list')}?{urlencode(query)}"
