"""The report of a province on paper, pure: what the Word renderer draws.

Plain Vietnamese, as all papers of law; every number is one of the consolidation.
"""

from collections.abc import Sequence
from typing import Protocol

from postal_tthc.lib.letterheads import Letterhead
from postal_tthc.lib.vietnamese import write_number
from reports.consolidation.province import LEFT_OUT, Consolidation, Row, Source
from reports.layouts import NO_PERCENT, RATIOS, UNIT
from reports.papers import Paper, PaperColumn, PaperSection, PaperTable, Signature
from reports.ratios import Ratio

ABSTRACT = (
    "Tổng hợp kết quả tiếp nhận hồ sơ, trả kết quả giải quyết thủ tục hành chính "
    "qua dịch vụ bưu chính công ích"
)
ORDINAL, NAME = PaperColumn("TT", 9, "center"), PaperColumn("Đơn vị", 70)


def _columns(*specs: tuple[str, int, str]) -> tuple[PaperColumn, ...]:
    return tuple(PaperColumn(name, mm, "right", group) for name, mm, group in specs)


POST_COLUMNS = (
    ORDINAL,
    NAME,
    *_columns(
        ("Qua bưu chính/ còn hiệu lực", 20, "Thủ tục"),
        ("Tổng số", 14, "Hồ sơ tiếp nhận"),
        ("Qua bưu chính", 14, "Hồ sơ tiếp nhận"),
        ("Tỷ lệ", 17, "Hồ sơ tiếp nhận"),
        ("Gửi đến", 13, "Hồ sơ tiếp nhận"),
        ("Tổng số", 13, "Kết quả đã trả"),
        ("Qua bưu chính", 14, "Kết quả đã trả"),
        ("Tỷ lệ", 17, "Kết quả đã trả"),
    ),
)
WORK_COLUMNS = (
    ORDINAL,
    NAME,
    *_columns(
        ("Kỳ trước chuyển", 15, ""),
        ("Tiếp nhận", 14, ""),
        ("Trước hạn", 13, "Đã giải quyết"),
        ("Đúng hạn", 13, "Đã giải quyết"),
        ("Quá hạn", 12, "Đã giải quyết"),
        ("Rút, dừng", 12, "Đã giải quyết"),
        ("Trong hạn", 14, "Đang giải quyết"),
        ("Quá hạn", 12, "Đang giải quyết"),
        ("Trước và đúng hạn", 18, "Tỷ lệ"),
    ),
)
WORK = (
    "carried_over",
    "received",
    "early",
    "on_time",
    "overdue",
    "withdrawn",
    "open_within",
    "open_overdue",
)


class Cells(Protocol):
    """The cells of a row; what is only left out of a total has no ratios."""

    def __call__(self, row: Row, *, is_part: bool = False) -> tuple[str, ...]: ...


def paper(collected: Consolidation, head: Letterhead) -> Paper:
    """The draft of the province's report, to be numbered, dated and signed."""
    signature = Signature("TM.", "Ủy ban nhân dân", "Chủ tịch", "")
    return Paper(
        head=head,
        symbol=collected.symbol,
        number=None,
        day=None,
        abstract=f"{ABSTRACT} {collected.period.name}",
        sent_to=("…………………………",),
        opening=(
            (
                f"{collected.collector} tổng hợp số liệu của các đơn vị trực thuộc "
                f"{collected.period.name}{days_said(collected)} như sau:"
            ),
        ),
        sections=(
            PaperSection(1, "I", "Tình hình báo cáo", tuple(reporting(collected))),
            PaperSection(1, "II", "Kết quả chung", tuple(results(collected))),
            PaperSection(1, "III", "Số liệu theo đơn vị", tables=_tables(collected)),
            PaperSection(1, "IV", "Đối chiếu số liệu", tuple(checks(collected))),
        ),
        closing=(f"Trên đây là số liệu tổng hợp của {collected.collector}.",),
        recipients=("Các đơn vị báo cáo", "Lưu: VT"),
        signature=signature,
    )


def days_said(collected: Consolidation) -> str:
    """The exact days in brackets, and how far an unfinished period was counted."""
    days = collected.period.days
    if collected.period.is_over(collected.counted_on):
        return f" ({days})"
    return f" ({days}, chưa kết thúc, đếm đến {collected.as_of:%d/%m/%Y})"


