"""The one list of columns of a catalogue sheet (QĐ 45/2016/QĐ-TTg, Điều 13, 18).

Read by imports, written by exports, left blank in the form.
"""

from typing import Any

from postal_tthc.errors import Invalid
from postal_tthc.lib.sheets import show
from postal_tthc.lib.tables import Column
from procedures.spreadsheets import cells, phrases
from procedures.spreadsheets.lines import Line

ROW_NUMBER = "row_number"

COLUMNS: tuple[Column, ...] = (
    Column(
        ROW_NUMBER,
        "STT",
        read=lambda _cell: None,
        write=lambda number: number,
        synonyms=("TT", "Số TT", "Số thứ tự"),
        width=6,
        hint="Không bắt buộc.",
        example="1",
    ),
    Column(
        "code",
        "Mã TTHC",
        read=cells.read_code,
        write=cells.write_text,
        synonyms=("Mã thủ tục", "Mã số TTHC", "Mã thủ tục hành chính", "Mã số"),
        is_required=True,
        width=14,
        hint="Mã trên Cơ sở dữ liệu quốc gia về TTHC; mỗi mã một dòng.",
        example="1.001445",
    ),
    Column(
        "name",
        "Tên TTHC",
        read=cells.needed_text(500),
        write=cells.write_text,
        synonyms=(
            "Tên thủ tục",
            "Tên thủ tục hành chính",
            "Thủ tục hành chính",
            "Tên TTHC thực hiện qua BCCI",
        ),
        is_required=True,
        width=60,
        hint="Tối đa 500 ký tự.",
        example="Thủ tục thẩm định thành lập đơn vị sự nghiệp công lập",
    ),
    Column(
        "field",
        "Lĩnh vực",
        read=cells.needed_text(200),
        write=cells.write_text,
        synonyms=("Tên lĩnh vực", "Lĩnh vực TTHC"),
        is_required=True,
        width=28,
        hint="Lĩnh vực chưa có sẽ được thêm vào.",
        example="Tổ chức, biên chế",
    ),
    Column(
        "agency",
        "Cơ quan giải quyết",
        read=cells.optional_text(230),
        write=cells.write_text,
        synonyms=("Cơ quan thực hiện", "Cơ quan có thẩm quyền", "Đơn vị giải quyết"),
        width=24,
        hint="Để trống, hoặc tên hay ký hiệu của cơ quan nạp danh mục.",
        example="SNV",
    ),
    Column(
        "time",
        "Thời hạn",
        read=phrases.read_time,
        write=phrases.write_time,
        synonyms=("Thời hạn giải quyết", "Thời gian giải quyết", "Thời gian"),
        is_required=True,
        width=18,
        hint="Số không kèm đơn vị là ngày làm việc; “ngày” là ngày theo lịch.",
        example="10 ngày làm việc",
    ),
    Column(
        "intake",
        "Tiếp nhận qua BCCI",
        read=cells.read_mark,
        write=cells.write_mark,
        synonyms=(
            "Tiếp nhận",
            "Tiếp nhận hồ sơ",
            "Tiếp nhận hồ sơ qua BCCI",
            "Tiếp nhận qua dịch vụ BCCI",
            "Tiếp nhận qua bưu chính công ích",
            "Tiếp nhận qua dịch vụ bưu chính công ích",
            "Tiếp nhận hồ sơ qua dịch vụ bưu chính công ích",
        ),
        is_required=True,
        width=12,
        hint="Đánh dấu x nếu được gửi hồ sơ qua bưu chính công ích.",
        example="x",
    ),
    Column(
        "result",
        "Trả kết quả qua BCCI",
        read=cells.read_mark,
        write=cells.write_mark,
        synonyms=(
            "Trả kết quả",
            "Chuyển trả kết quả",
            "Chuyển trả kết quả qua BCCI",
            "Trả kết quả qua dịch vụ BCCI",
            "Trả kết quả qua bưu chính công ích",
            "Trả kết quả qua dịch vụ bưu chính công ích",
            "Chuyển trả kết quả qua dịch vụ bưu chính công ích",
        ),
        is_required=True,
        width=12,
        hint="Đánh dấu x nếu được nhận kết quả qua bưu chính công ích.",
        example="x",
    ),
    Column(
        "fee",
        "Phí, lệ phí",
        read=phrases.read_fee,
        write=phrases.write_fee,
        synonyms=("Phí", "Lệ phí", "Mức phí, lệ phí", "Phí và lệ phí"),
        width=18,
        hint="“Không”, số tiền, hoặc lời ghi khi mức thu tùy trường hợp.",
        example="30.000 đồng",
    ),
    Column(
        "decision",
        "Quyết định công bố",
        read=phrases.read_decision,
        write=phrases.write_decision,
        synonyms=("Quyết định", "Số quyết định công bố", "Căn cứ pháp lý"),
        width=32,
        hint="Quyết định phải được nhập trước ở trang Quyết định.",
        example="124/QĐ-UBND ngày 20/01/2020",
    ),
    Column(
        "note",
        "Ghi chú",
        read=cells.optional_text(500),
        write=cells.write_text,
        width=28,
        hint="Tối đa 500 ký tự.",
    ),
    Column(
        "reasons",
        "Lý do không thực hiện qua BCCI",
        read=phrases.read_reasons,
        write=phrases.write_reasons,
        synonyms=("Lý do", "Lý do không thực hiện qua bưu chính công ích"),
        width=36,
        hint=(
            "Cho các khâu không đánh dấu x; chỉ một khâu thì viết "
            "“Tiếp nhận: …” hoặc “Trả kết quả: …”."
        ),
        example="Người dân phải có mặt trực tiếp",
    ),
    Column(
        "effective_from",
        "Có hiệu lực từ",
        read=cells.read_day,
        write=lambda day: day,
        synonyms=("Hiệu lực từ", "Ngày có hiệu lực", "Ngày hiệu lực"),
        width=14,
        hint="Để trống thì theo ngày có hiệu lực của quyết định hoặc của cả tệp.",
        example="20/01/2020",
    ),
    Column(
        "effective_to",
        "Có hiệu lực đến",
        read=cells.read_day,
        write=lambda day: day,
        synonyms=("Hiệu lực đến", "Ngày hết hiệu lực", "Hết hiệu lực"),
        width=14,
        hint="Ngày cuối cùng còn hiệu lực; thường để trống.",
    ),
    Column(
        "papers",
        "Giấy tờ",
        read=phrases.read_papers,
        write=phrases.write_papers,
        synonyms=("Thành phần hồ sơ", "Giấy tờ phải nộp"),
        width=60,
        hint=(
            "Mỗi giấy tờ một dòng: tên|bản chính, bản sao chứng thực hoặc bản sao|"
            "số lượng. Không ghi thì hiểu là 1 bản chính."
        ),
        example="Đơn đề nghị|bản chính|1",
    ),
)
HEADINGS = {column.key: column.heading for column in COLUMNS}
WRITERS = {column.key: column.write for column in COLUMNS}


def words(key: str, value: Any) -> str:
    """A value as its cell would say it, for showing beside another."""
    cell = WRITERS[key](value)
    return cell if isinstance(cell, str) else show(cell)


def normal(line: Line) -> Line:
    """The line as it comes back when it is written into a sheet and read.

    Two lines are compared in this form, so that only what a sheet can say and
    does say otherwise counts as a change.
    """
    read = {}
    for column in COLUMNS:
        if column.key == ROW_NUMBER:
            continue
        value = getattr(line, column.key)
        try:
            read[column.key] = column.read(column.write(value))
        except Invalid:  # kept from before a rule: compared as it is
            read[column.key] = value
    return Line(row=line.row, **read)
