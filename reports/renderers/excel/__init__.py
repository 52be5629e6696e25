"""The yearly cooperation report as a workbook: figures in, bytes out."""

from postal_tthc.lib.workbooks import Book
from reports.documents import YearlyReport
from reports.renderers.excel import (
    charts,
    dossier_list,
    form_06,
    lines,
    months,
    post,
    rules,
    summary,
)


def render(report: YearlyReport) -> bytes:
    """The .xlsx file. Its formulas give exactly the numbers of the figures."""
    book = Book(title=report.abstract, author=report.heading.agency)
    # Made in the order of the tabs, written in the order in which they refer.
    first = summary.start(book, report)
    by_procedure = lines.start(book, report, lines.PROCEDURES)
    by_field = lines.start(book, report, lines.FIELDS)
    by_month = months.start(book, report)
    drawn = charts.start(book)
    form = form_06.start(book, report)
    by_post = post.start(book, report)
    listed = dossier_list.start(book)
    counted = rules.start(book)

    procedure_blocks = lines.fill(by_procedure, report, lines.PROCEDURES)
    lines.fill(by_field, report, lines.FIELDS)
    month_blocks = months.fill(by_month, report)
    charts.fill(drawn, report, procedure_blocks[-1], month_blocks)
    form_06.fill(form, report)
    post.fill(by_post, report)
    dossier_list.fill(listed, report)
    cells = summary.fill(first, report, procedure_blocks)
    rules.fill(counted, report, cells)
    return book.to_bytes()


def render_form_06(report: YearlyReport) -> bytes:
    """Biểu 06/VPCP by itself, as an .xlsx file."""
    book = Book(title=report.abstract, author=report.heading.agency)
    form_06.fill(form_06.start(book, report), report)
    return book.to_bytes()
