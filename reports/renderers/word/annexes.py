"""The annexes of a paper: tables too wide for it, each on pages on their side."""

from collections.abc import Sequence

from docx.document import Document as DocumentObject

from postal_tthc.lib.letterheads import day_in_words
from reports.papers import Paper, PaperTable
from reports.renderers.word.body import annex_name
from reports.renderers.word.page import WIDE_TEXT_MM, add_landscape
from reports.renderers.word.parts import Element, paragraph
from reports.renderers.word.tables import write_table


def write_annexes(
    document: DocumentObject, paper: Paper, tables: Sequence[PaperTable]
) -> None:
    """A section of the document for each table."""
    for position, each in enumerate(tables, start=1):
        add_landscape(document)
        name = annex_name(position, len(tables))
        end = document.element.body.sectPr
        for drawn in [
            *_head(paper, name, each),
            *write_table(each, WIDE_TEXT_MM, titled=False),
        ]:
            end.addprevious(drawn)


def _head(paper: Paper, name: str, given: PaperTable) -> list[Element]:
    number = f"{paper.number:02}" if paper.number else "……"
    whose = (
        f"(Kèm theo Báo cáo số {number}/BC-{paper.symbol} {day_in_words(paper.day)} "
        f"của {paper.head.issuer})"
    )
    return [
        paragraph(name, "AnnexNumber"),
        paragraph(given.title.upper(), "AnnexTitle"),
        paragraph(whose, "AnnexOf"),
    ]
