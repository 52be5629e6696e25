"""The blank return (.xlsx) of one organisation for one period, and a filled one.

Whoever fills it needs no account. Cells to write in are white and open; the rest is
protected without a password, against slips and not against people.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

from openpyxl.cell import Cell
from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation

from postal_tthc.lib.workbooks import COUNT_FORMAT, Book, Look, Sheet, address
from reports.consolidation.columns import OWN_COLUMNS, SHARED_COLUMNS
from reports.consolidation.lines import NAMES, Line, total_of
from reports.periods import Period

OWN_SHEET, SHARED_SHEET, GUIDE_SHEET = "Số liệu", "Liên thông", "Hướng dẫn"
ORGANISATION, SYMBOL = "Đơn vị báo cáo", "Ký hiệu đơn vị"
PERIOD, DAYS = "Kỳ báo cáo", "Từ ngày – đến ngày"
TOTAL, CHECK = "Tổng cộng", "Cân đối"
RIGHT, WRONG = "Đúng", "Sai"
ROOM = 8  # empty rows below the known fields
FEWEST_ROWS = 12
FIELD_MM, COUNT_MM, CHECK_MM = 58, 19, 16
HEAD_ROW = 8
SHADE = "E3EDEE"

TITLE = Look(size=14, bold=True, across="center")
LABEL = Look(bold=True)
KNOWN = Look(boxed=True, fill="F3F7F7")
NOTE = Look(size=11, italic=True, colour="595959")
HEAD = Look(size=11, bold=True, across="center", boxed=True, fill=SHADE)
ORDINAL = Look(size=10, italic=True, across="center", boxed=True, fill=SHADE)
TEXT = Look(boxed=True)
COUNT = Look(boxed=True, across="right", number_format=COUNT_FORMAT, wrap=False)
TOTALS = replace(COUNT, bold=True, fill="F3F7F7")

GUIDE = (
    (
        "Ghi số liệu của đơn vị và các đơn vị trực thuộc, mỗi lĩnh vực một dòng, vào các ô "
        "trắng. Không ghi hai dòng cùng một lĩnh vực. Thêm dòng thì chèn vào giữa bảng, "
        "trên dòng «Tổng cộng»."
    ),
    (
        "Mỗi ô là một số nguyên, không có dấu chấm, dấu cách hay chữ. Không có hồ sơ thì "
        "ghi 0. Không gộp ô."
    ),
    (
        "Không sửa các ô đơn vị, ký hiệu và kỳ báo cáo: tệp chỉ dùng cho đúng đơn vị và kỳ "
        "đã ghi sẵn."
    ),
    (
        "«Tiếp nhận qua bưu chính»: hồ sơ tiếp nhận trong kỳ có ít nhất một chiều qua bưu "
        "chính công ích, có cả hai chiều chỉ đếm một lần. «Gửi đến» và «cả hai chiều» là một "
        "phần của số này. Gửi qua đơn vị chuyển phát khác không tính."
    ),
    "«Kết quả trả qua bưu chính» là một phần của «Kết quả đã trả», đếm theo ngày trả.",
    (
        "Mỗi dòng phải cân đối: kỳ trước chuyển sang + tiếp nhận = trước hạn + đúng hạn + quá "
        "hạn + rút, dừng + đang giải quyết trong hạn + đang giải quyết quá hạn."
    ),
    (
        "Trang «Liên thông»: trong các số đã ghi ở trang «Số liệu», phần hồ sơ liên thông do "
        "cơ quan khác trong tỉnh chủ trì. Cơ quan chủ trì đã đếm các hồ sơ này, nên tỉnh trừ "
        "ra để mỗi hồ sơ chỉ đếm một lần. Không có thì để trống."
    ),
    (
        "Dòng «Tổng cộng» là công thức. Ghi xong, lưu tệp trong Excel hoặc LibreOffice (đuôi "
        ".xlsx) rồi gửi lại; không đặt mật khẩu."
    ),
)


@dataclass(frozen=True)
class Head:
    """For whom the form is: read back and checked when it returns."""

    collector: str
    organisation: str
    symbol: str
    period: Period


def blank(head: Head, fields: Sequence[str]) -> bytes:
    """The form with a row for each known field and empty rows below."""
    return filled(head, [Line(field) for field in fields], is_blank=True)


def filled(head: Head, lines: Sequence[Line], *, is_blank: bool = False) -> bytes:
    """The form with these lines in it; ``is_blank`` writes their fields alone."""
    book = Book(title=f"{PERIOD} {head.period.name}", author=head.organisation)
    own = _start(book, OWN_SHEET, len(OWN_COLUMNS))
    shared = _start(book, SHARED_SHEET, len(SHARED_COLUMNS))
    _write_head(
        own, head, "BIỂU TỔNG HỢP HỒ SƠ TIẾP NHẬN, TRẢ KẾT QUẢ QUA BƯU CHÍNH CÔNG ÍCH"
    )
    _write_head(
        shared, head, "TRONG ĐÓ: HỒ SƠ LIÊN THÔNG DO CƠ QUAN KHÁC TRONG TỈNH CHỦ TRÌ"
    )
    _write_table(own, lines, is_shared=False, is_blank=is_blank)
    led = [x for x in lines if any(getattr(x.shared, name) for name in NAMES)]
    _write_table(shared, [] if is_blank else led, is_shared=True, is_blank=is_blank)
    _write_guide(book, head)
    return book.to_bytes()


def _start(book: Book, name: str, columns: int) -> Sheet:
    widths = [FIELD_MM, *[COUNT_MM] * (columns - 1), CHECK_MM]
    return book.sheet(name, widths, landscape=True)


def _write_head(sheet: Sheet, head: Head, title: str) -> None:
    sheet.text(1, 1, title, TITLE, over=sheet.columns)
    rows = (
        (ORGANISATION, head.organisation),
        (SYMBOL, head.symbol),
        (PERIOD, head.period.word),
        (DAYS, head.period.days),
    )
    for row, (label, value) in enumerate(rows, start=2):
        sheet.text(row, 1, label, LABEL)
        sheet.text(row, 2, value, KNOWN, over=6)
    note = f"Gửi về: {head.collector}. Đơn vị tính: hồ sơ, thủ tục. Cách ghi: xem trang «{GUIDE_SHEET}»."
    sheet.text(len(rows) + 2, 1, note, NOTE, over=sheet.columns)


def _write_table(
    sheet: Sheet, lines: Sequence[Line], *, is_shared: bool, is_blank: bool
) -> None:
    columns = SHARED_COLUMNS if is_shared else OWN_COLUMNS
    for place, column in enumerate(columns, start=1):
        sheet.text(HEAD_ROW, place, column.heading, HEAD)
        sheet.text(HEAD_ROW + 1, place, f"({place})", ORDINAL)
    sheet.text(HEAD_ROW, sheet.columns, CHECK, HEAD)
    sheet.text(HEAD_ROW + 1, sheet.columns, "", ORDINAL)
    sheet.freeze(HEAD_ROW + 2, 2)
    sheet.repeat_rows(HEAD_ROW, HEAD_ROW + 1)
    first = HEAD_ROW + 2
    last = first + max(len(lines) + ROOM, FEWEST_ROWS) - 1
    places = {column.key: place for place, column in enumerate(columns, start=1)}
    for row in range(first, last + 1):
        line = lines[row - first] if row - first < len(lines) else None
        _open(sheet.text(row, 1, line.field if line else "", TEXT))
        for name, place in places.items():
            if place > 1:
                cell = sheet.date(row, place, None, COUNT)  # empty
                _open(cell)
                if line and not is_blank:
                    cell.value = _number(line, name, is_shared=is_shared)
        is_written = line is not None and not is_blank
        _write_check(sheet, row, places, line if is_written else None, is_shared)
    _write_totals(sheet, first, last, places, lines, is_shared=is_shared)
    _protect(sheet, f"B{first}:{address(last, len(columns))}")


def _number(line: Line, name: str, *, is_shared: bool) -> int:
    holder = line if name in ("in_force", "postal") else line.own
    found: int = getattr(line.shared if is_shared else holder, name)
    return found


def _write_check(
    sheet: Sheet, row: int, places: dict[str, int], line: Line | None, is_shared: bool
) -> None:
    """Whether a row balances, said while it is filled in; nothing for an empty one."""
    at = {name: address(row, place) for name, place in places.items()}
    came = f"{at['carried_over']}+{at['received']}"
    went = f"SUM({at['early']}:{at['open_overdue']})"
    numbers = f"{at['received']}:{at['open_overdue']}"
    formula = f'=IF(COUNT({numbers})=0,"",IF({came}={went},"{RIGHT}","{WRONG}"))'
    value = ""
    if line is not None:
        counts = line.shared if is_shared else line.own
        value = RIGHT if counts.is_balanced else WRONG
    sheet.formula(row, sheet.columns, formula, value, replace(HEAD, bold=False))


def _write_totals(
    sheet: Sheet,
    first: int,
    last: int,
    places: dict[str, int],
    lines: Sequence[Line],
    *,
    is_shared: bool,
) -> None:
    whole, row = total_of(lines), last + 1
    sheet.text(row, 1, TOTAL, replace(TOTALS, across="left"))
    for name, place in places.items():
        if place > 1:
            above = f"{address(first, place)}:{address(last, place)}"
            value = _number(whole, name, is_shared=is_shared)
            sheet.formula(row, place, f"=SUM({above})", value, TOTALS)
    _write_check(sheet, row, places, whole, is_shared)


def _open(cell: Cell) -> None:
    cell._style = copy(cell._style)  # the others share theirs
    cell.protection = Protection(locked=False)


def _protect(sheet: Sheet, numbers: str) -> None:
    asked = DataValidation(
        type="whole",
        operator="greaterThanOrEqual",
        formula1="0",
        allow_blank=True,
        errorTitle="Số nguyên",
        error="Ghi một số nguyên từ 0 trở lên, không có dấu chấm, dấu cách hay chữ.",
        showErrorMessage=True,
    )
    asked.add(numbers)
    sheet.sheet.add_data_validation(asked)
    guard = sheet.sheet.protection
    guard.sheet = True
    # False means allowed: rows may be added and taken away, columns widened.
    guard.insertRows = guard.deleteRows = False
    guard.formatColumns = guard.formatRows = guard.formatCells = False


def _write_guide(book: Book, head: Head) -> None:
    sheet = book.sheet(GUIDE_SHEET, [10, 155])
    sheet.text(1, 1, "CÁCH GHI BIỂU", TITLE, over=2)
    sheet.text(2, 1, f"Kỳ {head.period.name}: {head.period.days}", NOTE, over=2)
    for position, sentence in enumerate(GUIDE, start=1):
        sheet.text(position + 3, 1, str(position), replace(TEXT, across="center"))
        sheet.text(position + 3, 2, sentence, TEXT)
    sheet.sheet.protection.sheet = True
