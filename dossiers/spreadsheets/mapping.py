"""Which column of a file is which: proposed from the headings, correctable, kept."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from dossiers.models import ColumnMapping
from dossiers.spreadsheets.columns import (
    COLUMNS,
    IMPORTED,
    ROUND_TRIP_KEYS,
    RegisterColumn,
    by_key,
)
from postal_tthc.accounts.models import Organisation
from postal_tthc.lib.sheets import Cell, Sheet
from postal_tthc.lib.tables import DEEPEST_HEADING, plain

READABLE: tuple[RegisterColumn, ...] = (
    *IMPORTED,
    *(by_key[key] for key in ROUND_TRIP_KEYS),
)
SAMPLES = 3
# One heading is found by accident; two are a list.
FEWEST_HEADINGS = 2


def _names(columns: Sequence[RegisterColumn]) -> dict[str, str]:
    return {
        plain(name): column.key
        for column in reversed(columns)
        for name in (*reversed(column.synonyms), column.heading)
    }


_NAMES = _names(READABLE)
# A sheet of ours is asked for every cell: what it may not change is refused in words.
_OUR_NAMES = _names(COLUMNS)


@dataclass(frozen=True)
class Places:
    """Where the list stands: its sheet, its heading row and its columns.

    ``heading_row`` counts as Excel does; ``places`` maps column keys to list indexes.
    """

    sheet: str
    heading_row: int
    places: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For keeping beside the import."""
        return asdict(self)

    @property
    def is_round_trip(self) -> bool:
        """Whether the file is a sheet of ours that comes back."""
        return all(key in self.places for key in ROUND_TRIP_KEYS)


@dataclass(frozen=True)
class FileColumn:
    """One column of the file, for choosing what it is."""

    place: int
    letter: str
    heading: str
    samples: tuple[Cell, ...]
    key: str


def places_from(kept: Mapping[str, Any]) -> Places:
    """What ``as_json`` gave."""
    return Places(kept["sheet"], kept["heading_row"], dict(kept["places"]))


def propose(sheets: Sequence[Sheet], organisation: Organisation) -> Places | None:
    """Where the list is likely to stand; None when no sheet has anything in it.

    What somebody corrected for the same headings before comes first. Without a
    heading that is known, the first row with words in it is offered.
    """
    best: Places | None = None
    for sheet in sheets:
        for index in range(min(len(sheet.rows), DEEPEST_HEADING)):
            found = _places(sheet.rows, index)
            if len(found) >= FEWEST_HEADINGS and (
                best is None or len(found) > len(best.places)
            ):
                best = Places(sheet.name, index + 1, found)
    if best is None:
        return _first_words(sheets, organisation)
    return _as_remembered(best, sheets, organisation)


def remember(
    sheets: Sequence[Sheet], places: Places, organisation: Organisation
) -> None:
    """Keep the mapping for the next file with these headings."""
    sheet = sheet_of(sheets, places)
    ColumnMapping.objects.update_or_create(
        organisation=organisation,
        signature=signature(sheet, places.heading_row),
        defaults={"mapping": places.places},
    )


def sheet_of(sheets: Sequence[Sheet], places: Places) -> Sheet:
    """The sheet in which the list stands."""
    return next(sheet for sheet in sheets if sheet.name == places.sheet)


def signature(sheet: Sheet, heading_row: int) -> str:
    """SHA-256 over the folded headings in their order, empty ones at the end left out."""
    headings = [plain(str(cell or "")) for cell in sheet.rows[heading_row - 1]]
    while headings and not headings[-1]:
        headings.pop()
    return hashlib.sha256("|".join(headings).encode()).hexdigest()


def file_columns(sheet: Sheet, places: Places) -> Iterator[FileColumn]:
    """The columns of the file that say something, with what each is taken for."""
    keys = {place: key for key, place in places.places.items()}
    below = sheet.rows[places.heading_row : places.heading_row + 200]
    width = max((len(row) for row in sheet.rows[: places.heading_row + 200]), default=0)
    for place in range(width):
        labels = _labels(sheet.rows, places.heading_row - 1, place)
        said = [
            row[place] for row in below if place < len(row) and row[place] is not None
        ]
        if not said and place not in keys:
            continue
        heading = _cell(sheet.rows, places.heading_row - 1, place)
        if heading is None and labels:
            heading = _cell(sheet.rows, places.heading_row - 2, place)
        yield FileColumn(
            place,
            letter_of(place),
            str(heading or ""),
            tuple(dict.fromkeys(said))[:SAMPLES],
            keys.get(place, ""),
        )


def letter_of(place: int) -> str:
    """The letters over a column: 0 is A, 26 is AA."""
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _cell(rows: Sequence[Sequence[Cell]], index: int, place: int) -> Cell:
    if not 0 <= index < len(rows) or place >= len(rows[index]):
        return None
    return rows[index][place]


def _labels(rows: Sequence[Sequence[Cell]], index: int, place: int) -> list[str]:
    """What a heading may be called: with its common title, alone, or by the title.

    A heading in two rows has names below a common title; those that stand alone are
    in the upper row, or merged over both.
    """
    lower, above = _cell(rows, index, place), _cell(rows, index - 1, place)
    lower = lower if isinstance(lower, str) else None
    above = above if isinstance(above, str) else None
    if lower is None:
        return [plain(above)] if above and _has_words(rows[index]) else []
    if above and above != lower:
        return [plain(f"{above} {lower}"), plain(lower)]
    return [plain(lower)]


def _has_words(row: Sequence[Cell]) -> bool:
    return any(isinstance(cell, str) for cell in row)


def _places(rows: Sequence[Sequence[Cell]], index: int) -> dict[str, int]:
    found = _named(rows, index, _NAMES)
    if all(key in found for key in ROUND_TRIP_KEYS):
        return _named(rows, index, _OUR_NAMES)
    return found


def _named(
    rows: Sequence[Sequence[Cell]], index: int, names: Mapping[str, str]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for place in range(len(rows[index])):
        for label in _labels(rows, index, place):
            key = names.get(label)
            if key and key not in found:
                found[key] = place
                break
    return found


def _first_words(sheets: Sequence[Sheet], organisation: Organisation) -> Places | None:
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:DEEPEST_HEADING]):
            words = {cell for cell in row if isinstance(cell, str)}
            if len(words) >= FEWEST_HEADINGS:
                found = Places(sheet.name, index + 1)
                return _as_remembered(found, sheets, organisation)
    return None


def _as_remembered(
    proposed: Places, sheets: Sequence[Sheet], organisation: Organisation
) -> Places:
    mark = signature(sheet_of(sheets, proposed), proposed.heading_row)
    kept = ColumnMapping.objects.filter(
        organisation=organisation, signature=mark
    ).first()
    if kept is None:
        return proposed
    places = {key: place for key, place in kept.mapping.items() if key in by_key}
    return Places(proposed.sheet, proposed.heading_row, places)


def propose_at(sheets: Sequence[Sheet], sheet: str, heading_row: int) -> Places:
    """What the headings of a row that somebody chose say by themselves."""
    chosen = next((one for one in sheets if one.name == sheet), sheets[0])
    row = min(max(heading_row, 1), max(len(chosen.rows), 1))
    found = _places(chosen.rows, row - 1) if chosen.rows else {}
    return Places(chosen.name, row, found)
