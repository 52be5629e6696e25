"""A report as a file: Word, PDF, Excel; and what the file is called."""

from postal_tthc.lib.office import to_pdf
from postal_tthc.lib.vietnamese import fold
from reports.models import Report
from reports.renderers import excel, word
from reports.snapshots import Snapshot


def docx(snapshot: Snapshot) -> bytes:
    """Word, in the layout of NĐ 30/2020/NĐ-CP."""
    return word.render(snapshot.paper)


def pdf(snapshot: Snapshot) -> bytes:
    """The Word export as PDF. Raises ``NoPdf`` where LibreOffice is not installed."""
    return to_pdf(docx(snapshot))


def xlsx(snapshot: Snapshot) -> bytes:
    """The figures as a workbook: the same that the words and the tables say."""
    return excel.render(snapshot.report)


def form_06(snapshot: Snapshot) -> bytes:
    """Biểu 06/VPCP of the same figures, as a workbook of its own."""
    return excel.render_form_06(snapshot.report)


RENDERERS = {"docx": docx, "pdf": pdf, "xlsx": xlsx}


def filename(report: Report, ending: str, *, of: str = "BC") -> str:
    """``BC_SNV_05_2020.docx``; a draft says that it is one."""
    symbol = fold(report.organisation.symbol).upper()
    symbol = symbol.replace(" ", "-").replace("/", "-")
    if report.number and report.dated_on:
        name = f"{report.number:02}_{report.dated_on.year}"
    else:
        periods = "_".join(report.periods).replace("..", "-den-").replace("@", "-")
        state = "da-ky" if report.is_frozen else "du-thao"
        name = f"{periods}_{state}"
    version = f"_v{report.version}" if report.version > 1 else ""
    return f"{of}_{symbol}_{name}{version}.{ending}"
