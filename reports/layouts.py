"""What a report shows: tables, columns, headings and rules in words, pure data.

Sheets and pages draw from the same lists. Reports are in Vietnamese, in the
words of the law, so nothing here is translated.
"""

from dataclasses import dataclass
from typing import Literal

from reports.figures import Counts, Figures
from reports.ratios import Ratio

UNIT = "Đơn vị tính: hồ sơ"
NO_PERCENT = "–"  # where the denominator is 0


@dataclass(frozen=True)
class RatioRule:
    """How a ratio is made: sums of counts, and the definition in words."""

    name: str  # property of Counts, or "procedures" of Figures
    label: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    numerator_text: str
    denominator_text: str


RATIOS: dict[str, RatioRule] = {
    rule.name: rule
    for rule in (
        RatioRule(
            "procedures",
            "Thủ tục hành chính thực hiện qua bưu chính công ích",
            ("postal",),
            ("in_force",),
            "Số thủ tục được gửi hồ sơ hoặc trả kết quả qua bưu chính công ích vào "
            "ngày cuối được đếm",
            "Số thủ tục còn hiệu lực vào ngày đó",
        ),
        RatioRule(
            "by_post_ratio",
            "Hồ sơ qua bưu chính công ích",
            ("by_post",),
            ("received",),
            "Hồ sơ tiếp nhận trong kỳ có ít nhất một chiều qua bưu chính công ích",
            "Hồ sơ tiếp nhận trong kỳ",
        ),
        RatioRule(
            "intake_ratio",
            "Hồ sơ gửi đến qua bưu chính công ích",
            ("intake_by_post",),
            ("received",),
            "Hồ sơ tiếp nhận trong kỳ được gửi đến qua bưu chính công ích",
            "Hồ sơ tiếp nhận trong kỳ",
        ),
        RatioRule(
            "return_ratio",
            "Kết quả trả qua bưu chính công ích",
            ("return_by_post",),
            ("results",),
            "Kết quả đã trả trong kỳ được chuyển qua bưu chính công ích",
            "Kết quả đã trả trong kỳ",
        ),
        RatioRule(
            "on_time_ratio",
            "Giải quyết trước hạn và đúng hạn",
            ("early", "on_time"),
            ("early", "on_time", "overdue"),
            "Hồ sơ giải quyết xong trong kỳ, trước ngày hẹn trả hoặc đúng ngày hẹn trả",
            "Hồ sơ giải quyết xong trong kỳ, không kể hồ sơ rút, dừng",
        ),
    )
}


def number(figures: Figures, name: str) -> int:
    """A count of the figures by its name in the tables below."""
    if name == "in_force":
        return figures.procedures.denominator
    if name == "postal":
        return figures.procedures.numerator
    if name == "in_time":
        return figures.counts.on_time_ratio.numerator
    return int(getattr(figures.counts, name))


def ratio(figures: Figures, name: str) -> Ratio:
    """A ratio of the figures by its name in ``RATIOS``."""
    holder = figures if name == "procedures" else figures.counts
    found: Ratio = getattr(holder, name)
    return found


@dataclass(frozen=True)
class SummaryRow:
    """A row of the summary. ``parts``: the rows it is the sum of."""

    label: str
    name: str = ""  # empty for the head of a section
    ratio: str = ""
    parts: tuple[str, ...] = ()
    level: int = 0
    is_headline: bool = False


