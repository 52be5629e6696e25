"""What changed since a signed report counted, pure: lines with their dossiers."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import TypeVar

from reports.layouts import SUMMARY, full_label

Member = TypeVar("Member", int, str)
LABELS = {row.name: full_label(row) for row in SUMMARY if row.name}


@dataclass(frozen=True)
class Adjustment:
    """One number of an earlier report that would be counted otherwise today.

    ``report`` is the number of that report in the database, ``signed`` names it on
    paper; ``added`` and ``removed`` are the codes of the dossiers that make the
    difference. What else differs came from opening totals.
    """

    report: int
    signed: str
    period: str
    period_name: str
    counted: str
    before: int
    after: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def net(self) -> int:
        """The difference, with its sign."""
        return self.after - self.before

    @property
    def from_totals(self) -> int:
        """The part of it that no single dossier explains."""
        return self.net - len(self.added) + len(self.removed)

    @property
    def label(self) -> str:
        """The name of the number, as in the summary."""
        return LABELS.get(self.counted, self.counted)

    @property
    def sign(self) -> str:
        """``+2`` or ``-1``, and ``0`` where as many came as went."""
        return f"{self.net:+}" if self.net else "0"


def differences(
    before: Mapping[str, Set[Member]], after: Mapping[str, Set[Member]]
) -> dict[str, tuple[tuple[Member, ...], tuple[Member, ...]]]:
    """For each counted set that changed: what came, and what went, in their order."""
    found = {}
    nobody: Set[Member] = frozenset()
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name, nobody), after.get(name, nobody)
        if was != now:
            found[name] = tuple(sorted(now - was)), tuple(sorted(was - now))
    return found
