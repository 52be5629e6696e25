"""What became of many returns handed in at once: a row a file, or a row a fault."""

from collections.abc import Sequence

from postal_tthc.lib.tables import Fault
from postal_tthc.lib.workbooks import Book
from reports.consolidation.many import Taken
from reports.periods import Period
from reports.renderers.excel.parts import CENTRED, HEAD, PADDED, write_title

TITLE = "KẾT QUẢ NHẬN BÁO CÁO CỦA CÁC CƠ QUAN, ĐƠN VỊ"
COLUMNS = (
    ("TT", 10),
    ("Tệp", 50),
    ("Cơ quan, đơn vị", 45),
    ("Kết quả", 24),
    ("Dòng", 14),
    ("Cột", 36),
    ("Giá trị", 30),
    ("Việc cần làm", 80),
)
HEAD_ROW = 4
NONE = Fault(0, "", "", "")


def render(taken: Sequence[Taken], collector: str, period: Period) -> bytes:
    """The .xlsx file."""
    book = Book(title=TITLE.capitalize(), author=collector)
    widths = [width for _heading, width in COLUMNS]
    sheet = book.sheet("Kết quả", widths, landscape=True)
    write_title(sheet, TITLE, f"{collector}, {period.name} ({period.days})")
    for column, (heading, _width) in enumerate(COLUMNS, start=1):
        sheet.text(HEAD_ROW, column, heading, HEAD)
    sheet.repeat_rows(HEAD_ROW, HEAD_ROW)
    sheet.freeze(HEAD_ROW + 1, 1)
    row = HEAD_ROW
    for place, each in enumerate(taken, start=1):
        for fault in each.faults or (NONE,):
            row += 1
            sheet.number(row, 1, place, CENTRED)
            cells = (
                each.name,
                each.organisation,
                each.verdict.value,
                str(fault.row or ""),
                fault.heading,
                fault.value,
                fault.sentence,
            )
            for column, text in enumerate(cells, start=2):
                sheet.text(row, column, text, CENTRED if column == 5 else PADDED)
    sheet.print_rows(row)
    return book.to_bytes()