SUMMARY: tuple[SummaryRow, ...] = (
    SummaryRow("Thủ tục hành chính"),
    SummaryRow("Thủ tục còn hiệu lực vào ngày cuối kỳ", "in_force"),
    SummaryRow("Thực hiện qua bưu chính công ích", "postal", "procedures", level=1),
    SummaryRow("Tiếp nhận hồ sơ"),
    SummaryRow("Hồ sơ tiếp nhận trong kỳ", "received"),
    SummaryRow(
        "Qua bưu chính công ích (ít nhất một chiều)",
        "by_post",
        "by_post_ratio",
        level=1,
        is_headline=True,
    ),
    SummaryRow(
        "Gửi đến qua bưu chính công ích", "intake_by_post", "intake_ratio", level=2
    ),
    SummaryRow("Cả hai chiều qua bưu chính công ích", "both_legs_by_post", level=2),
    SummaryRow("Trả kết quả"),
    SummaryRow("Kết quả đã trả trong kỳ", "results"),
    SummaryRow("Trả qua bưu chính công ích", "return_by_post", "return_ratio", level=1),
    SummaryRow("Giải quyết hồ sơ"),
    SummaryRow("Từ kỳ trước chuyển sang", "carried_over"),
    SummaryRow(
        "Đã giải quyết trong kỳ",
        "finished",
        parts=("early", "on_time", "overdue", "withdrawn"),
    ),
    SummaryRow("Trước hạn", "early", level=1),
    SummaryRow("Đúng hạn", "on_time", level=1),
    SummaryRow("Quá hạn", "overdue", level=1),
    SummaryRow("Rút hoặc dừng giải quyết", "withdrawn", level=1),
    SummaryRow(
        "Trước hạn và đúng hạn, không kể hồ sơ rút, dừng",
        "in_time",
        "on_time_ratio",
        parts=("early", "on_time"),
        level=1,
    ),
    SummaryRow(
        "Đang giải quyết vào ngày cuối kỳ",
        "outstanding",
        parts=("open_within", "open_overdue"),
    ),
    SummaryRow("Trong hạn", "open_within", level=1),
    SummaryRow("Quá hạn", "open_overdue", level=1),
)


def full_label(row: SummaryRow) -> str:
    """The label with what it is a part of, for a row that stands alone."""
    for whole in SUMMARY:
        if row.name in whole.parts:
            return f"{whole.label}: {row.label.lower()}"
    return row.label


BALANCE = "Cân đối: kỳ trước chuyển + tiếp nhận = đã giải quyết + đang giải quyết"
CROSS_CHECK = "Đối chiếu cột «Cả kỳ» với các kỳ"

# How the whole follows from its periods; everything else is their sum.
FROM_FIRST = ("carried_over",)
FROM_LAST = ("open_within", "open_overdue")
ON_A_DAY = ("in_force", "postal")


Kind = Literal["text", "mark", "count", "ratio", "date"]


@dataclass(frozen=True)
class Column:
    """A column: its name in the line drawn, and its width in mm on paper."""

    name: str
    heading: str
    width: int
    kind: Kind = "count"
    group: str = ""


RECEIVED, RETURNED = "Hồ sơ tiếp nhận", "Kết quả đã trả"
FINISHED, OPEN = "Giải quyết hồ sơ", "Đang giải quyết"
COUNT_COLUMNS: tuple[Column, ...] = (
    Column("received", "Tổng số", 13, group=RECEIVED),
    Column("by_post", "Qua bưu chính", 14, group=RECEIVED),
    Column("by_post_ratio", "Tỷ lệ", 18, "ratio", RECEIVED),
    Column("intake_by_post", "Gửi đến qua bưu chính", 16, group=RECEIVED),
    Column("both_legs_by_post", "Cả hai chiều", 13, group=RECEIVED),
    Column("results", "Tổng số", 13, group=RETURNED),
    Column("return_by_post", "Qua bưu chính", 14, group=RETURNED),
    Column("return_ratio", "Tỷ lệ", 18, "ratio", RETURNED),
    Column("carried_over", "Kỳ trước chuyển", 16, group=FINISHED),
    Column("early", "Trước hạn", 13, group=FINISHED),
    Column("on_time", "Đúng hạn", 13, group=FINISHED),
    Column("overdue", "Quá hạn", 13, group=FINISHED),
    Column("withdrawn", "Rút, dừng", 12, group=FINISHED),
    Column("open_within", "Trong hạn", 17, group=OPEN),
    Column("open_overdue", "Quá hạn", 16, group=OPEN),
)
PROCEDURE_COLUMNS: tuple[Column, ...] = (
    Column("code", "Mã thủ tục", 26, "text"),
    Column("name", "Tên thủ tục hành chính", 84, "text"),
    Column("is_postal", "Được qua bưu chính", 16, "mark"),
    *COUNT_COLUMNS,
)
FIELD_COLUMNS: tuple[Column, ...] = (
    Column("name", "Lĩnh vực", 60, "text"),
    *COUNT_COLUMNS,
)
THIS_YEAR, YEAR_BEFORE = "Trong kỳ", "Cùng kỳ năm trước"
MONTH_COLUMNS: tuple[Column, ...] = (
    Column("start", "Từ ngày", 23, "date"),
    Column("end", "Đến ngày", 23, "date"),
    Column("received", "Tiếp nhận", 18, group=THIS_YEAR),
    Column("by_post", "Qua bưu chính", 17, group=THIS_YEAR),
    Column("by_post_ratio", "Tỷ lệ", 18, "ratio", THIS_YEAR),
    Column("intake_by_post", "Gửi đến qua bưu chính", 18, group=THIS_YEAR),
    Column("received_year_before", "Tiếp nhận", 18, group=YEAR_BEFORE),
    Column("by_post_year_before", "Qua bưu chính", 17, group=YEAR_BEFORE),
    Column("ratio_year_before", "Tỷ lệ", 18, "ratio", YEAR_BEFORE),
)
DOSSIER_COLUMNS: tuple[Column, ...] = (
    Column("code", "Mã hồ sơ", 47, "text"),
    Column("procedure", "Thủ tục hành chính", 64, "text"),
    Column("applicant", "Người nộp", 38, "text"),
    Column("received_on", "Ngày tiếp nhận", 22, "date"),
    Column("intake", "Cách nộp", 21, "text"),
    Column("returned_by", "Cách trả", 21, "text"),
    Column("due_on", "Hẹn trả", 22, "date"),
    Column("finished_on", "Ngày xong", 22, "date"),
    Column("returned_on", "Ngày trả", 22, "date"),
    Column("items", "Số hiệu bưu gửi", 42, "text"),
    Column("status", "Trạng thái", 24, "text"),
)
# What a ratio column of a table divides.
RATIO_OF: dict[str, tuple[str, str]] = {
    "by_post_ratio": ("by_post", "received"),
    "return_ratio": ("return_by_post", "results"),
    "ratio_year_before": ("by_post_year_before", "received_year_before"),
}

