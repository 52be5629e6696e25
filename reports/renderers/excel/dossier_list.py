"""The list of the dossiers behind the headline: received in the periods, by post."""

from postal_tthc.lib.workbooks import Book, Sheet
from reports.documents import YearlyReport
from reports.layouts import DOSSIER_COLUMNS
from reports.renderers.excel.parts import (
    BOXED,
    CENTRED,
    DAY,
    HEAD,
    write_title,
)

HEAD_ROW = 4


def start(book: Book) -> Sheet:
    """The empty sheet."""
    widths = [12, *(each.width for each in DOSSIER_COLUMNS)]
    return book.sheet("Hồ sơ qua bưu chính", widths, landscape=True)


def fill(sheet: Sheet, report: YearlyReport) -> None:
    """Write every dossier; a filter stands on the head."""
    days = "; ".join(figures.period.days for figures in report.periods)
    title = (
        "DANH SÁCH HỒ SƠ TIẾP NHẬN TRONG KỲ CÓ ÍT NHẤT MỘT CHIỀU QUA BƯU CHÍNH CÔNG ÍCH"
    )
    write_title(sheet, title, f"Ngày tiếp nhận: {days}")
    headings = ("TT", *(column.heading for column in DOSSIER_COLUMNS))
    for column, heading in enumerate(headings, start=1):
        sheet.text(HEAD_ROW, column, heading, HEAD)
    sheet.repeat_rows(HEAD_ROW, HEAD_ROW)
    sheet.freeze(HEAD_ROW + 1, 3)
    row = HEAD_ROW
    for row, dossier in enumerate(report.dossiers, start=HEAD_ROW + 1):
        sheet.number(row, 1, row - HEAD_ROW, CENTRED)
        for column, spec in enumerate(DOSSIER_COLUMNS, start=2):
            value = getattr(dossier, spec.name)
            if spec.kind == "date":
                sheet.date(row, column, value, DAY)
            else:
                sheet.text(row, column, value, BOXED)
    if row == HEAD_ROW:
        nothing = "Không có hồ sơ nào qua bưu chính công ích trong kỳ."
        sheet.text(row + 1, 1, nothing, BOXED, over=sheet.columns)
    else:
        sheet.filter(HEAD_ROW, row)
