"""The body of a paper: opening, numbered sections, closing, and its end mark."""

from collections.abc import Iterable, Iterator

from docx.oxml.ns import qn

from reports.papers import Paper, PaperSection, PaperTable
from reports.renderers.word.page import TEXT_MM
from reports.renderers.word.parts import (
    Element,
    clean,
    element,
    paragraph,
    split_lines,
)
from reports.renderers.word.tables import is_wide, write_table

END = "./."
HEADINGS = {1: "Heading1", 2: "Heading2"}
DEEPEST = "Heading2"
STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"
WORDS = f"{qn('w:r')}/{qn('w:t')}"


def write_body(paper: Paper) -> tuple[list[Element], list[PaperTable]]:
    """Everything between head and foot, and the tables too wide to stand there."""
    flow = _paragraphs(paper.opening)
    wide = [x for each in paper.sections for x in each.tables if is_wide(x)]
    names = (annex_name(n, len(wide)) for n in range(1, len(wide) + 1))
    for section in paper.sections:
        flow += _section(section, names)
    flow += _paragraphs(paper.closing)
    return _ended(flow), wide


def annex_name(position: int, count: int) -> str:
    """``Phụ lục``, or ``Phụ lục II`` when there are several."""
    return f"Phụ lục {_roman(position)}" if count > 1 else "Phụ lục"


def _paragraphs(texts: Iterable[str]) -> list[Element]:
    return [paragraph(line, "BodyText") for text in texts for line in split_lines(text)]


def _section(section: PaperSection, annexes: Iterator[str]) -> list[Element]:
    """Heading, paragraphs, tables; a wide table takes the next of the annexes."""
    flow = []
    if title := clean(section.title):
        number = clean(section.number).rstrip(".")
        words = title.upper() if section.level == 1 else title
        heading = f"{number}. {words}" if number else words
        flow.append(paragraph(heading, HEADINGS.get(section.level, DEEPEST)))
    flow += _paragraphs(section.paragraphs)
    for each in section.tables:
        if not is_wide(each):
            flow += write_table(each, TEXT_MM)
            continue
        pointer = f"(Chi tiết tại {next(annexes)} kèm theo báo cáo này)"
        flow += _paragraphs([pointer])
    return flow


def _ended(flow: list[Element]) -> list[Element]:
    """The flow with the mark that nothing follows, on the last paragraph.

    That paragraph stays on the page of the signature, which never stands alone.
    """
    if not flow:
        return flow
    last = flow[-1]
    if _style(last) != "BodyText":  # a table, or a heading without words
        last = paragraph(END, "BodyText")
        flow = [*flow, last]
    words = last.find(WORDS)
    text = words.text or ""
    if not text.endswith(END):
        words.text = text.rstrip(" .;,:") + END
    last.find(STYLE).addnext(element("keepNext"))
    return flow


def _style(drawn: Element) -> str | None:
    style = drawn.find(STYLE)
    return None if style is None else style.get(qn("w:val"))


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * tens + digits[ones]
