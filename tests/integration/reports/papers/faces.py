"""Every face of a report, as its readers get it."""

import re
from io import BytesIO
from typing import Any

from django.test import Client
from docx import Document
from openpyxl import load_workbook

from reports.models import Report

ARTICLE = re.compile(r'<article class="paper".*?</article>', re.DOTALL)


def words_of(docx: bytes) -> list[str]:
    """Paragraphs, cells and what stands at the foot of a Word file."""
    document = Document(BytesIO(docx))
    texts = [x.text for x in document.paragraphs]
    for table in document.tables:
        texts += [cell.text for row in table.rows for cell in row.cells]
    for section in document.sections:
        for foot in (section.first_page_footer, section.footer):
            texts += [x.text for x in foot.paragraphs]
    return [text for text in texts if text.strip()]


def values_of(xlsx: bytes) -> dict[str, list[tuple]]:
    """The values of every sheet, as they were written."""
    book = load_workbook(BytesIO(xlsx), data_only=True)
    return {sheet.title: list(sheet.values) for sheet in book}


def paper_on(page: str) -> str:
    """The paper itself, without what stands beside it."""
    return ARTICLE.search(page)[0]


def faces(client: Client, report: Report) -> dict[str, Any]:
    """Page, Word, Excel and JSON of a report, by name."""
    address = report.get_absolute_url()

    def get(name: str) -> bytes:
        answer = client.get(f"{address}{name}")
        assert answer.status_code == 200, name
        return answer.content

    return {
        "page": paper_on(get("").decode()),
        "docx": words_of(get("report.docx")),
        "xlsx": values_of(get("report.xlsx")),
        "json": client.get(f"{address}report.json").json(),
    }
