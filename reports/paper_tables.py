"""The tables of a report on paper, pure: figures in, rows of text out."""

from collections.abc import Iterator

from reports.documents import YearlyReport
from reports.figures import Counts, Figures
from reports.layouts import RATIOS, SUMMARY, SummaryRow, number, ratio
from reports.papers import PaperColumn, PaperTable
from reports.vocabulary import write_count, write_percent

LABEL_MM, TOTAL_MM = 75, 165
NUMBER_MM, NAME_MM, CODE_MM, COUNT_MM = 10, 63, 20, 18


def by_period(report: YearlyReport) -> PaperTable:
    """The summary: one row a number, one column a period, and the whole last."""
    columns = report.columns
    width = (TOTAL_MM - LABEL_MM) // max(len(columns), 1)
    head = tuple(
        PaperColumn(report.title_of(x), width, "right", group="Số lượng (tỷ lệ)")
        for x in columns
    )
    rows = tuple(
        (_label(row), *(_cell(x, row) for x in columns)) for row in SUMMARY if row.name
    )
    return PaperTable(
        title="Kết quả theo kỳ",
        columns=(PaperColumn("Chỉ tiêu", LABEL_MM), *head),
        rows=rows,
        note=" ".join(_notes(report)),
    )


def _notes(report: YearlyReport) -> Iterator[str]:
    yield "Đơn vị tính: hồ sơ, thủ tục."
    if report.why_no_whole:
        yield report.why_no_whole
    for figures in report.periods:
        if figures.from_totals:
            yield f"{report.title_of(figures)}: {figures.from_totals.words}"


def _label(row: SummaryRow) -> str:
    return f"{'– ' * row.level}{row.label}"


def _cell(figures: Figures, row: SummaryRow) -> str:
    count = write_count(number(figures, row.name))
    if not row.ratio or row.ratio not in RATIOS:
        return count
    return f"{count} ({write_percent(ratio(figures, row.ratio))})"


def by_procedure(figures: Figures) -> PaperTable:
    """What may go by post or did: the most used first, the unused with 0."""
    rows = tuple(
        (str(place), line.name, line.code, *_counts(line.counts))
        for place, line in enumerate(figures.postal_procedures, start=1)
    )
    return PaperTable(
        title="Hồ sơ theo thủ tục được thực hiện hoặc có phát sinh qua dịch vụ bưu chính công ích",
        columns=(
            PaperColumn("TT", NUMBER_MM, "center"),
            PaperColumn("Tên thủ tục", NAME_MM),
            PaperColumn("Mã thủ tục", CODE_MM),
            PaperColumn("Tiếp nhận", COUNT_MM, "right"),
            PaperColumn("Qua bưu chính", COUNT_MM, "right"),
            PaperColumn("Gửi đến", COUNT_MM, "right"),
            PaperColumn("Trả kết quả", COUNT_MM, "right"),
        ),
        rows=rows,
        totals=(
            (
                "",
                f"Tất cả thủ tục của {figures.organisation}",
                "",
                *_counts(figures.counts),
            ),
        ),
        note=(
            "Dòng cuối là toàn bộ hồ sơ của đơn vị, kể cả thủ tục không thực hiện qua "
            "bưu chính công ích."
        ),
    )


def _counts(counts: Counts) -> tuple[str, ...]:
    values = (
        counts.received,
        counts.by_post,
        counts.intake_by_post,
        counts.return_by_post,
    )
    return tuple(write_count(value) for value in values)
