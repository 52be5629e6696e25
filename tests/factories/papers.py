"""Papers to be drawn: the report of September 2020 put right, and harder ones."""

from dataclasses import replace
from datetime import date
from typing import Any

from postal_tthc.lib.letterheads import Letterhead
from reports.papers import Paper, PaperColumn, PaperSection, PaperTable, Signature

HEAD = Letterhead("UBND TỈNH BẮC GIANG", "SỞ NỘI VỤ", "Bắc Giang")
SIGNATURE = Signature("KT.", "Giám đốc", "Phó Giám đốc", "Nguyễn Quang Đông")
FINGERPRINT = "9f2c" * 16
SIGNED = {
    "number": 5,
    "day": date(2020, 1, 5),
    "is_draft": False,
    "version": 2,
    "fingerprint": FINGERPRINT,
}
LONG_NAME = (
    "Chuyển xếp lương đối với cán bộ chuyên trách cấp xã khi có thay đổi về trình độ "
    "chuyên môn, nghiệp vụ và trong những trường hợp khác theo quy định của pháp luật "
    "về cán bộ, công chức, viên chức hiện hành"
)
LONG_HEAD = Letterhead(
    "UBND TỈNH BÀ RỊA - VŨNG TÀU",
    "BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP VÀ KHU KINH TẾ VEN BIỂN TỈNH BÀ RỊA - VŨNG TÀU",
    "Bà Rịa - Vũng Tàu",
)
BODY = (
    "Tuyên truyền trên Cổng thông tin điện tử của Sở Nội vụ về tiếp nhận hồ sơ, trả "
    "kết quả giải quyết thủ tục hành chính qua dịch vụ bưu chính công ích; Bộ phận Một "
    "cửa chủ động hướng dẫn tổ chức, cá nhân sử dụng dịch vụ."
)
RATIOS = (
    "Trong 21 tháng, Sở Nội vụ tiếp nhận 52 hồ sơ qua dịch vụ bưu chính công ích, "
    "trong đó năm 2019: 23/212 (10,85%), 9 tháng đầu năm 2020: 29/120 (24,17%)."
)

COLUMNS = (
    PaperColumn("TT", 10, "center"),
    PaperColumn("Tên thủ tục hành chính", 75),
    PaperColumn("Tổng số", 20, "right", group="Hồ sơ tiếp nhận"),
    PaperColumn("Qua bưu chính", 22, "right", group="Hồ sơ tiếp nhận"),
    PaperColumn("Tỷ lệ", 20, "right", group="Hồ sơ tiếp nhận"),
    PaperColumn("Ghi chú", 18),
)
WIDE_COLUMNS = (
    PaperColumn("TT", 10, "center"),
    PaperColumn("Đơn vị", 60),
    *(
        PaperColumn(f"Chỉ tiêu {n}", 18, "right", group="Số hồ sơ")
        for n in range(1, 13)
    ),
)


def make_table(rows: int = 3, **values: Any) -> PaperTable:
    """A table of so many procedures with a row of totals."""
    lines = tuple(
        (str(n), LONG_NAME if n % 3 == 1 else "Xếp lương", "32", "1", "3,13%", "")
        for n in range(1, rows + 1)
    )
    total = ("", "Cộng", str(32 * rows), str(rows), "3,13%" if rows else "–", "")
    table = PaperTable(
        "Hồ sơ qua bưu chính công ích theo thủ tục",
        COLUMNS,
        lines,
        (total,),
        "Hồ sơ tính từ ngày ký Biên bản giao nhận hồ sơ.",
    )
    return replace(table, **values)


def make_wide_table(rows: int = 3, **values: Any) -> PaperTable:
    """A table of agencies, too wide to stand upright."""
    numbers = tuple(str(n * 100) for n in range(1, 13))
    lines = tuple((str(n), "Sở Nội vụ", *numbers) for n in range(1, rows + 1))
    table = PaperTable("Số liệu theo đơn vị", WIDE_COLUMNS, lines)
    return replace(table, **values)


def make_section(number: str = "I.", **values: Any) -> PaperSection:
    """A section of level 1 with two paragraphs."""
    section = PaperSection(1, number, "Tình hình, kết quả thực hiện", (BODY, RATIOS))
    return replace(section, **values)


SECTIONS = (
    PaperSection(1, "I.", "Tình hình, kết quả thực hiện"),
    PaperSection(
        2, "1.", "Công tác chỉ đạo và tổ chức tuyên truyền, quán triệt", (BODY, BODY)
    ),
    PaperSection(
        2,
        "2.",
        "Kết quả tiếp nhận hồ sơ và trả kết quả qua dịch vụ bưu chính công ích",
        (RATIOS,),
        (make_table(),),
    ),
    PaperSection(2, "3.", "Đánh giá chung", (BODY,)),
    PaperSection(1, "II.", "Khó khăn, vướng mắc và nguyên nhân", (BODY,)),
    PaperSection(1, "III.", "Kiến nghị, đề xuất", (BODY,)),
)


def make_paper(**values: Any) -> Paper:
    """A draft with sections, a table, one addressee and a deputy who signs."""
    paper = Paper(
        head=HEAD,
        symbol="SNV",
        number=None,
        day=None,
        abstract=(
            "Kết quả thực hiện Thỏa thuận hợp tác giữa UBND tỉnh Bắc Giang và Tổng "
            "công ty Bưu điện Việt Nam (từ 01/01/2019 đến 30/9/2020)"
        ),
        sent_to=("Sở Thông tin và Truyền thông",),
        opening=(
            (
                "Thực hiện Công văn số 4208/UBND-KGVT ngày 22/9/2020 của Chủ tịch UBND "
                "tỉnh, Sở Nội vụ báo cáo kết quả thực hiện như sau:"
            ),
        ),
        sections=SECTIONS,
        closing=("Sở Nội vụ gửi Sở Thông tin và Truyền thông tổng hợp theo quy định.",),
        recipients=("Như trên", "Lãnh đạo Sở", "Lưu: VT, VP"),
        signature=SIGNATURE,
    )
    return replace(paper, **values)


def make_signed_paper(**values: Any) -> Paper:
    """The same with its number, its day and its fingerprint."""
    return make_paper(**(SIGNED | values))
