"""What a check is told, and what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Severity = Literal["error", "warning"]

# Period word of ``reports.periods`` → name of a ratio → numerator and denominator.
# Names: by_post, intake_by_post, return_by_post, on_time, procedures.
OwnFigures = Mapping[str, Mapping[str, tuple[int, int]]]


@dataclass(frozen=True)
class Context:
    """What is known about the letter besides its text; everything may be missing.

    ``organisation`` and ``symbol`` are those who report; without them they are read
    from the letter. ``is_draft``: number and day come later, so they are not asked
    for, and ``today`` stands for the day. ``organisations`` are further names that
    could stand in the text by mistake.
    """

    organisation: str = ""
    symbol: str = ""
    is_draft: bool = False
    organisations: tuple[str, ...] = ()
    figures: OwnFigures = field(default_factory=dict)
    today: date | None = None


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong (``error``) or should be looked at (``warning``).

    ``position`` and ``end`` are offsets into the tidied text (``claims.tidy``);
    ``text`` is the passage, ``found`` what stands there, ``expected`` what should,
    ``explanation`` why. ``replacement`` takes the place of ``found`` in a
    correction where only one thing can be meant.
    """

    kind: str
    severity: Severity
    position: int
    end: int
    text: str
    found: str
    expected: str
    explanation: str
    replacement: str = ""

    @property
    def is_error(self) -> bool:
        """Whether a draft with this may not be submitted."""
        return self.severity == "error"

    def as_json(self) -> dict[str, str]:
        """For programs: the six things that the command promises."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "text": self.text,
            "found": self.found,
            "expected": self.expected,
            "explanation": self.explanation,
        }
