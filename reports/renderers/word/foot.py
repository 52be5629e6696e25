"""The foot of a paper: for whom it is, and who signs, level with each other."""

from reports.papers import Paper
from reports.renderers.word.page import TEXT_MM
from reports.renderers.word.parts import Cell, Element, Indent, clean, paragraph, table

LEFT_MM = 80
RIGHT_MM = TEXT_MM - LEFT_MM
DASH_MM = 2.3


def write_foot(paper: Paper) -> list[Element]:
    """One row without borders: a row is never broken across pages."""
    row = [Cell(_recipients(paper.recipients)), Cell(_signature(paper))]
    return [
        paragraph("", "AfterTable", keep_next=True),
        table([row], [LEFT_MM, RIGHT_MM]),
    ]


def _recipients(names: tuple[str, ...]) -> list[Element]:
    plain = [clean(name).lstrip("-– ").rstrip(";., ") for name in names]
    lines = [paragraph("Nơi nhận:", "RecipientsHead")]
    for position, name in enumerate(plain, start=1):
        end = "." if position == len(plain) else ";"
        indent = Indent(DASH_MM, hanging=DASH_MM)
        lines.append(paragraph(f"- {name}{end}", "Recipients", indent=indent))
    return lines


def _signature(paper: Paper) -> list[Element]:
    offices = [paragraph(line, "Signatory") for line in paper.signature.lines]
    return [*offices, paragraph(paper.signature.name, "SignatoryName")]
