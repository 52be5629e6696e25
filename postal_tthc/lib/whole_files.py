"""Files that are there whole or not at all: nobody opens half of one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

FILE_MODE = 0o644


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file to write beside ``path``; it takes that place in one step at the end.

    When anything goes wrong what was there stays, and nothing else is left behind.
    Raises ``OSError`` when the disk refuses.
    """
    with NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        beside = Path(file.name)
    try:
        yield beside
        with beside.open("rb+") as written:
            os.fsync(written.fileno())
        beside.chmod(FILE_MODE)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
