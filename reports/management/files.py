"""Files that commands write: whole, or not at all."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

FILE_MODE = 0o644


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place in one step, so that nobody opens half of it.

    Raises ``OSError`` and leaves nothing behind when the disk refuses.
    """
    with NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        temporary = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(FILE_MODE)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
