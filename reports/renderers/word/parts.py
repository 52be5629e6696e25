"""The bricks of a paper: clean text, paragraphs, ruled lines, tables."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from reports.renderers.word.styles import STYLES, twips

Element = BaseOxmlElement
Align = Literal["left", "center", "right"]

# Control and format characters, lone surrogates, what is no character at all.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})
LINE_ENDS = ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")
RULE_EIGHTHS = 6  # of a point: three quarters of one
BORDER_EIGHTHS = 4
CELL_PADDING_MM = 1.5


def clean(text: str) -> str:
    """The text on one line, composed, without what nobody sees or XML cannot hold."""
    return " ".join(split_lines(text))


def split_lines(text: str) -> list[str]:
    """The lines of a text that hold anything, each clean; spaces inside are kept."""
    text = unicodedata.normalize("NFC", text)
    for end in LINE_ENDS:
        text = text.replace(end, "\n")
    lines = ("".join(map(_seen, line)).strip() for line in text.split("\n"))
    return [line for line in lines if line]


def _seen(letter: str) -> str:
    if letter == "\t":
        return " "
    return "" if unicodedata.category(letter) in UNSEEN else letter


def element(tag: str, **attributes: object) -> Element:
    """``<w:tag w:name="value"/>``."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def run(text: str, *, bold: bool = False) -> Element:
    """A stretch of plain text: whatever it says, it is no field and no formula."""
    made = element("r")
    if bold:
        look = element("rPr")
        look.extend([element("b"), element("bCs")])
        made.append(look)
    words = element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(words)
    return made


@dataclass(frozen=True)
class Indent:
    """Where a paragraph stands, in mm from the margins; ``hanging`` is its dash."""

    left: float = 0
    right: float = 0
    hanging: float = 0


def paragraph(
    text: str,
    style: str,
    *,
    indent: Indent | None = None,
    align: Align | None = None,
    bold: bool = False,
    keep_next: bool = False,
    ruled: bool = False,
) -> Element:
    """A paragraph in a style of ``STYLES``. Raises ``KeyError`` for another one.

    ``ruled`` draws a line on top, from indent to indent.
    """
    look = element("pPr")
    look.append(element("pStyle", val=STYLES[style].key))
    if keep_next:
        look.append(element("keepNext"))
    if ruled:
        borders = element("pBdr")
        line = element("top", val="single", sz=RULE_EIGHTHS, space=0, color="000000")
        borders.append(line)
        look.append(borders)
    if indent:
        place = element("ind", left=twips(indent.left), right=twips(indent.right))
        place.set(qn("w:hanging"), str(twips(indent.hanging)))
        look.append(place)
    if align:
        look.append(element("jc", val=align))
    made = element("p")
    made.append(look)
    if text := clean(text):
        made.append(run(text, bold=bold))
    return made


def rule(length: float, room: float) -> Element:
    """A drawn line of this length in mm, in the middle of ``room``."""
    side = max(0.0, (room - length) / 2)
    return paragraph("", "Rule", indent=Indent(side, side), ruled=True)


@dataclass(frozen=True)
class Cell:
    """A cell of a table. ``over``: columns it takes.

    ``deep`` begins a cell that goes on below, where ``goes_on`` stands.
    """

    content: Sequence[Element]
    over: int = 1
    deep: bool = False
    goes_on: bool = False


def table(
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[float],
    *,
    boxed: bool = False,
    heads: int = 0,
) -> Element:
    """A table with fixed widths in mm; its first ``heads`` rows head every page.

    No row is broken across pages.
    """
    made = element("tbl")
    made.append(_properties(sum(widths), boxed=boxed))
    grid = element("tblGrid")
    grid.extend([element("gridCol", w=twips(width)) for width in widths])
    made.append(grid)
    for position, cells in enumerate(rows):
        row = element("tr")
        look = element("trPr")
        look.append(element("cantSplit"))
        if position < heads:
            look.append(element("tblHeader"))
        row.append(look)
        column = 0
        for cell in cells:
            width = sum(widths[column : column + cell.over])
            row.append(_cell(cell, width, boxed=boxed))
            column += cell.over
        made.append(row)
    return made


def _properties(width: float, *, boxed: bool) -> Element:
    look = element("tblPr")
    look.append(element("tblW", w=twips(width), type="dxa"))
    look.append(element("jc", val="center"))
    if boxed:
        borders = element("tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            line = element(side, val="single", sz=BORDER_EIGHTHS, space=0)
            line.set(qn("w:color"), "000000")
            borders.append(line)
        look.append(borders)
    look.append(element("tblLayout", type="fixed"))
    padding = twips(CELL_PADDING_MM if boxed else 0)
    margins = element("tblCellMar")
    for side, room in (
        ("top", 0),
        ("left", padding),
        ("bottom", 0),
        ("right", padding),
    ):
        margins.append(element(side, w=room, type="dxa"))
    look.append(margins)
    return look


def _cell(cell: Cell, width: float, *, boxed: bool) -> Element:
    look = element("tcPr")
    look.append(element("tcW", w=twips(width), type="dxa"))
    if cell.over > 1:
        look.append(element("gridSpan", val=cell.over))
    if cell.deep:
        look.append(element("vMerge", val="restart"))
    if cell.goes_on:
        look.append(element("vMerge"))
    if boxed:
        look.append(element("vAlign", val="center"))
    made = element("tc")
    made.append(look)
    made.extend(list(cell.content) or [paragraph("", "TableCell")])
    return made
