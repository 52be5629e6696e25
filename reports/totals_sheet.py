"""Totals as a workbook: one list of columns for the blank form and for reading."""

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from dossiers.models import OpeningTotal
from dossiers.models.opening_total import NUMBERS, month_of
from dossiers.opening_rules import LARGEST
from postal_tthc.accounts.models import Organisation
from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import Cell
from postal_tthc.lib.tables import Column
from postal_tthc.lib.workbooks import COUNT_FORMAT, Book, Look
from procedures.spreadsheets.cells import read_code
from reports.totals_book import offers

MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*[/.-]\s*(\d{4})", re.IGNORECASE)
GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
TITLE = "SỐ TỔNG HỢP CÁC NĂM TRƯỚC KHI DÙNG HỆ THỐNG"


def read_month(cell: Cell) -> date:
    """A month: ``01/2018``, ``Tháng 1/2018``, or a date cell of that month."""
    if isinstance(cell, datetime):
        return month_of(cell.date())
    if isinstance(cell, date):
        return month_of(cell)
    said = MONTH.fullmatch(cell) if isinstance(cell, str) else None
    if said is None or not 1 <= int(said[1]) <= 12 or int(said[2]) < 1:
        raise Invalid(_("Write the month as 01/2018."))
    return date(int(said[2]), int(said[1]), 1)


def read_number(cell: Cell) -> int | None:
    """A count; None when the cell is empty."""
    if cell is None:
        return None
    if isinstance(cell, str) and (cell.isdecimal() or GROUPED.fullmatch(cell)):
        cell = int(re.sub(r"[. ]", "", cell)[:10])
    if isinstance(cell, bool) or not isinstance(cell, int) or not 0 <= cell <= LARGEST:
        raise Invalid(_("Write a whole number from 0 to %(most)d.") % {"most": LARGEST})
    return cell


def _number(key: str, heading: str, hint: str = "", *synonyms: str) -> Column:
    return Column(
        key, heading, read_number, lambda n: n, synonyms=synonyms, width=9, hint=hint
    )


COLUMNS: tuple[Column, ...] = (
    Column(
        "month",
        "Tháng",
        read_month,
        lambda month: f"{month:%m/%Y}",
        is_required=True,
        width=9,
        hint="Viết 01/2018.",
    ),
    Column(
        "code",
        "Mã TTHC",
        read_code,
        lambda code: code,
        synonyms=("Mã thủ tục",),
        is_required=True,
        width=12,
        hint="Mã trong danh mục của cơ quan.",
    ),
    Column(
        "name",
        "Tên TTHC",
        lambda _cell: None,
        lambda name: name,
        synonyms=("Tên thủ tục",),
        width=40,
        hint="Chỉ để đọc.",
    ),
    _number(
        "carried_in",
        "Kỳ trước chuyển sang",
        "Hồ sơ chưa giải quyết xong khi bắt đầu tháng đầu tiên; chỉ ghi ở tháng đầu.",
    ),
    _number("received", "Tiếp nhận", "Tiếp nhận trong tháng."),
    _number("by_post", "Qua bưu chính", "Trong số tiếp nhận: ít nhất một chiều."),
    _number("intake_by_post", "Gửi đến qua bưu chính", "Trong số qua bưu chính."),
    _number("both_legs_by_post", "Cả hai chiều", "Trong số gửi đến qua bưu chính."),
    _number("online", "Nộp trực tuyến", "Trong số tiếp nhận."),
    _number("results", "Trả kết quả", "Kết quả đã trả trong tháng."),
    _number("return_by_post", "Trả qua bưu chính", "Trong số kết quả đã trả."),
    _number("early", "Trước hạn", "Giải quyết xong trong tháng, trước hạn."),
    _number("on_time", "Đúng hạn", "Giải quyết xong trong tháng, đúng hạn."),
    _number("overdue", "Quá hạn", "Giải quyết xong trong tháng, quá hạn."),
    _number("withdrawn", "Rút, dừng", "Người nộp rút, hoặc dừng giải quyết."),
    _number(
        "open_overdue",
        "Còn lại quá hạn",
        "Cuối tháng chưa xong và đã quá hạn.",
    ),
)
HEADINGS = {column.key: column.heading for column in COLUMNS}
WIDTHS = [15, 22, 68, *[15] * len(NUMBERS)]  # millimetres
HEAD_ROW = 4


def blank(agency: Organisation, year: int) -> bytes:
    """The form of a year: every procedure and month, with what stands already."""
    months = [date(year, n, 1) for n in range(1, 13)]
    known = {
        (row.procedure.code, row.month): row
        for row in OpeningTotal.objects.filter(
            organisation=agency, month__year=year
        ).select_related("procedure")
    }
    book = Book(title=TITLE, author=agency.name)
    sheet = book.sheet("Số tổng hợp", WIDTHS, landscape=True)
    head = Look(bold=True, across="center", boxed=True, fill="E3EDEC", size=10)
    sheet.text(1, 1, TITLE, Look(bold=True, size=14), over=len(COLUMNS))
    sheet.text(2, 1, f"{agency.name} – năm {year}", Look(), over=len(COLUMNS))
    for place, column in enumerate(COLUMNS, 1):
        sheet.text(HEAD_ROW, place, column.heading, head)
    text = Look(boxed=True, size=10, down="top")
    count = Look(boxed=True, size=10, across="right", number_format=COUNT_FORMAT)
    line = HEAD_ROW
    for month in months:
        for offer in offers(agency, month):
            line += 1
            procedure = offer.procedure
            row = known.get((procedure.code, month))
            sheet.text(line, 1, f"{month:%m/%Y}", text)
            sheet.text(line, 2, procedure.code, text)
            sheet.text(line, 3, procedure.name, text)
            for place, name in enumerate(NUMBERS, 4):
                number = getattr(row, name) if row else 0
                cell = sheet.number(line, place, number, count)
                if not number:
                    cell.value = None
    sheet.freeze(HEAD_ROW + 1, 4)
    sheet.filter(HEAD_ROW, max(line, HEAD_ROW + 1))
    sheet.repeat_rows(HEAD_ROW, HEAD_ROW)
    _guide(book)
    return book.to_bytes()


def _guide(book: Book) -> None:
    sheet = book.sheet("Hướng dẫn", [60, 105])
    rows = [("Cột", "Cách ghi"), *((c.heading, c.hint) for c in COLUMNS)]
    rows.append(("Dòng trống", "Không ghi gì thì tháng đó giữ nguyên số đang có."))
    rows.append(("Số 0", "Ghi 0 thì số đang có của dòng đó bị xóa."))
    for line, texts in enumerate(rows, 1):
        for place, said in enumerate(texts, 1):
            sheet.text(line, place, said, Look(bold=line == 1, boxed=True, down="top"))