# Biểu số 06/VPCP/KSTT (TT 01/2020/TT-VPCP): the law numbers the columns.
FORM_06_NAME = "Biểu số 06/VPCP/KSTT"
FORM_06_SOURCE = "Ban hành theo Thông tư số 01/2020/TT-VPCP"
FORM_06_TITLE = (
    "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP "
    "GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"
)
FORM_06_UNIT = "Đơn vị tính: số hồ sơ TTHC"


@dataclass(frozen=True)
class FormColumn:
    """A column of counts: the sum of ``counts``, or of other columns, ``parts``."""

    number: int
    heading: str
    group: str
    counts: tuple[str, ...] = ()
    parts: tuple[int, ...] = ()


TO_DO = "Số hồ sơ nhận giải quyết"
DONE, STILL_OPEN = "Số hồ sơ đã giải quyết", "Số hồ sơ đang giải quyết"
FORM_06: tuple[FormColumn, ...] = (
    FormColumn(3, "Tổng số", TO_DO, parts=(4, 5, 6)),
    FormColumn(4, "Trực tuyến", TO_DO, ("online",)),
    FormColumn(5, "Trực tiếp, dịch vụ bưu chính", TO_DO, ("counter_or_post",)),
    FormColumn(6, "Từ kỳ trước", TO_DO, ("carried_over",)),
    FormColumn(7, "Tổng số", DONE, parts=(8, 9, 10)),
    FormColumn(8, "Trước hạn", DONE, ("early",)),
    FormColumn(9, "Đúng hạn", DONE, ("on_time", "withdrawn")),
    FormColumn(10, "Quá hạn", DONE, ("overdue",)),
    FormColumn(11, "Tổng số", STILL_OPEN, parts=(12, 13)),
    FormColumn(12, "Trong hạn", STILL_OPEN, ("open_within",)),
    FormColumn(13, "Quá hạn", STILL_OPEN, ("open_overdue",)),
)
FORM_06_CHECKS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (3, (4, 5, 6)),
    (7, (8, 9, 10)),
    (11, (12, 13)),
    (3, (7, 11)),
)
FORM_06_NOTES: tuple[str, ...] = (
    (
        "Cột (5) gồm hồ sơ nộp trực tiếp, qua dịch vụ bưu chính công ích và qua đơn vị "
        "chuyển phát khác; số riêng về bưu chính công ích xem trang «Theo lĩnh vực» và "
        "trang «Bưu chính»."
    ),
    (
        "Cột (8), (9), (10) so ngày cơ quan giải quyết xong với ngày hẹn trả. Biểu mẫu "
        "không có cột cho hồ sơ rút hoặc dừng giải quyết; các hồ sơ này tính vào cột (9) "
        "theo cách làm của các hệ thống một cửa."
    ),
)


