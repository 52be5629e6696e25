"""The faults of a file as a person mends them: equal ones once, with all their rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from postal_tthc.lib.tables import Fault
from postal_tthc.lib.vietnamese import write_number

MOST_STRETCHES = 12


@dataclass(frozen=True)
class FaultGroup:
    """What is wrong in the same way in one row or many; ``rows`` ascend."""

    heading: str
    value: str
    sentence: str
    rows: tuple[int, ...]

    @property
    def places(self) -> str:
        """“2–3001, 3005”; a dash for the file as a whole."""
        stretches = [
            str(first) if first == last else f"{first}–{last}"
            for first, last in _stretches(self.rows)
            if last
        ]
        told = ", ".join(stretches[:MOST_STRETCHES]) or "–"
        return f"{told} …" if len(stretches) > MOST_STRETCHES else told

    @property
    def number(self) -> str:
        """How many rows, in Vietnamese digits."""
        return write_number(len(self.rows))


def grouped(faults: Iterable[Fault]) -> list[FaultGroup]:
    """Faults of one column, value and sentence together, as the first of them stand."""
    found: dict[tuple[str, str, str], set[int]] = {}
    for fault in faults:
        same = fault.heading, fault.value, fault.sentence
        found.setdefault(same, set()).add(fault.row)
    return [FaultGroup(*same, tuple(sorted(rows))) for same, rows in found.items()]


def _stretches(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of the rows that follow one another."""
    for _key, pairs in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        stretch = [row for _place, row in pairs]
        yield stretch[0], stretch[-1]
