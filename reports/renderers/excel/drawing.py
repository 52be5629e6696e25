"""How a bar chart of the report looks: native, in Times New Roman, titles shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.title import Title, title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
)

from postal_tthc.lib.workbooks import COUNT_FORMAT, FONT

DARK, PALE, WARM = "0B6E7A", "AFC3C7", "C98A1B"
GRID = "D9D9D9"
FEW = 10


@dataclass(frozen=True)
class Bars:
    """One series: its name, its cells, its colour, its highest value."""

    name: str
    cells: Reference
    colour: str
    highest: int


def bar_chart(
    *,
    title: str,
    categories: Reference,
    series: Sequence[Bars],
    axes: tuple[str, str],
    across: bool = False,
    labelled: bool = False,
) -> BarChart:
    """Bars, upright or ``across``; ``axes`` are the titles of names and values."""
    chart = BarChart()
    chart.type = "bar" if across else "col"
    chart.gapWidth = 60
    chart.roundedCorners = False
    chart.title = _title(title, size=13)
    chart.x_axis.title = _title(axes[0], size=11)
    chart.y_axis.title = _title(axes[1], size=11)
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # openpyxl 3.1 hides both otherwise
        axis.txPr = _text(size=10)
        axis.majorTickMark = "none"
    chart.y_axis.number_format = COUNT_FORMAT
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(
        ln=LineProperties(solidFill=GRID)
    )
    chart.y_axis.scaling.min = 0
    if max(bars.highest for bars in series) <= FEW:
        chart.y_axis.majorUnit = 1  # no half dossiers on the axis
    for bars in series:
        drawn = Series(bars.cells, title=bars.name)
        drawn.graphicalProperties = GraphicalProperties(solidFill=bars.colour)
        drawn.invertIfNegative = False
        drawn.cat = AxDataSource(strRef=StrRef(f=str(categories)))
        chart.series.append(drawn)
    if labelled:
        chart.dataLabels = DataLabelList(showVal=True)
        for part in ("SerName", "CatName", "LegendKey", "Percent"):
            setattr(chart.dataLabels, f"show{part}", False)
        chart.dataLabels.txPr = _text(size=10)
    if len(series) > 1:
        chart.legend.position = "b"
        chart.legend.txPr = _text(size=11)
    else:
        chart.legend = None
    if across:
        # The first name on top, the values below.
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    return chart


def _properties(size: int, *, bold: bool) -> CharacterProperties:
    font = Font(typeface=FONT)
    return CharacterProperties(latin=font, cs=font, sz=size * 100, b=bold)


def _text(size: int) -> RichText:
    look = ParagraphProperties(defRPr=_properties(size, bold=False))
    return RichText(p=[Paragraph(pPr=look, endParaRPr=_properties(size, bold=False))])


def _title(text: str, size: int) -> Title:

    title = title_maker(text)
    for paragraph in title.tx.rich.p:
        paragraph.pPr = ParagraphProperties(defRPr=_properties(size, bold=True))
        for run in paragraph.r:
            run.rPr = _properties(size, bold=True)
    title.overlay = False
    return title