def reporting(collected: Consolidation) -> list[str]:
    """Who reported how, and who did not."""
    leaves = collected.leaves
    counted = {
        source: sum(leaf.source == source for leaf in leaves) for source in Source
    }
    said = [
        (
            f"Có {len(leaves) - counted[Source.AWAITED]:02}/{len(leaves):02} đơn vị có số "
            f"liệu: {counted[Source.SYSTEM]:02} đơn vị lấy từ hệ thống, "
            f"{counted[Source.RETURN]:02} đơn vị báo cáo bằng tệp Excel."
        )
    ]
    if collected.awaited:
        said.append(
            f"Chưa báo cáo: {', '.join(row.name for row in collected.awaited)}. Các đơn "
            "vị này không có trong số tổng cộng."
        )
    return said


def results(collected: Consolidation) -> list[str]:
    """Each ratio of the province as a sentence."""
    total = collected.total
    return [f"{rule.label}: {total.ratio(name)}." for name, rule in RATIOS.items()]


def checks(collected: Consolidation) -> list[str]:
    """What was compared, and what did not agree."""
    said = []
    if collected.unbalanced:
        names = ", ".join(row.name for row in collected.unbalanced)
        said.append(
            "Không cân đối (kỳ trước chuyển + tiếp nhận khác đã giải quyết + đang giải "
            f"quyết): {names}."
        )
    else:
        said.append(
            "Từng đơn vị và tổng cộng đều cân đối: kỳ trước chuyển + tiếp nhận = đã "
            "giải quyết + đang giải quyết."
        )
    said += [
        f"{x.label}: cộng các đơn vị trong hệ thống {write_number(x.of_rows)}, đếm cả "
        f"tỉnh {write_number(x.counted)}."
        for x in collected.differences
    ] or ["Cộng các đơn vị trong hệ thống bằng số đếm cả tỉnh, ở mọi chỉ tiêu."]
    shared = collected.gross.shared.received
    if collected.has_shared:
        said.append(
            f"Đã trừ {write_number(shared)} hồ sơ liên thông tiếp nhận trong kỳ mà đơn "
            "vị báo cáo là do cơ quan khác trong tỉnh chủ trì, để mỗi hồ sơ chỉ đếm một "
            "lần."
        )
    return [*said, *collected.notes]


def _tables(collected: Consolidation) -> tuple[PaperTable, ...]:
    return (
        _table(
            collected, "Hồ sơ và kết quả qua bưu chính công ích", POST_COLUMNS, _post
        ),
        _table(collected, "Tình hình giải quyết hồ sơ", WORK_COLUMNS, _work),
    )


def _table(
    collected: Consolidation,
    title: str,
    columns: tuple[PaperColumn, ...],
    cells: Cells,
) -> PaperTable:
    rows = tuple(
        (place, _name(row, is_member=is_member), *_shown(row, columns, cells))
        for place, row, is_member in collected.listed
    )
    totals = tuple(
        ("", row.name, *cells(row, is_part=row.name == LEFT_OUT))
        for row in collected.foot
    )
    note = f"{UNIT}. Đơn vị chưa báo cáo để trống, không phải bằng 0."
    return PaperTable(title, columns, rows, totals, note)


def _name(row: Row, *, is_member: bool) -> str:
    name = f"– {row.name}" if is_member else row.name
    return f"{name} (chưa báo cáo)" if row.is_awaited else name


def _shown(row: Row, columns: Sequence[PaperColumn], cells: Cells) -> tuple[str, ...]:
    if row.is_awaited:
        return ("",) * (len(columns) - 2)
    return cells(row)


def _post(row: Row, *, is_part: bool = False) -> tuple[str, ...]:
    counts = row.counts
    return (
        "" if is_part else f"{row.postal}/{row.in_force}",
        write_number(counts.received),
        write_number(counts.by_post),
        _percent(counts.by_post_ratio, is_part),
        write_number(counts.intake_by_post),
        write_number(counts.results),
        write_number(counts.return_by_post),
        _percent(counts.return_ratio, is_part),
    )


def _work(row: Row, *, is_part: bool = False) -> tuple[str, ...]:
    numbers = (write_number(row.number(name)) for name in WORK)
    return (*numbers, _percent(row.counts.on_time_ratio, is_part))


def _percent(ratio: Ratio, is_part: bool) -> str:
    if is_part:
        return ""
    return NO_PERCENT if ratio.percent is None else f"{write_number(ratio.percent)}%"
