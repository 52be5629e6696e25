"""Lists as a post sends them: titles above, a total below, days as dates or text."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

# The two layouts seen in practice, and the post's tracking.
REGISTERED = (
    "STT",
    "Số hiệu giấy tờ (Mã hồ sơ)",
    "Nội dung hồ sơ",
    "Số CCCD chủ hồ sơ",
    "Họ tên người nhận kết quả",
    "Địa chỉ đăng ký nhận kết quả",
    "Số điện thoại người nhận",
    "Ngày công dân đăng ký",
    "Ngày bưu điện nhận kết quả",
    "Số ký hiệu kết quả",
    "Cước bưu điện thu",
)
PROVINCIAL = (
    "STT",
    "Đơn vị tiếp nhận",
    "Tên TTHC",
    "Mã hồ sơ",
    "Trạng thái",
    "Ngày trạng thái",
    "Chủ hồ sơ",
    "Mã vận đơn bưu điện",
    "Phí thu hộ",
    "Ngày nộp",
    "Ngày nhận",
    "Ngày hẹn trả",
)
Row = dict[str, Any]


def workbook(
    headings: Sequence[str], rows: Sequence[Row], *, total: bool = True
) -> BytesIO:
    """An .xlsx with a title over merged cells, two empty rows, headings, rows, a total."""
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "BƯU ĐIỆN TỈNH BẮC GIANG"
    sheet["A2"] = "DANH SÁCH ĐĂNG KÝ CHUYỂN PHÁT"
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(headings))
    for place, heading in enumerate(headings, start=1):
        sheet.cell(5, place, heading)
    for number, row in enumerate(rows, start=6):
        unknown = set(row) - set(headings)
        assert not unknown, unknown
        for place, heading in enumerate(headings, start=1):
            sheet.cell(number, place, row.get(heading))
    if total:
        sheet.cell(6 + len(rows), 1, "TỔNG SỐ")
        sheet.cell(6 + len(rows), len(headings), 999_999)
    file = BytesIO()
    book.save(file)
    return BytesIO(file.getvalue())


def comma_list(
    headings: Sequence[str], rows: Sequence[Row], delimiter: str = ","
) -> str:
    """The same as .csv text."""
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(headings)
    writer.writerows([[row.get(heading, "") for heading in headings] for row in rows])
    return text.getvalue()


def upload(file: BytesIO, name: str = "danh-sach.xlsx") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, file.getvalue())
