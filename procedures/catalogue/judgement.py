"""What judging a catalogue finds: faults, changes, what is missing. Plain data."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from django.utils.translation import gettext as _

from postal_tthc.lib.tables import Fault
from procedures.models import Leg
from procedures.spreadsheets.lines import Line
from procedures.spreadsheets.reading import Reading


class Kind(StrEnum):
    """What becomes of a procedure."""

    NEW = "new"
    CHANGED = "changed"
    ELIGIBILITY_CHANGED = "eligibility_changed"
    UNCHANGED = "unchanged"
    ENDED = "ended"


class Way(StrEnum):
    """How a change is written."""

    ADD = "add"  # the first version of a procedure
    SUCCEED = "succeed"  # end the version the day before, begin a new one
    IN_PLACE = "in_place"  # correct the version that begins on the same day
    END = "end"  # end the version the day before, nothing follows
    NOTHING = "nothing"


@dataclass(frozen=True)
class Request:
    """What is asked for beside the file itself.

    ``on`` is the day of judging; ``effective_from`` the day from which changes
    hold when neither the row nor its decision says another.
    """

    organisation: int
    on: date
    effective_from: date | None = None
    decision: int | None = None
    end_missing: bool = False


@dataclass(frozen=True)
class Difference:
    """One thing that changes, in the words of the cell."""

    key: str
    heading: str
    old: str
    new: str


@dataclass(frozen=True)
class Standing:
    """What is decided about a leg; None when nothing is."""

    is_eligible: bool | None = None
    reason: str = ""

    def __str__(self) -> str:
        if self.is_eligible is None:
            return _("nothing decided")
        if self.is_eligible:
            return _("by public post")
        return _("not by public post: %(reason)s") % {"reason": self.reason}


@dataclass(frozen=True)
class LegChange:
    """What changes about one leg."""

    leg: Leg
    old: Standing
    new: Standing


@dataclass(frozen=True)
class Change:
    """What loading does with one procedure.

    ``row`` is the row in the file, 0 for a procedure that is not in it;
    ``version`` the row of the database it is compared with; ``decision`` the one
    that a new version rests on; ``effective_from`` None when nothing begins.
    """

    kind: Kind
    way: Way
    agency: int
    code: str
    name: str
    row: int = 0
    version: int | None = None
    effective_from: date | None = None
    decision: int | None = None
    differences: tuple[Difference, ...] = ()
    legs: tuple[LegChange, ...] = ()
    line: Line | None = None


@dataclass(frozen=True)
class Missing:
    """A procedure in force that the file does not name."""

    version: int
    agency: int
    code: str
    name: str


@dataclass(frozen=True)
class Judgement:
    """Faults and changes; loading is possible when there are no faults."""

    request: Request
    reading: Reading
    faults: tuple[Fault, ...] = ()
    changes: tuple[Change, ...] = ()
    missing: tuple[Missing, ...] = ()
    new_fields: tuple[str, ...] = ()

    @property
    def is_loadable(self) -> bool:
        """Whether nothing stands against loading."""
        return not self.faults

    @property
    def counts(self) -> dict[Kind, int]:
        """How many procedures of each kind, zeros included."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in Kind}

    @property
    def written(self) -> tuple[Change, ...]:
        """The changes that write something."""
        return tuple(c for c in self.changes if c.kind != Kind.UNCHANGED)

    @property
    def fingerprint(self) -> str:
        """The same for the same changes, whenever and by whomever judged."""
        said = repr(
            (self.request.organisation, self.changes, self.missing, self.new_fields)
        )
        return sha256(said.encode()).hexdigest()
