"""Figures in tables: a row's own percentage, and the text against the table.

A table is a run of lines with tabs between the cells. Only rows that can be read in
one way are judged: two counts and at most one percentage.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reports.claims.findings import Finding
from reports.claims.guessing import Case, guess
from reports.claims.labels import Labelled
from reports.claims.letter import Letter
from reports.claims.phrases import Phrase, find_periods
from reports.claims.words import (
    COUNT,
    as_count,
    as_decimal,
    decimals,
    percent,
    truncated,
    write,
)

CELL_COUNT = re.compile(rf"\s*({COUNT})\s*")
CELL_PERCENT = re.compile(r"\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*%?\s*")
CELL_RATIO = re.compile(rf"\s*({COUNT})\s*/\s*({COUNT})\s*(?:\(.*\))?\s*")
ROW_NUMBER = re.compile(r"\W*(?:stt|tt|số tt|số thứ tự)\W*")
SHARE_HEAD = re.compile(r"%|tỷ lệ|tỉ lệ|phần trăm")
COMPARED_HEAD = re.compile(r"tăng|giảm|so với|cùng kỳ|kế hoạch|tỷ trọng")


@dataclass(frozen=True)
class Row:
    """A row that can be read in one way."""

    position: int
    end: int
    period: Phrase | None
    counts: tuple[int, int]
    share: str


def check(letter: Letter, labelled: list[Labelled]) -> Iterable[Finding]:
    """Rows that do not come out, and figures of the text that differ from a row."""
    rows = list(find_rows(letter))
    for row in rows:
        if row.share:
            yield from _percentage(letter, row)
    for figure in labelled:
        yield from _against(letter, figure, rows)


def find_rows(letter: Letter) -> Iterable[Row]:
    """Readable rows of every table with a heading row."""
    head: list[str] = []
    last = -1
    for line in letter.lines:
        if "\t" not in line.text:
            if line.position != last:
                head = []
            continue
        cells = line.text.split("\t")
        plain = letter.plain[line.position : line.position + len(line.text)].split("\t")
        if not head or len(head) != len(cells):
            head = plain
            continue
        if row := _row(line.position, plain, head):
            yield row


def _row(position: int, cells: list[str], head: list[str]) -> Row | None:
    end = position + sum(map(len, cells)) + len(cells) - 1
    if ROW_NUMBER.fullmatch(head[0]):
        cells, head = cells[1:], head[1:]
    if len(cells) < 3 or len(head) != len(cells):
        return None
    shares = [i for i, x in enumerate(head) if i and SHARE_HEAD.search(x)]
    if len(shares) > 1 or any(COMPARED_HEAD.search(head[i]) for i in shares):
        return None
    counts = [x for i, x in enumerate(cells) if i and i not in shares]
    if len(counts) != 2 or not all(CELL_COUNT.fullmatch(x) for x in counts):
        return None
    share = cells[shares[0]] if shares else ""
    if share and not CELL_PERCENT.fullmatch(share):
        share = ""
    one, other = sorted(as_count(x) for x in counts)
    label = find_periods(cells[0])
    alone = len(label) == 1 and not cells[0][: label[0].position].strip(" -+*")
    alone = alone and not cells[0][label[0].end :].strip()
    return Row(position, end, label[0] if alone else None, (one, other), share)


def _percentage(letter: Letter, row: Row) -> Iterable[Finding]:
    k, n = row.counts
    match = CELL_PERCENT.fullmatch(row.share)
    if not match or not n:
        return
    value = as_decimal(match[1])
    places = decimals(value)
    expected = percent(k, n, places)
    if value == expected:
        return
    is_cut = value == truncated(k, n, places)
    why = f"{write(value)}% không phải là {k}/{n}; đúng là {write(expected)}%."
    if not is_cut:
        why = f"{why} {guess(Case(k, n, value))}".rstrip()
    else:
        why += " Số trong bảng bị cắt bỏ phần sau, chưa làm tròn."
    yield letter.finding(
        "percentage_truncated" if is_cut else "percentage_wrong",
        "error",
        (row.position, row.end),
        found=f"{write(value)}%",
        expected=f"{write(expected)}%",
        explanation=why,
        replacement=f"{write(expected)}%",
    )


def _against(letter: Letter, figure: Labelled, rows: list[Row]) -> Iterable[Finding]:
    """A ratio of the text whose period has one row, with one number in common."""
    ratio = figure.ratio
    if ratio is None:
        return
    same = [
        x
        for x in rows
        if x.period
        and (x.period.first, x.period.last) == (figure.period.first, figure.period.last)
    ]
    if len(same) != 1 or same[0].position <= ratio.position <= same[0].end:
        return
    k, n = same[0].counts
    if (ratio.numerator, ratio.denominator) == (k, n):
        return
    if (ratio.numerator == k) == (ratio.denominator == n):
        return
    yield letter.finding(
        "differs_from_table",
        "error",
        (ratio.position, ratio.end),
        expected=f"{k}/{n}",
        explanation=(
            f"Lời văn ghi {ratio.numerator}/{ratio.denominator}, "
            f"còn bảng ghi {k}/{n} cho cùng kỳ. Ghi thống nhất một số."
        ),
    )
