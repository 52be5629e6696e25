"""The report as a Word file in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I."""

from io import BytesIO

from reports.papers import Paper
from reports.renderers.word.annexes import write_annexes
from reports.renderers.word.body import write_body
from reports.renderers.word.foot import write_foot
from reports.renderers.word.head import write_head
from reports.renderers.word.margins import write_margins
from reports.renderers.word.page import blank, end

__all__ = ["render"]


def render(paper: Paper) -> bytes:
    """The .docx file of a paper; a draft carries its mark on every page."""
    document = blank(paper)
    write_margins(document, paper)
    flow, wide = write_body(paper)
    for drawn in [*write_head(paper), *flow, *write_foot(paper)]:
        document.element.body.sectPr.addprevious(drawn)
    write_annexes(document, paper, wide)
    if not wide:
        end(document)
    written = BytesIO()
    document.save(written)
    return written.getvalue()
