"""A paper as plain text, pure: for reading aloud, for checking, for comparing."""

from collections.abc import Iterator

from reports.papers import TITLE, Paper, PaperSection


def as_text(paper: Paper) -> str:
    """Everything the paper says, in reading order, a paragraph a line."""
    return "\n\n".join(line for line in _lines(paper) if line)


def _lines(paper: Paper) -> Iterator[str]:
    yield paper.head.above
    yield paper.head.issuer
    yield paper.number_line
    yield paper.day_line
    yield TITLE
    yield paper.abstract
    yield f"Kính gửi: {'; '.join(paper.sent_to)}." if paper.sent_to else ""
    yield from paper.opening
    for section in paper.sections:
        yield from _section(section)
    yield from paper.closing
    yield "Nơi nhận:"
    yield from (f"- {line};" for line in paper.recipients)
    yield from paper.signature.lines
    yield paper.signature.name


def _section(section: PaperSection) -> Iterator[str]:
    title = section.title.upper() if section.level == 1 else section.title
    yield f"{section.number}. {title}"
    yield from section.paragraphs
    for table in section.tables:
        yield table.title
        for row in (*table.rows, *table.totals):
            yield " | ".join(row)
