"""A report as it stands on paper, pure: what the Word renderer draws.

Everything is resolved: no reference, no question to the database is left.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from postal_tthc.lib.letterheads import Letterhead, day_in_words

TITLE = "BÁO CÁO"
DRAFT = "DỰ THẢO"


@dataclass(frozen=True)
class PaperColumn:
    """A column of a table: its heading, the group above it, its width in mm."""

    heading: str
    width: int
    align: Literal["left", "center", "right"] = "left"
    group: str = ""


@dataclass(frozen=True)
class PaperTable:
    """A table under a section. ``totals`` are rows at its foot, in bold.

    Every row has a text for each column. ``note`` stands below, in italics.
    """

    title: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, ...], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class PaperSection:
    """A numbered section: ``I.`` on level 1, ``1.`` on level 2 (NĐ 30/2020)."""

    level: int
    number: str
    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[PaperTable, ...] = ()


@dataclass(frozen=True)
class Signature:
    """The block at the lower right: ``KT. GIÁM ĐỐC`` over ``PHÓ GIÁM ĐỐC``.

    ``authority`` is KT., TL., TM., Q., TUQ. or empty; ``head`` the office in whose
    stead it is signed; ``office`` the signatory's own, empty when it is the head.
    """

    authority: str
    head: str
    office: str
    name: str

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands above the name, line by line, in capitals."""
        first = f"{self.authority} {self.head}".strip().upper()
        return tuple(line for line in (first, self.office.upper()) if line)


@dataclass(frozen=True)
class Paper:
    """An official paper with a head, sections, recipients and a signature.

    ``number`` and ``day`` are None until the clerical office has given them;
    ``fingerprint`` is the content hash of a signed paper, empty before; ``mark`` says
    why a signed one is not valid any more.
    """

    head: Letterhead
    symbol: str
    number: int | None
    day: date | None
    abstract: str
    sent_to: tuple[str, ...]
    opening: tuple[str, ...]
    sections: tuple[PaperSection, ...]
    closing: tuple[str, ...]
    recipients: tuple[str, ...]
    signature: Signature
    is_draft: bool = True
    version: int = 1
    fingerprint: str = ""
    mark: str = ""

    @property
    def watermark(self) -> str:
        """What stands across every page; empty on a valid paper."""
        return DRAFT if self.is_draft else self.mark

    @property
    def number_line(self) -> str:
        """``Số: 05/BC-SNV``; room to write when there is no number yet."""
        number = f" {self.number:02}" if self.number else "       "
        return f"Số:{number}/BC-{self.symbol}"

    @property
    def day_line(self) -> str:
        """``Bắc Giang, ngày 05 tháng 01 năm 2020``, or dots to write on."""
        if self.day is None:
            return f"{self.head.place}, {day_in_words(None)}".lstrip(", ")
        return self.head.place_and_day(self.day)
