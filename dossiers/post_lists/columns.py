"""The columns of the post's lists, and the many headings they go by.

Two lists are known in practice: the registration list of a provincial post ("Cước
bưu điện thu", "Ngày bưu điện nhận kết quả") and the list of a provincial system
("Mã vận đơn bưu điện", "Phí thu hộ"); others put the post's tracking beside them.
"""

import re
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _

from dossiers.item_numbers import tidy as tidy_number
from dossiers.models.postal_item import MOST_DONG
from dossiers.spreadsheets.cells import half_width, read_day, read_hour, words_of
from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import Cell
from postal_tthc.lib.tables import Column
from procedures.spreadsheets.cells import within

LONGEST_NUMBER, LONGEST_CODE, LONGEST_TEXT = 30, 60, 200


def _text(cell: Cell) -> str:
    return within(words_of(cell), LONGEST_TEXT)


def _number(cell: Cell) -> str:
    return within(tidy_number(half_width(words_of(cell)).lstrip("'")), LONGEST_NUMBER)


def _code(cell: Cell) -> str:
    return within(re.sub(r"\s", "", half_width(words_of(cell))).upper(), LONGEST_CODE)


def read_dong(cell: Cell) -> int | None:
    """Đồng: 26000, "26.000", "26,000 đ", "26 000 VNĐ"; None for an empty cell or a dash."""
    if isinstance(cell, bool):
        raise Invalid(_("Write an amount in đồng, such as 26.000."))
    if isinstance(cell, float):
        # A cell of money with cents that Excel counted up: đồng have none.
        cell = round(cell) if abs(cell - round(cell)) < 1e-6 else str(cell)
    text = half_width(words_of(cell)).casefold()
    text = re.sub(r"(?:vnđ|vnd|đồng|đ|₫)\.?$", "", text.strip()).strip()
    if text in ("", "-", "–", "—"):
        return None
    if re.fullmatch(r"\d{1,3}(?:[.,\s]\d{3})+|\d{1,9}", text, re.ASCII):
        dong = int(re.sub(r"\D", "", text))
        if dong <= MOST_DONG:
            return dong
    raise Invalid(_("Write an amount in đồng, such as 26.000."))


def _hour(cell: Cell) -> time | None:
    # The day's own cell often holds the hour; this one then repeats or lacks it.
    return read_hour(cell) if cell is not None else None


def _day_and_hour(cell: Cell) -> tuple[Any, time | None]:
    """The day, and the hour where the cell tells one too."""
    day = read_day(cell)
    hour = None
    if isinstance(cell, datetime) and cell.time() != time(0):
        hour = cell.time()
    elif isinstance(cell, str):
        parts = re.search(r"\b(\d{1,2})[:h](\d{2})", half_width(cell), re.ASCII)
        if parts and int(parts[1]) < 24 and int(parts[2]) < 60:
            hour = time(int(parts[1]), int(parts[2]))
    return day, hour


def _column(key: str, heading: str, read: Any, *synonyms: str) -> Column:
    return Column(key, heading, read=read, write=lambda cell: cell, synonyms=synonyms)