def form_06(counts: Counts, number: int) -> int:
    """What a group of dossiers gives in a column of ``FORM_06``."""
    column = next(each for each in FORM_06 if each.number == number)
    own = sum(int(getattr(counts, name)) for name in column.counts)
    return own + sum(form_06(counts, part) for part in column.parts)


# What stands in a cell of the annex of the post, and where: ``leg`` values stand
# under both legs and add up; the others are named for how they are made.
PostKind = Literal[
    "head", "leg", "days", "norm", "percent", "words", "mean", "whole", "incident"
]


@dataclass(frozen=True)
class PostRow:
    """A row of the annex of the post; ``name`` is of ``LegFigures``, ``PostFigures``."""

    label: str
    unit: str = ""
    name: str = ""
    kind: PostKind = "leg"
    level: int = 0


ITEMS, DAYS, DONG, CASES = "bưu gửi", "ngày", "đồng", "vụ"
INCIDENT_KINDS: dict[str, str] = {  # of ``dossiers.models.Incident.Kind``
    "silence": "Quá thời gian toàn trình, không có tin",
    "lost": "Mất, thất lạc",
    "damaged": "Hư hỏng",
    "seal": "Niêm phong không khớp",
    "count": "Giấy tờ không khớp danh mục",
}
INCIDENT_TOTAL = "incidents"
POST_COLUMNS = {"intake": "Gửi đến", "outgoing": "Trả kết quả", "both": "Cộng"}
POST_PARTS = ("arrived", "came_back", "lost", "under_way")
POST_BALANCE = "Đối chiếu: đã phát + chuyển hoàn + mất + đang chuyển = chấp nhận"
POST_ROWS: tuple[PostRow, ...] = (
    PostRow("Sản lượng", kind="head"),
    PostRow("Bưu gửi được chấp nhận trong kỳ", ITEMS, "posted"),
    PostRow("Đã phát", ITEMS, "arrived", level=1),
    PostRow("Chuyển hoàn", ITEMS, "came_back", level=1),
    PostRow("Mất, thất lạc", ITEMS, "lost", level=1),
    PostRow("Đang chuyển", ITEMS, "under_way", level=1),
    PostRow("Lần phát không thành công", "lần", "attempts"),
    PostRow("Thời gian toàn trình (ngày làm việc)", kind="head"),
    PostRow("Bưu gửi xét theo chỉ tiêu J+n", ITEMS, "judged"),
    PostRow("Trong chỉ tiêu J+n", ITEMS, "within_norm", level=1),
    PostRow("Tỷ lệ", "%", "within_norm_ratio", "percent", level=1),
    PostRow("Viết trong báo cáo", "", "within_norm_ratio", "words", level=1),
    PostRow("Trung vị", DAYS, "median", "days"),
    PostRow("80% bưu gửi không quá", DAYS, "p80", "days"),
    PostRow("90% bưu gửi không quá", DAYS, "p90", "days"),
    PostRow("Chỉ tiêu J+n bình quân", DAYS, "norm_mean", "norm"),
    PostRow("Cước dịch vụ bưu chính công ích", kind="head"),
    PostRow("Bưu gửi có ghi cước", ITEMS, "postage_known"),
    PostRow("Tổng số cước", DONG, "postage_dong"),
    PostRow("Cước bình quân một bưu gửi", DONG, "postage_mean", "mean"),
    PostRow("Sự cố, khiếu nại, bồi thường", kind="head"),
    PostRow("Sự cố phát hiện trong kỳ", CASES, INCIDENT_TOTAL, "whole"),
    *(
        PostRow(label, CASES, kind, "incident", level=1)
        for kind, label in INCIDENT_KINDS.items()
    ),
    PostRow("Khiếu nại đã gửi trong kỳ", CASES, "complaints", "whole"),
    PostRow(
        "Trả lời chậm hoặc quá hạn chưa trả lời", CASES, "answered_late", "whole", 1
    ),
    PostRow("Bồi thường phải trả", DONG, "compensation_due_dong", "whole"),
    PostRow("Bồi thường đã trả", DONG, "compensation_paid_dong", "whole"),
)
POST_NOTES: tuple[str, ...] = (
    (
        "Bưu gửi của kỳ là bưu gửi được bưu chính chấp nhận trong kỳ; kết quả của bưu gửi "
        "ghi theo những gì đã biết khi lập số liệu."
    ),
    (
        "Thời gian toàn trình tính bằng ngày làm việc từ sau ngày chấp nhận J; chiều trả kết "
        "quả tính đến lần phát đầu tiên (Điều 7 Thông tư số 17/2017/TT-BTTTT). Bưu gửi xét "
        "theo J+n là bưu gửi có chỉ tiêu và đã phát, hoặc đã quá chỉ tiêu."
    ),
    (
        "Trung vị, 80%, 90%: số ngày nhỏ nhất mà ít nhất một nửa, 80%, 90% số bưu gửi đã phát "
        "không vượt quá; cột «Cộng» tính lại trên cả hai chiều, không cộng từ hai cột."
    ),
    (
        "Sự cố đếm theo ngày phát hiện, khiếu nại theo ngày gửi, bồi thường đã trả theo ngày "
        "trả. Khiếu nại trả lời chậm là quá thời hạn của Điều 8 Thông tư số 17/2017/TT-BTTTT."
    ),
)

