"""What work tells while it runs, and what it hands back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

Row = TypeVar("Row")


class Cancelled(BaseException):
    """Somebody asked to stop: raised inside the work, which lets it pass.

    Not an ``Exception``, so that ``except Exception`` around a row does not eat it.
    """


@dataclass(frozen=True)
class Outcome:
    """What came out: a sentence, and a file to fetch or a page to open.

    ``content`` is the file as bytes, or the path of a file that is moved away from
    there. ``link`` is an address of this product.
    """

    sentence: str
    file_name: str = ""
    content: bytes | Path | None = None
    link: str = ""

    def __post_init__(self) -> None:
        if (self.content is None) != (not self.file_name):
            raise ValueError("A file has a name, and a name has a file.")
        if self.link and (not self.link.startswith("/") or self.link[1:2] == "/"):
            raise ValueError("A link stays in the house: it begins with one slash.")


class Progress:
    """How far work has come. By itself it tells nobody: for commands and tests."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self.doing = ""

    def begin(self, total: int, doing: str = "") -> None:
        """So much is to be done, from now on. Work of several parts begins each."""
        self.done, self.total, self.doing = 0, total, doing

    def reached(self, done: int) -> None:
        """So much is done. Cheap enough for every row; raises ``Cancelled``."""
        self.done = done

    def slices(self, rows: Iterable[Row], size: int = 500) -> Iterator[list[Row]]:
        """The rows in parts, each counted when it is done.

        One transaction for each part lets others write in between, which SQLite
        does not allow during a transaction.
        """
        left = iter(rows)
        while part := list(islice(left, size)):
            yield part
            self.reached(self.done + len(part))

    def conclude(self, outcome: Outcome) -> Outcome:
        """The last write of a transaction: the job is done exactly when it commits.

        Raises ``Cancelled`` when the job was given to another worker meanwhile, so
        that nothing is written twice.
        """
        return outcome
