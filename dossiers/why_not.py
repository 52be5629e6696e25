"""The register of refusals: post was offered, and the applicant gave a reason against.

Counted by procedure and reason; ``total`` columns and rows are sums of the cells.
"""

from dataclasses import dataclass

from django.db.models import Count, Max

from dossiers.querysets import DossierQuerySet
from dossiers.statuses import WhyNotPost


@dataclass(frozen=True)
class Row:
    """One procedure: how often each reason was given, in the order of the reasons."""

    code: str
    name: str
    cells: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All reasons together."""
        return sum(number for _reason, number in self.cells)


@dataclass(frozen=True)
class Refusals:
    """The whole register: a row for each procedure, the most refused first."""

    rows: tuple[Row, ...]

    @property
    def totals(self) -> tuple[tuple[str, int], ...]:
        """How often each reason was given, over all procedures."""
        return tuple(
            (reason, sum(dict(row.cells)[reason] for row in self.rows))
            for reason in WhyNotPost.values
        )

    @property
    def total(self) -> int:
        """All of them."""
        return sum(row.total for row in self.rows)


def refusals(dossiers: DossierQuerySet) -> Refusals:
    """The refusals among these dossiers."""
    counted = (
        dossiers.exclude(why_not_post="")
        .order_by()
        .values("procedure__code", "why_not_post")
        .annotate(number=Count("pk"), name=Max("procedure__name"))
    )
    found: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    for row in counted:
        code = row["procedure__code"]
        found.setdefault(code, {})[row["why_not_post"]] = row["number"]
        names[code] = max(names.get(code, ""), row["name"])
    rows = [
        Row(code, names[code], tuple((x, by.get(x, 0)) for x in WhyNotPost.values))
        for code, by in found.items()
    ]
    return Refusals(tuple(sorted(rows, key=lambda row: (-row.total, row.code))))
