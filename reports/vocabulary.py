"""What the words of a report may refer to, pure: every value by its name."""

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from postal_tthc.lib.vietnamese import write_date, write_number
from reports.documents import YearlyReport
from reports.figures import Figures, ProcedureLine
from reports.layouts import NO_PERCENT, RATIOS, SUMMARY, full_label, number, ratio
from reports.post_figures import LegFigures
from reports.ratios import Ratio
from reports.references import Value

WHOLE_WORD = "whole"
TENTH = Decimal("0.1")
FIRST_PLAIN = 10  # below it a number is written with a zero, as official papers do
LEGS = {
    "intake": "Chiều gửi đến",
    "outgoing": "Chiều trả kết quả",
    "both": "Cả hai chiều",
}
INCIDENTS = {
    "silence": "quá thời gian toàn trình mà chưa có tin",
    "lost": "mất, thất lạc",
    "damaged": "hư hỏng",
    "seal": "niêm phong không khớp",
    "count": "giấy tờ không khớp danh mục",
}
REASONS = {
    "fear": "e ngại mất giấy tờ gốc",
    "cost": "cho là cước còn cao",
    "slow": "cho là thời gian gửi còn dài",
    "unaware": "chưa biết hoặc muốn tìm hiểu thêm về dịch vụ",
    "nearby": "ở hoặc làm việc gần nơi tiếp nhận",
    "other": "có lý do khác",
}


def write_count(value: int) -> str:
    """``06``, ``52``, ``1.234``."""
    return f"{value:02}" if 0 < value < FIRST_PLAIN else write_number(value)


def write_percent(of: Ratio) -> str:
    """``10,85%``; a dash without a whole."""
    return NO_PERCENT if of.percent is None else f"{write_number(of.percent)}%"


def vocabulary(report: YearlyReport) -> dict[str, dict[str, Value]]:
    """The values of every period by its word, and of the whole."""
    values = {figures.period.word: dict(_values(figures)) for figures in report.periods}
    if len(report.periods) == 1:
        values[WHOLE_WORD] = dict(_values(report.periods[0]))
    elif report.whole is not None:
        values[WHOLE_WORD] = dict(_values(report.whole))
    return values


def _values(figures: Figures) -> Iterator[tuple[str, Value]]:
    yield "name", Value("Tên kỳ", figures.period.name)
    yield "days", Value("Từ ngày đến ngày", _days(figures.period.start, figures.as_of))
    yield "as_of", Value("Ngày cuối được đếm", write_date(figures.as_of))
    for row in SUMMARY:
        if row.name:
            value = write_count(number(figures, row.name))
            yield row.name, Value(full_label(row), value)
    for rule in RATIOS.values():
        found = ratio(figures, rule.name)
        yield rule.name, Value(f"{rule.label} (tỷ lệ)", str(found))
        yield (
            f"{rule.name}.percent",
            Value(f"{rule.label} (phần trăm)", write_percent(found)),
        )
    yield from _procedures(figures)
    yield from _post(figures)
    yield from _people(figures)


def _days(start: date, end: date) -> str:
    return f"từ {write_date(start)} đến {write_date(end)}"


def by_code(figures: Figures) -> list[ProcedureLine]:
    """What may go by post or did, once each, the most used first.

    A code whose versions moved to another field has a line in each of them.
    """
    lines: dict[str, ProcedureLine] = {}
    for line in figures.postal_procedures:
        before = lines.get(line.code)
        counts = line.counts + before.counts if before else line.counts
        lines[line.code] = replace(line, counts=counts)
    return sorted(lines.values(), key=lambda x: (-x.counts.by_post, x.code))


def _procedures(figures: Figures) -> Iterator[tuple[str, Value]]:
    lines = by_code(figures)
    used = sum(1 for line in lines if line.counts.by_post)
    unused = sum(1 for line in lines if not line.counts.by_post)
    yield "used", Value("Thủ tục có hồ sơ qua bưu chính", write_count(used))
    yield (
        "unused",
        Value("Thủ tục được qua bưu chính, chưa có hồ sơ", write_count(unused)),
    )
    yield "by_post.a_month", Value("Hồ sơ qua bưu chính mỗi tháng", _a_month(figures))
    for line in lines:
        label = f"Hồ sơ qua bưu chính: {line.code} {line.name}"
        yield f"by_post.{line.code}", Value(label, write_count(line.counts.by_post))


def months(figures: Figures) -> Fraction:
    """How many months were counted; a month cut by the period counts by its days."""
    counted = replace(figures.period, end=figures.as_of).months()
    return sum(
        (
            Fraction(
                (end - start).days + 1, calendar.monthrange(end.year, end.month)[1]
            )
            for start, end in counted
        ),
        Fraction(),
    )


def _a_month(figures: Figures) -> str:
    """With one decimal, half up."""
    mean = Fraction(figures.counts.by_post) / months(figures)
    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    return write_number(exact.quantize(TENTH, rounding=ROUND_HALF_UP))


def _post(figures: Figures) -> Iterator[tuple[str, Value]]:
    post = figures.post
    legs = {"intake": post.intake, "outgoing": post.outgoing, "both": post.both}
    for name, leg in legs.items():
        for key, label, text in _leg(leg):
            yield f"{name}.{key}", Value(f"{LEGS[name]}: {label}", text)
    for kind, label in INCIDENTS.items():
        count = write_count(post.incident(kind))
        yield f"incidents.{kind}", Value(f"Sự cố: {label}", count)
    yield "complaints", Value("Khiếu nại đã gửi", write_count(post.complaints))
    yield (
        "compensation_paid",
        Value("Bồi thường đã trả (đồng)", write_number(post.compensation_paid_dong)),
    )


def _leg(leg: LegFigures) -> Iterator[tuple[str, str, str]]:
    def days(value: int | None) -> str:
        return NO_PERCENT if value is None else str(value)

    mean = leg.postage_mean
    yield "posted", "bưu gửi", write_count(leg.posted)
    yield "arrived", "đã đến nơi", write_count(leg.arrived)
    yield "came_back", "chuyển hoàn", write_count(leg.came_back)
    yield "lost", "mất", write_count(leg.lost)
    yield "attempts", "lần phát không thành công", write_count(leg.attempts)
    yield "within_norm", "đúng thời gian toàn trình (tỷ lệ)", str(leg.within_norm_ratio)
    yield "median", "trung vị thời gian (ngày làm việc)", days(leg.median)
    yield "p80", "80% bưu gửi không quá (ngày làm việc)", days(leg.p80)
    yield "p90", "90% bưu gửi không quá (ngày làm việc)", days(leg.p90)
    yield (
        "postage_mean",
        "cước bình quân (đồng)",
        NO_PERCENT if mean is None else write_number(mean),
    )
    yield "postage", "tổng cước (đồng)", write_number(leg.postage_dong)


def _people(figures: Figures) -> Iterator[tuple[str, Value]]:
    refusals = dict(figures.refusals)
    total = sum(refusals.values())
    yield (
        "refusals",
        Value("Được giới thiệu nhưng không chọn bưu chính", write_count(total)),
    )
    for reason, label in REASONS.items():
        count = write_count(refusals.get(reason, 0))
        yield f"refusals.{reason}", Value(f"Không chọn: {label}", count)
    reached = sum(line.reached or 0 for line in figures.outreach)
    events = write_count(len(figures.outreach))
    yield "outreach", Value("Số đợt tuyên truyền", events)
    yield "outreach.reached", Value("Số lượt người được phổ biến", write_count(reached))
