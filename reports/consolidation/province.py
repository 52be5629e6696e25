"""The figures of a whole province, a row per organisation. Pure: sums and checks.

Inter-agency dossiers count once: what a return names as led by another
organisation is left out of the total. In the system a dossier has one competent
agency, so its desk and its agency never count it twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from reports.consolidation.lines import NAMES, less
from reports.figures import NOTHING, Counts, total
from reports.layouts import SUMMARY, full_label
from reports.periods import Period
from reports.ratios import Ratio

LABELS: dict[str, str] = {row.name: full_label(row) for row in SUMMARY if row.name}
LEFT_OUT = "Trừ hồ sơ liên thông do cơ quan khác chủ trì"
PROCEDURES = ("in_force", "postal")


class Source(StrEnum):
    """Where a row comes from, in the words of the report."""

    SYSTEM = "Hệ thống"
    RETURN = "Tệp Excel"
    AWAITED = "Chưa báo cáo"
    JOINED = "Gộp"


@dataclass(frozen=True)
class Row:
    """One organisation. ``shared``: of ``counts``, led by another organisation.

    ``received_from`` says by which file it came, or stays empty. A row that joins
    predecessors under their successor has them as ``members``.
    """

    name: str
    symbol: str
    source: Source
    counts: Counts = NOTHING
    shared: Counts = NOTHING
    in_force: int = 0
    postal: int = 0
    received_from: str = ""
    members: tuple["Row", ...] = ()

    @property
    def is_awaited(self) -> bool:
        """Whether there is nothing to show, which is not zero."""
        return all(leaf.source == Source.AWAITED for leaf in self.leaves)

    @property
    def leaves(self) -> tuple["Row", ...]:
        """The organisations themselves, under the names they had."""
        return self.members or (self,)

    @property
    def procedures(self) -> Ratio:
        """Procedures that may go by post, of those in force on the last day."""
        return Ratio(self.postal, self.in_force, "postal", "in_force")

    def number(self, name: str) -> int:
        """A count by its name, also ``in_force`` and ``postal``."""
        holder: object = self if name in PROCEDURES else self.counts
        found: int = getattr(holder, name)
        return found

    def ratio(self, name: str) -> Ratio:
        """A ratio by its name in ``layouts.RATIOS``."""
        holder: object = self if name == "procedures" else self.counts
        found: Ratio = getattr(holder, name)
        return found


@dataclass(frozen=True)
class Difference:
    """A count where the rows from the system and the system itself do not agree."""

    label: str
    of_rows: int
    counted: int


@dataclass(frozen=True)
class Consolidation:
    """A province in a period.

    ``whole`` is the province counted by itself in the system, to compare with its
    rows. ``notes`` are sentences of the report about what was counted where.
    """

    collector: str
    symbol: str
    period: Period
    as_of: date
    counted_on: date
    rows: tuple[Row, ...]
    whole: Row
    notes: tuple[str, ...] = ()

    @property
    def is_joined(self) -> bool:
        """Whether predecessors stand under their successors."""
        return any(row.members for row in self.rows)

    @property
    def leaves(self) -> tuple[Row, ...]:
        """Every organisation under the name it had in the period."""
        return tuple(leaf for row in self.rows for leaf in row.leaves)

    @property
    def awaited(self) -> tuple[Row, ...]:
        """Who has not reported."""
        return tuple(leaf for leaf in self.leaves if leaf.source == Source.AWAITED)

    @property
    def gross(self) -> Row:
        """The sum of the rows, inter-agency dossiers as often as they were named."""
        return joined_row("Cộng các đơn vị", "", self.leaves)

    @property
    def has_shared(self) -> bool:
        """Whether anything must be left out."""
        return self.gross.shared != NOTHING

    @property
    def total(self) -> Row:
        """The province: every dossier once."""
        gross = self.gross
        counts = less(gross.counts, gross.shared)
        return replace(
            gross, name="Tổng cộng", counts=counts, shared=NOTHING, members=()
        )

    @property
    def foot(self) -> tuple[Row, ...]:
        """The rows below the table; three when inter-agency dossiers are left out."""
        if not self.has_shared:
            return (self.total,)
        gross = self.gross
        shared = Row(
            LEFT_OUT,
            "",
            Source.JOINED,
            gross.shared,
        )
        return gross, shared, self.total

    @property
    def listed(self) -> tuple[tuple[str, Row, bool], ...]:
        """The rows as printed: running number, row, whether it is a predecessor."""
        printed: list[tuple[str, Row, bool]] = []
        for place, row in enumerate(self.rows, start=1):
            printed.append((str(place), row, False))
            printed += [("", member, True) for member in row.members]
        return tuple(printed)

    @property
    def from_system(self) -> Row:
        """The sum of the rows that the system counted."""
        leaves = [leaf for leaf in self.leaves if leaf.source == Source.SYSTEM]
        return joined_row("Cộng các đơn vị trong hệ thống", "", leaves)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where the system's rows do not add up to the system's province."""
        rows, whole = self.from_system, self.whole
        return tuple(
            Difference(LABELS[name], rows.number(name), whole.number(name))
            for name in (*PROCEDURES, *NAMES)
            if rows.number(name) != whole.number(name)
        )

    @property
    def unbalanced(self) -> tuple[Row, ...]:
        """Rows where carried over + received is not finished + outstanding."""
        rows = (*self.leaves, self.total)
        return tuple(row for row in rows if not row.counts.is_balanced)


def joined_row(name: str, symbol: str, leaves: Sequence[Row]) -> Row:
    """Several organisations in one row."""
    return Row(
        name,
        symbol,
        Source.JOINED,
        total(leaf.counts for leaf in leaves),
        total(leaf.shared for leaf in leaves),
        sum(leaf.in_force for leaf in leaves),
        sum(leaf.postal for leaf in leaves),
        members=tuple(leaves),
    )


def join_successors(
    collected: Consolidation,
    successors: Mapping[str, str],
    names: Mapping[str, str],
) -> Consolidation:
    """The same figures with predecessors summed under their last successor.

    ``successors`` gives the next symbol of a symbol, ``names`` the names of the
    organisations below the collector; a successor elsewhere is not followed.
    """
    groups: dict[str, list[Row]] = {}
    for leaf in collected.leaves:
        last = last_successor(leaf.symbol, successors, names)
        groups.setdefault(last, []).append(leaf)
    rows = [
        leaves[0]
        if [leaf.symbol for leaf in leaves] == [symbol]
        else joined_row(names[symbol], symbol, leaves)
        for symbol, leaves in groups.items()
    ]
    return replace(collected, rows=tuple(sorted(rows, key=lambda row: row.name)))


def last_successor(
    symbol: str, successors: Mapping[str, str], ours: Iterable[str]
) -> str:
    """Who has the work of an organisation now; itself when the way is a circle."""
    known, seen, last, at = set(ours), {symbol}, symbol, symbol
    while following := successors.get(at):
        if following in seen:
            return symbol
        seen.add(following)
        at = following
        last = at if at in known else last
    return last
