"""The columns of the return: one list for the blank form and for reading it.

Headings are Vietnamese data; what is said about a wrong cell is translated.
"""

from django.utils.translation import gettext as _

from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import Cell
from postal_tthc.lib.tables import Column
from postal_tthc.lib.vietnamese import tidy
from reports.consolidation.lines import NAMES

FIELD = "field"
LONGEST_FIELD = 200
MOST = 9_999_999  # no organisation has more of anything in a period
HEADINGS: dict[str, str] = {
    FIELD: "Lĩnh vực",
    "in_force": "Thủ tục còn hiệu lực ngày cuối kỳ",
    "postal": "Thủ tục được qua bưu chính",
    "received": "Tiếp nhận trong kỳ",
    "by_post": "Tiếp nhận qua bưu chính",
    "intake_by_post": "Gửi đến qua bưu chính",
    "both_legs_by_post": "Cả hai chiều qua bưu chính",
    "results": "Kết quả đã trả",
    "return_by_post": "Kết quả trả qua bưu chính",
    "carried_over": "Kỳ trước chuyển sang",
    "early": "Giải quyết trước hạn",
    "on_time": "Giải quyết đúng hạn",
    "overdue": "Giải quyết quá hạn",
    "withdrawn": "Rút, dừng giải quyết",
    "open_within": "Đang giải quyết, trong hạn",
    "open_overdue": "Đang giải quyết, quá hạn",
}


def read_field(cell: Cell) -> str:
    """The field of administration, which must be there."""
    if cell is None:
        raise Invalid(_("Write the field of administration, or empty the whole row."))
    text = tidy(str(cell))
    if not isinstance(cell, str) or len(text) > LONGEST_FIELD:
        raise Invalid(
            _("Write the name of a field of administration, at most %(n)d letters.")
            % {"n": LONGEST_FIELD}
        )
    return text


def read_count(cell: Cell) -> int | None:
    """A count; None for an empty cell, which is asked for with its whole row."""
    if cell is None:
        return None
    if isinstance(cell, str):
        raise Invalid(
            _("This is text. Write a whole number in digits, without dots or spaces.")
        )
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise Invalid(_("This is no number of dossiers. Write a whole number."))
    if cell < 0:
        raise Invalid(_("A count cannot be negative. Write 0 or more."))
    if cell != int(cell):
        raise Invalid(_("There are no parts of a dossier. Write a whole number."))
    if cell > MOST:
        raise Invalid(
            _("This is more than an organisation can have. Check the digits.")
        )
    return int(cell)


def _write(value: int | str) -> Cell:
    return value


def _columns(*names: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            name,
            HEADINGS[name],
            read_field if name == FIELD else read_count,
            _write,
            is_required=True,
        )
        for name in names
    )


OWN_COLUMNS = _columns(FIELD, "in_force", "postal", *NAMES)
SHARED_COLUMNS = _columns(FIELD, *NAMES)
