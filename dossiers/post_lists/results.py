"""What a row of a list of the post came to, beside what is here."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a row is, beside what is here."""

    CONTRADICTS = "contradicts"
    DESK = "desk"  # true perhaps, but not for this role to write
    UNKNOWN = "unknown"
    FAULTY = "faulty"
    WRITES = "writes"
    MATCHED = "matched"


@dataclass(frozen=True)
class Fact:
    """One thing the row says, beside what is kept here.

    ``why``: what refuses it; ``is_desks`` when only the role of who asks does.
    """

    label: str
    ours: str
    theirs: str
    is_new: bool = False
    why: str = ""
    is_desks: bool = False


@dataclass(frozen=True)
class Result:
    """What became of a row, or would. ``code``: the row's, else those of its item."""

    row: int
    kind: Kind
    number: str
    code: str
    facts: tuple[Fact, ...] = ()
    sentence: str = ""
    item: int | None = None
