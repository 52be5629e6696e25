"""How long the shared texts of an old workbook (.xls) are: record SST of MS-XLS.

A long text that is kept once may be shown in a million cells, and a reader writes it
out for each of them. Only lengths are read here, never the texts.
"""

from array import array
from collections.abc import Sequence
from struct import unpack_from

WIDE, WITH_EXTRA, WITH_LOOKS = 0x01, 0x04, 0x08  # bits of a text's first flags


def lengths(parts: Sequence[bytes]) -> "array[int]":
    """The letters of each text; ``parts`` are the record and its continuations.

    Raises ``IndexError`` or ``struct.error`` when they end too early.
    """
    tape = _Tape(parts)
    tape.skip(4)  # how often texts are shown; the cells are counted instead
    (count,) = unpack_from("<I", tape.take(4))
    found = array("L")
    for _number in range(count):
        letters, flags = unpack_from("<HB", tape.take(3))
        looks = unpack_from("<H", tape.take(2))[0] if flags & WITH_LOOKS else 0
        extra = unpack_from("<I", tape.take(4))[0] if flags & WITH_EXTRA else 0
        tape.skip_letters(letters, is_wide=bool(flags & WIDE))
        tape.skip(4 * looks + extra)
        found.append(letters)
    return found


class _Tape:
    """The parts one behind the other; letters that go on say anew how wide they are."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self.parts, self.part, self.place = parts, 0, 0

    def take(self, count: int) -> bytes:
        """The next bytes, which stand in one part."""
        self._settle()
        found = self.parts[self.part][self.place : self.place + count]
        self.place += count
        return found

    def skip(self, count: int) -> None:
        """Pass over bytes, across parts."""
        while count:
            self._settle()
            passed = min(count, len(self.parts[self.part]) - self.place)
            self.place += passed
            count -= passed

    def skip_letters(self, count: int, *, is_wide: bool) -> None:
        """Pass over letters of one or two bytes."""
        while True:
            width = 2 if is_wide else 1
            here = (len(self.parts[self.part]) - self.place) // width
            passed = min(count, max(here, 0))
            self.place += passed * width
            count -= passed
            if not count:
                return
            self.part, self.place = self.part + 1, 1
            is_wide = bool(self.parts[self.part][0] & WIDE)

    def _settle(self) -> None:
        """Go to the part in which the next byte stands. Raises ``IndexError``."""
        while self.place >= len(self.parts[self.part]):
            self.part, self.place = self.part + 1, 0
