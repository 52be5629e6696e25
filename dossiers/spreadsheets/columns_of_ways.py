"""Columns of a register about the two legs: how it came in, how it goes out."""

from dossiers.spreadsheets import cells, words
from dossiers.spreadsheets import column_writers as writers
from dossiers.spreadsheets.register_column import RegisterColumn
from procedures.models import Leg

POST = ("BCCI", "bưu điện", "bưu chính", "bưu chính công ích", "dịch vụ BCCI")


def by_post(*legs: str) -> tuple[str, ...]:
    """Headings of a column that is ticked where the post was used."""
    return tuple(f"{leg} qua {post}" for leg in legs for post in POST)


WAYS: tuple[RegisterColumn, ...] = (
    RegisterColumn(
        "intake_channel",
        "Cách nộp",
        read=cells.read_choice(words.WAYS_IN, words.OTHER_WAYS_IN),
        write=writers.word("intake_channel", words.WAYS_IN),
        synonyms=(
            "Hình thức nộp",
            "Hình thức nộp hồ sơ",
            "Hình thức tiếp nhận",
            "Cách thức nộp",
            "Cách thức nộp hồ sơ",
            "Kênh nộp",
            "Kênh tiếp nhận",
            "Phương thức nộp",
            "Phương thức tiếp nhận",
            "Tiếp nhận qua",
            # What is received without saying what is the dossier, as in «Ngày nhận».
            *by_post("Nộp", "Nộp hồ sơ", "Nhận", "Nhận hồ sơ"),
            *by_post("Tiếp nhận", "Tiếp nhận hồ sơ", "Gửi hồ sơ"),
        ),
        width=20,
        hint="Tại quầy; Trực tuyến; Bưu chính công ích; Chuyển phát khác.",
        example="Bưu chính công ích",
    ),
    RegisterColumn(
        "intake_item",
        "Mã vận đơn chiều nộp",
        read=cells.read_text(1000),
        write=writers.items(Leg.INTAKE),
        synonyms=("Số hiệu bưu gửi chiều nộp",),
        is_imported=False,
        width=18,
        needs=("postal_items",),
    ),
    RegisterColumn(
        "return_channel",
        "Cách trả kết quả",
        read=cells.read_choice(words.WAYS_OUT, words.OTHER_WAYS_OUT),
        write=writers.word("return_channel", words.WAYS_OUT),
        synonyms=(
            "Hình thức trả",
            "Hình thức trả kết quả",
            "Hình thức trả KQ",
            "Hình thức nhận kết quả",
            "Hình thức nhận KQ",
            "Cách thức nhận kết quả",
            "Cách thức nhận KQ",
            "Cách thức trả kết quả",
            "Cách thức trả KQ",
            "Kênh trả",
            "Kênh trả kết quả",
            "Phương thức nhận kết quả",
            "Phương thức nhận KQ",
            "Phương thức trả kết quả",
            "Phương thức trả KQ",
            "Trả kết quả qua",
            *by_post("Trả", "Trả KQ", "Trả kết quả", "Nhận kết quả", "Nhận KQ"),
        ),
        width=20,
        may_change=True,
        hint="Tại quầy; Trực tuyến; Bưu chính công ích.",
        example="Tại quầy",
    ),
    RegisterColumn(
        "why_not_post",
        "Vì sao không dùng bưu chính",
        read=cells.read_choice(words.WHY_NOT_POST, {}),
        write=writers.word("why_not_post", words.WHY_NOT_POST),
        width=20,
        may_change=True,
    ),
    RegisterColumn(
        "return_name",
        "Người nhận kết quả",
        read=cells.read_text(200),
        write=writers.field("return_name"),
        synonyms=(
            "Họ tên người nhận kết quả",
            "Họ tên người nhận",
            "Người nhận",
            "Thông tin người nhận kết quả qua BCCI",
        ),
        width=24,
        may_change=True,
        hint="Khi trả qua bưu chính; để trống thì lấy chủ hồ sơ.",
    ),
    RegisterColumn(
        "return_phone",
        "Điện thoại người nhận",
        read=cells.read_phone,
        write=writers.field("return_phone"),
        synonyms=("Số điện thoại người nhận", "SĐT người nhận"),
        width=14,
        may_change=True,
    ),
    RegisterColumn(
        "return_address",
        "Địa chỉ nhận kết quả",
        read=cells.read_text(300),
        write=writers.field("return_address"),
        synonyms=("Địa chỉ đăng ký nhận kết quả", "Địa chỉ người nhận", "Nơi nhận"),
        width=36,
        may_change=True,
        hint="Khi trả qua bưu chính; để trống thì lấy địa chỉ chủ hồ sơ.",
    ),
    RegisterColumn(
        "return_item",
        "Mã vận đơn chiều trả",
        read=cells.read_text(1000),
        write=writers.items(Leg.RETURN),
        synonyms=("Mã vận đơn", "Mã vận đơn bưu điện", "Số hiệu bưu gửi"),
        is_imported=False,
        width=18,
        needs=("postal_items",),
    ),
    RegisterColumn(
        "posted_on",
        "Ngày bưu điện nhận kết quả",
        read=cells.read_day,
        write=writers.posted_on,
        is_imported=False,
        width=13,
        kind="date",
        needs=("postal_items",),
    ),
    RegisterColumn(
        "postage",
        "Cước bưu điện",
        read=cells.read_count(0, 999_999_999),
        write=writers.sum_of_return("postage_dong"),
        synonyms=("Cước", "Cước bưu điện thu"),
        is_imported=False,
        width=13,
        kind="money",
        needs=("postal_items",),
    ),
    RegisterColumn(
        "collect",
        "Phí thu hộ",
        read=cells.read_count(0, 999_999_999),
        write=writers.sum_of_return("collect_dong"),
        is_imported=False,
        width=13,
        kind="money",
        needs=("postal_items",),
    ),
)
