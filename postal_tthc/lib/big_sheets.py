"""Tables of up to a million rows as .xlsx, .csv or .ods, in bounded memory.

Rows are taken one by one from an iterator and written at once; nothing is kept.
What a text begins with never makes a formula of it, in any of the three.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from postal_tthc.lib import big_csv, big_ods, big_xlsx
from postal_tthc.lib.big_tables import Row, Table

# Below the 1,048,576 rows of a sheet, with room for what stands above them.
MOST_ROWS = 1_000_000
FORMATS: dict[str, Callable[[Table, Iterator[Row], Path], None]] = {
    "xlsx": big_xlsx.write,
    "csv": big_csv.write,
    "ods": big_ods.write,
}


class TooManyRows(ValueError):
    """More rows than a sheet holds."""


def write(
    table: Table,
    rows: Iterable[Row],
    path: Path,
    file_format: str,
    *,
    each: Callable[[int], None] | None = None,
) -> int:
    """Write the file and answer how many rows it has.

    ``file_format`` is a key of ``FORMATS``; ``each`` hears the number of every row
    written. Raises ``TooManyRows`` past ``MOST_ROWS``, ``KeyError`` for an unknown
    format and ``OSError`` when the disk refuses.
    """
    written = 0

    def counted() -> Iterator[Row]:
        nonlocal written
        for row in rows:
            if written >= MOST_ROWS:
                raise TooManyRows
            written += 1
            yield row
            if each is not None:
                each(written)

    FORMATS[file_format](table, counted(), path)
    return written