# What is counted, and how: printed on the sheet of rules.
COUNTING_RULES: dict[str, str] = {
    "Phạm vi": "Hồ sơ của đơn vị ghi ở đầu báo cáo và của các đơn vị trực thuộc.",
    "Hồ sơ tiếp nhận trong kỳ": (
        "Hồ sơ có ngày bắt đầu tính thời hạn nằm trong kỳ, không kể hồ sơ bị từ chối, "
        "dù khi tiếp nhận hay sau khi thụ lý. Hồ sơ gửi đến qua bưu chính công ích tính từ ngày ký Biên bản "
        "giao nhận hồ sơ (khoản 4 Điều 7 Quyết định số 45/2016/QĐ-TTg)."
    ),
    "Hồ sơ qua bưu chính công ích": (
        "Hồ sơ tiếp nhận trong kỳ có ít nhất một chiều (gửi đến hoặc trả kết quả) qua "
        "bưu chính công ích; hồ sơ có cả hai chiều chỉ đếm một lần. Hồ sơ gửi qua đơn "
        "vị chuyển phát khác không tính."
    ),
    "Gửi đến và trả kết quả": (
        "Đếm riêng: gửi đến đếm trên hồ sơ tiếp nhận trong kỳ, trả kết quả đếm trên "
        "kết quả đã trả trong kỳ (theo ngày trả cho người nộp)."
    ),
    "Trước hạn, đúng hạn, quá hạn": (
        "So ngày cơ quan giải quyết xong với ngày hẹn trả, không phải ngày người nộp "
        "nhận được kết quả. Xong trước ngày hẹn là trước hạn, đúng ngày hẹn là đúng "
        "hạn, sau ngày hẹn là quá hạn. Hồ sơ rút hoặc dừng giải quyết đếm riêng."
    ),
    "Từ kỳ trước chuyển sang; đang giải quyết": (
        "Chuyển sang là hồ sơ tiếp nhận trước kỳ, chưa giải quyết xong khi kỳ bắt "
        "đầu. Đang giải quyết là hồ sơ chưa giải quyết xong vào ngày cuối được đếm; "
        "đã qua ngày hẹn trả là quá hạn."
    ),
    "Cân đối": (
        "Kỳ trước chuyển sang + tiếp nhận trong kỳ = đã giải quyết + đang giải quyết. "
        "Dòng «Cân đối» phải là «Đúng»."
    ),
    "Số thủ tục hành chính": (
        "Đếm vào ngày cuối được đếm của kỳ. Bảng theo thủ tục có cả thủ tục còn hiệu "
        "lực trong kỳ mà không phát sinh hồ sơ; dấu «x» là thủ tục được thực hiện qua "
        "bưu chính công ích vào ngày đó."
    ),
    "Tỷ lệ phần trăm": (
        "Do công thức tính từ hai số đếm, làm tròn đến hai chữ số thập phân, từ 5 trở "
        "lên làm tròn lên; ghi «–» khi mẫu số bằng 0."
    ),
    "Cột «Cả kỳ»": (
        "Các kỳ liền nhau, không trùng ngày, được đếm lại một lần từ ngày đầu của kỳ "
        "thứ nhất đến ngày cuối của kỳ cuối cùng, không cộng từ các cột. Số chuyển "
        "sang là của kỳ thứ nhất; số đang giải quyết và số thủ tục là của kỳ cuối "
        "cùng; các số khác phải bằng tổng các kỳ, xem bảng đối chiếu."
    ),
    "Cùng kỳ năm trước": "Cùng những ngày của tháng đó, một năm trước.",
}
