"""Measures the cells of a workbook's XML parts before a reader opens them."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError, ParserCreate

from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid


@dataclass(frozen=True)
class Limits:
    """How large a sheet may be; empty cells with borders do not count."""

    rows: int = 20_000
    columns: int = 100
    text: int = 100_000_000  # letters of all cells of the workbook
    cells: int = 5_000_000  # of a grid, empty ones in it included


def measure(parts: Iterable[bytes], limits: Limits) -> None:
    """Refuse parts whose cells go beyond the limits, with ``Invalid``.

    Long words kept once and shown in many cells count for each cell.
    """
    tape = _Tape(limits)
    for part in parts:
        tape.run_over(part)
    lengths = tape.lengths
    shown = sum(lengths[i] for i in tape.shared if i < len(lengths))
    if shown + tape.written > limits.text:
        raise Invalid(too_much_text())


def too_much_text() -> str:
    """The sentence for a file with more letters than a list has."""
    return _("The workbook holds too much text to be a list.")


def too_many_cells() -> str:
    """The sentence for two cells in corners that are too far from each other."""
    return _("The workbook has too many cells to be a list.")


def column_number(letters: str) -> int:
    """``A`` as 1, ``AA`` as 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@dataclass
class _Tape:
    """Follows the elements ``row``, ``c`` (cell), ``v`` and ``si`` (shared text)."""

    limits: Limits
    lengths: "array[int]" = field(default_factory=lambda: array("L"))
    shared: "array[int]" = field(default_factory=lambda: array("L"))
    written: int = 0
    _last: tuple[int, int] = (0, 0)
    _row: int = 0
    _farthest: int = 0
    _place: tuple[int, int] = (0, 0)
    _in_cell: bool = False
    _is_shared: bool = False
    _in_value: bool = False
    _in_text: bool = False

    def run_over(self, part: bytes) -> None:
        """Measure one part."""
        self._row = self._farthest = 0
        self._last = (0, 0)
        self._in_cell = self._in_value = self._in_text = False
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._read
        try:
            parser.Parse(part, True)
        except (ExpatError, ValueError, OverflowError) as error:
            raise Invalid(_("The workbook is damaged.")) from error
        if self._last[0] * self._last[1] > self.limits.cells:
            raise Invalid(too_many_cells())

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._in_cell = True
                self._is_shared = attributes.get("t") == "s"
                self._step_to(attributes.get("r"))
            case "v" | "is" | "f" if self._in_cell:
                self._in_value = True
                self._check_place()
            case "row":
                self._row = int(attributes.get("r") or self._row + 1)
                self._farthest = 0
            case "si":
                self._in_text = True
                self.lengths.append(0)

    def _step_to(self, reference: str | None) -> None:
        if reference:
            letters = reference.rstrip("0123456789")
            self._place = int(reference[len(letters) :]), column_number(letters)
        else:  # readers differ on what follows a jump, so the farthest counts
            self._place = self._row, self._farthest + 1
        self._farthest = max(self._farthest, self._place[1])

    def _check_place(self) -> None:
        limits, (row, column) = self.limits, self._place
        if not 0 < row <= limits.rows:
            raise Invalid(
                _("A sheet has more than %(limit)s rows. Divide it into several files.")
                % {"limit": limits.rows}
            )
        if not 0 < column <= limits.columns:
            raise Invalid(
                _("A sheet has more than %(limit)s columns. Remove what is not needed.")
                % {"limit": limits.columns}
            )
        self._last = max(self._last[0], row), max(self._last[1], column)

    def _read(self, text: str) -> None:
        if self._in_text:
            self.lengths[-1] += len(text)
        elif self._in_value:
            if self._is_shared:
                self.shared.append(int(text))
            else:
                self.written += len(text)

    def _close(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "c":
                self._in_cell = False
            case "v" | "is" | "f":
                self._in_value = False
            case "si":
                self._in_text = False


def _refuse(*_declaration: object) -> None:
    # No office program writes one; it could define words that grow without end.
    raise Invalid(_("The workbook is damaged."))