COLUMNS: tuple[Column, ...] = (
    _column(
        "item_number",
        "Mã vận đơn bưu điện",
        _number,
        "Mã vận đơn",
        "Số vận đơn",
        "Số hiệu bưu gửi",
        "Mã bưu gửi",
        "Số bưu gửi",
        "Số hiệu BG",
        "Mã E1",
        "Mã phiếu gửi",
        "Số phiếu gửi",
        "Mã số bưu gửi",
        "Mã bưu phẩm",
        "Số hiệu bưu phẩm",
        "Item number",
    ),
    _column(
        "code",
        "Mã hồ sơ",
        _code,
        "Mã số hồ sơ",
        "Số hồ sơ",
        "Số hiệu giấy tờ",
        "Mã đơn hàng",
        "Số tham chiếu",
        "Mã tham chiếu",
        "Mã HS",
        "Mã hồ sơ TTHC",
    ),
    _column(
        "posted_on",
        "Ngày bưu điện nhận kết quả",
        read_day,
        "Ngày bưu điện nhận",
        "Ngày nhận gửi",
        "Ngày chấp nhận",
        "Ngày chấp nhận gửi",
        "Ngày nhận bưu gửi",
        "Ngày gửi",
        "Ngày phát hành",
    ),
    _column(
        "status",
        "Trạng thái bưu gửi",
        _text,
        "Trạng thái",
        "Trạng thái phát",
        "Tình trạng",
        "Kết quả phát",
        "Trạng thái vận đơn",
        "Trạng thái hiện tại",
        "Tình trạng bưu gửi",
        "Tình trạng phát",
    ),
    _column(
        "status_at",
        "Ngày trạng thái",
        _day_and_hour,
        "Thời gian",
        "Thời gian trạng thái",
        "Thời gian cập nhật",
        "Ngày cập nhật",
        "Ngày phát",
        "Ngày giờ phát",
        "Thời gian phát",
    ),
    _column("hour", "Giờ", _hour, "Giờ phát", "Giờ cập nhật"),
    _column(
        "reason",
        "Lý do",
        _text,
        "Lý do không phát được",
        "Lý do chưa phát được",
        "Nguyên nhân",
    ),
    _column("place", "Bưu cục", _text, "Vị trí", "Nơi", "Bưu cục hiện tại", "Địa điểm"),
    _column(
        "delivered_to",
        "Người ký nhận",
        _text,
        "Người nhận thực tế",
        "Người nhận ký",
        "Họ tên người ký nhận",
    ),
    _column(
        "postage",
        "Cước bưu điện thu",
        read_dong,
        "Cước",
        "Cước phí",
        "Cước bưu chính",
        "Cước dịch vụ",
        "Tiền cước",
        "Tổng cước",
        "Tổng tiền cước",
        "Số tiền cước",
        "Cước bưu điện",
        "Cước chuyển phát",
        "Cước vận chuyển",
        "Phí chuyển phát",
    ),
    _column(
        "collected",
        "Phí thu hộ",
        read_dong,
        "Tiền thu hộ",
        "Số tiền thu hộ",
        "Thu hộ",
        "COD",
        "Lệ phí thu hộ",
        "Phí, lệ phí thu hộ",
        "Tiền phải thu hộ",
        "Số tiền phải thu hộ",
        "Tiền COD",
        "Số tiền COD",
    ),
    _column(
        "remitted",
        "Số tiền đã nộp",
        read_dong,
        "Số tiền nộp",
        "Số tiền chuyển trả",
        "Đã nộp",
        "Tiền đã trả",
        "Tiền đã nộp",
        "Tiền nộp",
        "Tiền thu hộ đã nộp",
        "Số tiền thu hộ đã nộp",
        "Phí thu hộ đã nộp",
        "Số phí thu hộ đã nộp",
        "Lệ phí thu hộ đã nộp",
        "Số tiền đã trả",
        "Số tiền đã chuyển",
        "Số tiền đã chuyển trả",
        "Tiền thu hộ đã trả",
        "Tiền thu hộ chuyển trả",
        "Số tiền thu hộ chuyển trả",
        "Số tiền thu hộ đã chuyển trả",
        "Số tiền COD đã trả",
    ),
    _column(
        "remitted_on",
        "Ngày nộp tiền",
        read_day,
        "Ngày nộp phí thu hộ",
        "Ngày chuyển tiền",
        "Ngày chuyển trả tiền thu hộ",
        "Ngày trả tiền",
        "Ngày nộp tiền thu hộ",
        "Ngày nộp lệ phí thu hộ",
        "Ngày nộp phí",
        "Ngày nộp COD",
        "Ngày chuyển trả",
        "Ngày chuyển trả tiền",
        "Ngày chuyển trả thu hộ",
        "Ngày chuyển tiền thu hộ",
        "Ngày trả tiền thu hộ",
        "Ngày trả COD",
        "Ngày thanh toán tiền thu hộ",
    ),
)
