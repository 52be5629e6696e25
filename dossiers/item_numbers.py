"""Numbers on postal items: UPU S10, checked. Doubt is a warning, never a refusal."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from postal_tthc.lib import vietnamese as text

WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
S10 = re.compile(r"[A-Z]{2}([0-9]{8})([0-9])[A-Z]{2}")
DIGITS = slice(2, 11)  # the serial and its check digit
RESERVED = frozenset("JKSTW")  # first letters that no service has (UPU S10)

# Typed for one another where the other kind of letter must stand.
AS_DIGIT = str.maketrans("OI", "01")
AS_LETTER = str.maketrans("01", "OI")
# Read for one another in handwriting and in poor print.
ALIKE = frozenset(map(frozenset, ("06", "08", "17", "38", "49", "56", "68", "89")))
MOST_HINTS = 3  # more than that nobody compares with an envelope


class Kind(Enum):
    """What is odd about a number."""

    NOT_S10 = auto()
    CHECK_DIGIT = auto()
    RESERVED = auto()
    USED_BEFORE = auto()


@dataclass(frozen=True)
class Doubt:
    """One oddity, and the numbers that may have been meant, likeliest first."""

    kind: Kind
    hints: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()  # those of the hints that somebody waits for


def tidy(number: str) -> str:
    """The number in capitals without spaces, as it is kept.

    Dots and dashes between its groups go too where 13 letters and digits are left;
    a number of another form keeps them.
    """
    kept = re.sub(r"\s", "", text.tidy(number)).upper()
    bare = re.sub(r"[.\-]", "", kept)
    return bare if re.fullmatch(r"[A-Z0-9]{13}", bare) else kept


def check_digit(serial: str) -> int:
    """The check digit of eight digits (UPU S10)."""
    total = sum(int(d) * w for d, w in zip(serial, WEIGHTS, strict=True))
    return {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11)


def is_s10(number: str) -> bool:
    """Whether a tidy number is of the form S10 and its check digit is right."""
    parts = S10.fullmatch(number)
    return parts is not None and check_digit(parts[1]) == int(parts[2])


def near_misses(number: str) -> tuple[str, ...]:
    """The right numbers that are one slip away from a tidy wrong one.

    The same number with 0 for O or 1 for I (or the other way about), if that is
    all; otherwise two neighbouring digits swapped, then the check digit alone, then
    one digit of the serial, where one was taken for a digit like it first. Nothing
    for a right number, or one of another form.
    """
    read = _with_letters_in_place(number)
    if is_s10(number) or not S10.fullmatch(read):
        return ()
    if is_s10(read):
        return (read,)
    first, digits, last = read[:2], read[DIGITS], read[DIGITS.stop :]
    slips = (f"{first}{mended}{last}" for mended in _one_slip_away(digits))
    return tuple(slip for slip in slips if is_s10(slip))


def doubts(
    number: str, *, expected: Collection[str] = (), is_used: bool = False
) -> list[Doubt]:
    """What is odd about a tidy number; nothing is ever refused for it.

    A near miss among ``expected``, numbers that are waited for, comes first.
    ``is_used``: it stood on an envelope before.
    """
    found = []
    if not is_s10(number):
        misses = near_misses(number)
        hints = sorted(misses, key=lambda hint: hint not in expected)[:MOST_HINTS]
        waited_for = tuple(hint for hint in hints if hint in expected)
        kind = Kind.CHECK_DIGIT if S10.fullmatch(number) else Kind.NOT_S10
        found.append(Doubt(kind, tuple(hints), waited_for))
    if S10.fullmatch(number) and number[0] in RESERVED:
        found.append(Doubt(Kind.RESERVED))
    if is_used:
        found.append(Doubt(Kind.USED_BEFORE))
    return found


def _with_letters_in_place(number: str) -> str:
    """Letters and digits that look alike, each where its kind belongs."""
    digits = number[DIGITS].translate(AS_DIGIT)
    letters = number.translate(AS_LETTER)
    return letters[: DIGITS.start] + digits + letters[DIGITS.stop :]


def _one_slip_away(digits: str) -> Iterator[str]:
    last = len(digits) - 1
    for place in range(last):
        swapped = digits[place + 1] + digits[place]
        yield digits[:place] + swapped + digits[place + 2 :]
    changes = [(place, new) for place in range(last + 1) for new in "0123456789"]

    def likeliness(change: tuple[int, str]) -> tuple[bool, bool]:
        place, new = change
        return place != last, frozenset(digits[place] + new) not in ALIKE

    for place, new in sorted(changes, key=likeliness):
        yield digits[:place] + new + digits[place + 1 :]
