"""The annex of the post: items, transit times, postage, harm (TT 17/2017, Điều 13)."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from postal_tthc.lib.text_width import width_mm
from postal_tthc.lib.vietnamese import write_date
from postal_tthc.lib.workbooks import Book, Sheet, address
from reports.documents import YearlyReport, counted_days
from reports.layouts import (
    INCIDENT_KINDS,
    INCIDENT_TOTAL,
    NO_PERCENT,
    POST_BALANCE,
    POST_COLUMNS,
    POST_NOTES,
    POST_PARTS,
    POST_ROWS,
    PostRow,
)
from reports.post_figures import Histogram, LegFigures, PostFigures
from reports.ratios import HUNDREDTH
from reports.renderers.excel.parts import (
    BANDED,
    BOXED,
    CENTRED,
    COUNT,
    HEAD,
    NOTE,
    PADDED,
    PERCENT,
    percent_formula,
    percent_value,
    ratio_formula,
    room_for,
    total_look,
    write_title,
)
from reports.renderers.excel.summary import RIGHT, ROMAN, WRONG, mark

HEAD_ROW = 4
NUMBER_MM, LABEL_MM, UNIT_MM, COUNT_MM = 11, 62, 20, 24
FIRST = 4  # column of the first leg
BOTH = FIRST + len(POST_COLUMNS) - 1
HEADINGS = ("TT", "Chỉ tiêu", "Đơn vị tính", *POST_COLUMNS.values())
MEAN = replace(COUNT, number_format="[$-42A]#,##0.00_)")
# Text is a dash.
KNOWN = replace(COUNT, number_format="[$-42A]#,##0_);;[$-42A]#,##0_);@_)")
WORDS = replace(CENTRED, size=10)
TWO_LINES = 28  # points


def start(book: Book, report: YearlyReport) -> Sheet:
    """The empty sheet, its columns wide enough for the sums of money."""
    posts = [figures.post for figures in report.columns]
    largest = max(
        max(
            post.both.postage_dong,
            post.compensation_due_dong,
            post.compensation_paid_dong,
        )
        for post in posts
    )
    count = max(COUNT_MM, room_for(largest))
    widths = [NUMBER_MM, LABEL_MM, UNIT_MM, *[count] * len(POST_COLUMNS)]
    return book.sheet("Bưu chính", widths)


def fill(sheet: Sheet, report: YearlyReport) -> None:
    """Write a block for each of ``report.columns``, each on its page."""
    below = f"{report.organisation}, số liệu lập ngày {write_date(report.made_on)}"
    write_title(sheet, "SỐ LIỆU VỀ DỊCH VỤ BƯU CHÍNH CÔNG ÍCH", below)
    for column, heading in enumerate(HEADINGS, start=1):
        sheet.text(HEAD_ROW, column, heading, HEAD)
    sheet.repeat_rows(HEAD_ROW, HEAD_ROW)
    sheet.freeze(HEAD_ROW + 1, 3)
    row = HEAD_ROW + 1
    for figures in report.columns:
        if row > HEAD_ROW + 1:
            sheet.break_before(row)
        band = f"{report.title_of(figures)}: {counted_days(figures)}"
        sheet.text(row, 1, band, BANDED, over=sheet.columns)
        row = _Block(sheet, row + 1, figures.post).write()
    for note in POST_NOTES:
        sheet.text(row, 1, note, NOTE, over=sheet.columns)
        row += 1


class _Block:
    """One period on the sheet; ``rows`` says where each count stands."""

    def __init__(self, sheet: Sheet, row: int, post: PostFigures) -> None:
        self.sheet, self.first, self.post = sheet, row, post
        self.legs = {
            FIRST + offset: getattr(post, name)
            for offset, name in enumerate(POST_COLUMNS)
        }
        self.rows = {
            each.name: row + offset
            for offset, each in enumerate(POST_ROWS)
            if each.kind in ("leg", "whole")
        }

    def write(self) -> int:
        """Every row of ``POST_ROWS`` and the check; the next row."""
        section = item = 0
        row = self.first
        for row, each in enumerate(POST_ROWS, start=self.first):
            if each.kind == "head":
                section, item = section + 1, 0
                number = replace(BANDED, across="center", indent=0)
                self.sheet.text(row, 1, ROMAN[section - 1], number)
                over = self.sheet.columns - 1
                self.sheet.text(row, 2, each.label, BANDED, over=over)
                continue
            item += each.level == 0
            self._write_label(row, each, "" if each.level else str(item))
            for column, leg in self.legs.items():
                self._write_cell(row, column, each, leg)
        self.sheet.pale_zeros(address(self.first, FIRST), address(row, BOTH))
        return self._write_check(row + 1)

    def _write_label(self, row: int, each: PostRow, number: str) -> None:
        label = replace(PADDED, indent=1 + 2 * each.level, bold=not each.level)
        self.sheet.text(row, 1, number, CENTRED)
        self.sheet.text(row, 2, each.label, label)
        self.sheet.text(row, 3, each.unit, CENTRED)

    def _write_cell(
        self, row: int, column: int, each: PostRow, leg: LegFigures
    ) -> None:
        sheet = self.sheet
        if each.kind in ("whole", "incident"):
            self._write_whole(row, column, each)
        elif each.kind == "leg" and column == BOTH:
            added = "+".join(address(row, x) for x in range(FIRST, BOTH))
            sheet.formula(row, column, f"={added}", getattr(leg, each.name), COUNT)
        elif each.kind == "leg":
            sheet.number(row, column, getattr(leg, each.name), COUNT)
        elif each.kind == "days":
            self._write_known(row, column, getattr(leg, each.name))
        elif each.kind == "norm":
            self._write_known(row, column, mean(leg.norms))
        elif each.kind == "mean":
            known, total = self._cells(column, "postage_known", "postage_dong")
            text = f'=IF({known}=0,"{NO_PERCENT}",ROUND({total}/{known},0))'
            value = NO_PERCENT if leg.postage_mean is None else leg.postage_mean
            sheet.formula(row, column, text, value, KNOWN)
        else:
            self._write_ratio(row, column, each, leg)

    def _write_known(self, row: int, column: int, value: int | Decimal | None) -> None:
        """A number of days; a dash where nothing arrived, or nothing has a norm."""
        if value is None:
            self.sheet.text(row, column, NO_PERCENT, KNOWN)
        elif isinstance(value, int):
            self.sheet.number(row, column, value, KNOWN)
        else:
            cell = self.sheet.number(row, column, 0, MEAN)
            cell.value = value

    def _write_ratio(
        self, row: int, column: int, each: PostRow, leg: LegFigures
    ) -> None:
        part, whole = self._cells(column, "within_norm", "judged")
        ratio = leg.within_norm_ratio
        if each.kind == "percent":
            value = percent_value(ratio)
            self.sheet.formula(
                row, column, percent_formula(part, whole), value, PERCENT
            )
        else:
            share = address(row - 1, column)
            formula = ratio_formula(part, whole, share)
            self.sheet.formula(row, column, formula, str(ratio), WORDS)
            # A formula makes no room for itself.
            if width_mm(str(ratio), WORDS.size) + 2 > self.sheet.widths_mm[column - 1]:
                self.sheet.height(row, TWO_LINES)

    def _write_whole(self, row: int, column: int, each: PostRow) -> None:
        """What is not told apart by leg stands in the last column."""
        if column != BOTH:
            self.sheet.text(row, column, "", BOXED)
        elif each.kind == "incident":
            self.sheet.number(row, column, self.post.incident(each.name), COUNT)
        elif each.name == INCIDENT_TOTAL:
            # The kinds stand right below their sum.
            last = address(row + len(INCIDENT_KINDS), column)
            cells = f"{address(row + 1, column)}:{last}"
            value = sum(self.post.incident(kind) for kind in INCIDENT_KINDS)
            self.sheet.formula(row, column, f"=SUM({cells})", value, COUNT)
        else:
            self.sheet.number(row, column, getattr(self.post, each.name), COUNT)

    def _write_check(self, row: int) -> int:
        """Whether every item accepted is somewhere."""
        self.sheet.text(row, 1, POST_BALANCE, BANDED, over=FIRST - 1)
        for column, leg in self.legs.items():
            posted, *parts = self._cells(column, "posted", *POST_PARTS)
            holds = leg.posted == sum(getattr(leg, name) for name in POST_PARTS)
            self.sheet.formula(
                row,
                column,
                f'=IF({posted}={"+".join(parts)},"{RIGHT}","{WRONG}")',
                RIGHT if holds else WRONG,
                total_look(CENTRED),
            )
        mark(self.sheet, f"{address(row, FIRST)}:{address(row, BOTH)}")
        return row + 1

    def _cells(self, column: int, *names: str) -> list[str]:
        return [address(self.rows[name], column) for name in names]


def mean(values: Histogram) -> Decimal | None:
    """The mean of a table of how often, two decimals, half up; None when empty."""
    count = sum(number for _value, number in values)
    if not count:
        return None
    exact = Decimal(sum(value * number for value, number in values)) / count
    return exact.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
