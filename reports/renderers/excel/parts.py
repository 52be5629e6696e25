"""What all sheets of the report share: looks, titles, table heads, ratio cells."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from postal_tthc.lib.text_width import width_mm
from postal_tthc.lib.vietnamese import write_number
from postal_tthc.lib.workbooks import (
    COUNT_FORMAT,
    DATE_FORMAT,
    PERCENT_FORMAT,
    Look,
    Sheet,
)
from reports.layouts import NO_PERCENT, Column
from reports.ratios import Ratio

SHADE, BAND = "E3EDEE", "F3F7F7"  # of table heads, of bands and totals
GREY = "595959"
NUMBER_ROOM_MM = 4.0

PLAIN = Look(size=11)
BOXED = Look(size=11, boxed=True)
CENTRED = replace(BOXED, across="center")
HEAD = replace(CENTRED, bold=True, fill=SHADE)
PADDED = replace(BOXED, indent=1)
BANDED = replace(PADDED, bold=True, fill=BAND)
COUNT = replace(BOXED, across="right", wrap=False, number_format=COUNT_FORMAT)
PERCENT = replace(COUNT, number_format=PERCENT_FORMAT)
DAY = replace(COUNT, across="center", number_format=DATE_FORMAT)
TITLE = Look(size=14, bold=True, across="center")
SUBTITLE = Look(size=12, italic=True, across="center")
NOTE = Look(size=11, italic=True, colour=GREY, down="top")


LOOKS = {
    "text": PADDED,
    "mark": CENTRED,
    "count": COUNT,
    "ratio": PERCENT,
    "date": DAY,
}


def total_look(look: Look) -> Look:
    """The same cell in a row of totals."""
    return replace(look, bold=True, fill=BAND)


def write_title(sheet: Sheet, title: str, below: str) -> None:
    """The title of a sheet in row 1 and a line below it in row 2."""
    sheet.text(1, 1, title, TITLE, over=sheet.columns)
    sheet.text(2, 1, below, SUBTITLE, over=sheet.columns)


def write_head(
    sheet: Sheet, row: int, columns: Sequence[Column], first: str = "TT"
) -> int:
    """The head of a table: its groups above, its columns below; the next row.

    ``first`` heads column 1, before ``columns``; TT is the running number.
    """
    sheet.text(row, 1, first, HEAD, deep=2)
    column = 2
    for group, members in groupby(columns, key=lambda each: each.group):
        inside = list(members)
        if group:
            sheet.text(row, column, group, HEAD, over=len(inside))
        for each in inside:
            if group:
                sheet.text(row + 1, column, each.heading, HEAD)
            else:
                sheet.text(row, column, each.heading, HEAD, deep=2)
            column += 1
    sheet.repeat_rows(row, row + 1)
    return row + 2


def room_for(number: int) -> float:
    """The width in mm of a column whose total is this number."""
    text = write_number(number)
    return width_mm(text, BANDED.size, bold=True) + NUMBER_ROOM_MM


def percent_formula(numerator: str, denominator: str) -> str:
    """The share of two cells to four places; a dash when there is no whole."""
    return f'=IF({denominator}=0,"{NO_PERCENT}",ROUND({numerator}/{denominator},4))'


def percent_value(ratio: Ratio) -> Decimal | str:
    """What ``percent_formula`` gives."""
    return NO_PERCENT if ratio.percent is None else ratio.percent / 100


def ratio_formula(numerator: str, denominator: str, percent: str) -> str:
    """``23/212 (10,85%)`` from three cells, alike under every regional setting.

    ``TEXT(x;"0,00")`` means different things in different Excels; whole numbers
    padded with zeros do not.
    """
    hundredths = f"ROUND({percent}*10000,0)"
    return (
        f'={_padded(numerator)}&"/"&{_padded(denominator)}&IF({denominator}=0,"",'
        f'" ("&INT({hundredths}/100)&","&TEXT(MOD({hundredths},100),"00")&"%)")'
    )


def _padded(cell: str) -> str:
    return f'IF({cell}=0,"0",TEXT({cell},"00"))'
