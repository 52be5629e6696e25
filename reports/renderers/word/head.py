"""The head of a paper: two blocks side by side, the title, whom it is sent to."""

from postal_tthc.lib.letterheads import Letterhead
from postal_tthc.lib.text_width import width_mm
from reports.papers import TITLE, Paper
from reports.renderers.word.page import TEXT_MM
from reports.renderers.word.parts import (
    Cell,
    Element,
    Indent,
    clean,
    paragraph,
    rule,
    table,
)
from reports.renderers.word.styles import STYLES

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SENT_TO = "Kính gửi"
RIGHT_MM = 99  # holds the name of the country on one line
WIDEST_RIGHT_MM = 115  # for the day of a place with a long name
RULE_SHARE = 0.4  # of the text above it: the decree asks for a third to a half
TITLE_INDENT = Indent(left=8, right=8)
SENT_TO_MM = 30  # where «Kính gửi» begins before a list
DASH_MM = 2.9


def write_head(paper: Paper) -> list[Element]:
    """Everything above the first paragraph of the body."""
    return [_blocks(paper), *_title(paper), *_sent_to(paper.sent_to)]


def _blocks(paper: Paper) -> Element:
    day = paper.day_line.replace("…", "....")  # as wide, in letters that are known
    right = max(RIGHT_MM, _length(day, "PlaceAndDay", WIDEST_RIGHT_MM) + 1)
    left = TEXT_MM - right
    rows = [
        [Cell(_agency(paper.head, left)), Cell(_country(right))],
        # A row of their own keeps both on one line, however long the agency is.
        [
            Cell([paragraph(paper.number_line, "Number")]),
            Cell([paragraph(paper.day_line, "PlaceAndDay")]),
        ],
    ]
    return table(rows, [left, right])


def _agency(head: Letterhead, room: float) -> list[Element]:
    lines = [paragraph(head.above.upper(), "AgencyAbove")] if head.above else []
    lines.append(paragraph(head.issuer.upper(), "Agency"))
    length = RULE_SHARE * _length(head.issuer.upper(), "Agency", room)
    return [*lines, rule(length, room)]


def _country(room: float) -> list[Element]:
    return [
        paragraph(COUNTRY, "Country"),
        paragraph(MOTTO, "Motto"),
        rule(_length(MOTTO, "Motto", room), room),
    ]


def _title(paper: Paper) -> list[Element]:
    room = TEXT_MM - TITLE_INDENT.left - TITLE_INDENT.right
    length = RULE_SHARE * _length(paper.abstract, "Abstract", room)
    return [
        paragraph(TITLE, "NameOfPaper"),
        paragraph(paper.abstract, "Abstract", indent=TITLE_INDENT),
        rule(length, TEXT_MM),
    ]


def _length(text: str, style: str, room: float) -> float:
    """The width in mm of the longest line of a text, about."""
    look = STYLES[style]
    return min(width_mm(clean(text), look.size, bold=look.bold), room)


def _sent_to(names: tuple[str, ...]) -> list[Element]:
    """On the line of «Kính gửi» when it is one, below it with dashes when several."""
    plain = [clean(name).lstrip("-– ").rstrip(";., ") for name in names]
    if len(plain) < 2:
        return [paragraph(f"{SENT_TO}: {name}", "SentTo") for name in plain]
    look = STYLES["SentTo"]
    # The dashes stand under the colon.
    left = SENT_TO_MM + width_mm(SENT_TO, look.size) + DASH_MM
    lines = [
        paragraph(f"{SENT_TO}:", "SentTo", indent=Indent(SENT_TO_MM), align="left")
    ]
    for position, name in enumerate(plain, start=1):
        end = "." if position == len(plain) else ";"
        indent = Indent(left, hanging=DASH_MM)
        lines.append(paragraph(f"- {name}{end}", "SentToList", indent=indent))
    return lines
