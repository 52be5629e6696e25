"""A row of a file that was judged: what it is, and what writing it would do."""

from dataclasses import dataclass, field
from enum import StrEnum

from dossiers.models import Dossier
from dossiers.spreadsheets.columns import by_key
from dossiers.spreadsheets.reading import Line
from postal_tthc.lib.tables import Fault


class Kind(StrEnum):
    """What writing a row would do."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    FAULTY = "faulty"


@dataclass(frozen=True)
class Difference:
    """A cell that would change, in words."""

    key: str
    old: str
    new: str

    @property
    def heading(self) -> str:
        """The column it stands in."""
        return by_key[self.key].heading


@dataclass
class Judged:
    """A row and what it would do.

    ``draft`` is an unsaved dossier (new), ``dossier`` the one that is here (unchanged,
    changed), ``values`` what would be written over (changed), ``seen`` its version.
    ``doubts`` look wrong and are written all the same; ``is_guessed`` when the day of
    return had to stand for the day on which the agency finished, ``is_overdue``
    for a draft that nobody has finished and whose time is over.
    """

    line: Line
    kind: Kind = Kind.FAULTY
    faults: list[Fault] = field(default_factory=list)
    draft: Dossier | None = None
    dossier: Dossier | None = None
    values: dict[str, str] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    seen: int | None = None
    fingerprint: str = ""
    doubts: list[Fault] = field(default_factory=list)
    is_guessed: bool = False
    is_overdue: bool = False

    def say(self, key: str, sentence: str) -> None:
        """A fault of the cell in this column."""
        self.faults.append(self._about(key, sentence))

    def doubt(self, key: str, sentence: str) -> None:
        """What looks wrong in the cell of this column, but may be right."""
        self.doubts.append(self._about(key, sentence))

    def _about(self, key: str, sentence: str) -> Fault:
        heading = by_key[key].heading if key in by_key else ""
        return Fault(self.line.number, heading, self.line.shown.get(key, ""), sentence)
