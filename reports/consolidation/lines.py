"""What an organisation hands in: a line per field of administration. Pure.

A line has the organisation's own counts and, as a part of them, the dossiers that
another organisation of the province leads ("liên thông"): the province leaves those
out, because the leading organisation counts them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reports.figures import NOTHING, Counts, total
from reports.layouts import COUNT_COLUMNS

NAMES: tuple[str, ...] = tuple(x.name for x in COUNT_COLUMNS if x.kind == "count")
# What became of carried over + received.
ENDED: tuple[str, ...] = (
    "early",
    "on_time",
    "overdue",
    "withdrawn",
    "open_within",
    "open_overdue",
)
# A part and what it is a part of.
PARTS: tuple[tuple[str, str], ...] = (
    ("by_post", "received"),
    ("intake_by_post", "by_post"),
    ("both_legs_by_post", "intake_by_post"),
    ("return_by_post", "results"),
)


@dataclass(frozen=True)
class Line:
    """One field of administration. ``shared``: of ``own``, led by another.

    ``in_force`` and ``postal`` are procedures on the last day of the period.
    """

    field: str
    in_force: int = 0
    postal: int = 0
    own: Counts = NOTHING
    shared: Counts = NOTHING

    def as_json(self) -> dict[str, Any]:
        """What is kept of the line; ``from_json`` reads it."""
        return {
            "field": self.field,
            "in_force": self.in_force,
            "postal": self.postal,
            "own": {name: getattr(self.own, name) for name in NAMES},
            "shared": {name: getattr(self.shared, name) for name in NAMES},
        }


def from_json(kept: Mapping[str, Any]) -> Line:
    """The line that ``as_json`` kept."""
    own, shared = (
        Counts(**{name: int(kept[part].get(name, 0)) for name in NAMES})
        for part in ("own", "shared")
    )
    return Line(kept["field"], kept["in_force"], kept["postal"], own, shared)


def total_of(lines: Iterable[Line], label: str = "") -> Line:
    """All lines in one."""
    every = list(lines)
    return Line(
        label,
        sum(line.in_force for line in every),
        sum(line.postal for line in every),
        total(line.own for line in every),
        total(line.shared for line in every),
    )


def less(whole: Counts, part: Counts) -> Counts:
    """The counts without a part of them."""
    return Counts(
        **{name: getattr(whole, name) - getattr(part, name) for name in NAMES}
    )


def broken_parts(counts: Counts) -> list[tuple[str, str]]:
    """The pairs of ``PARTS`` where the part is more than its whole."""
    return [
        (part, whole)
        for part, whole in PARTS
        if getattr(counts, part) > getattr(counts, whole)
    ]
