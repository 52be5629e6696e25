"""Charts as inline SVG: figures in, markup out. Colours come from the style sheet.

Every chart stands above a table of the same figures, so it is hidden from screen
readers except for its title.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 560, 220
LEFT, RIGHT, TOP, BOTTOM = 34, 6, 16, 26
GRID_LINES = 4
LABEL, VALUE, ROW = 76, 34, 24


@dataclass(frozen=True)
class Bar:
    """One bar: its height, what hovering says, where it leads, its CSS class."""

    value: int
    title: str
    href: str
    kind: str


@dataclass(frozen=True)
class Group:
    """Bars that stand together over one label."""

    label: str
    bars: tuple[Bar, ...]


def columns(groups: Sequence[Group], title: str) -> str:
    """Upright bars in groups over a common scale from 0."""
    top = scale_top(max((bar.value for g in groups for bar in g.bars), default=0))
    body = "".join(_grid_line(top, i) for i in range(GRID_LINES + 1))
    slot = (WIDTH - LEFT - RIGHT) / max(len(groups), 1)
    for place, group in enumerate(groups):
        left = LEFT + place * slot
        body += (
            f'<text x="{left + slot / 2:.1f}" y="{HEIGHT - 8}" '
            f'text-anchor="middle">{escape(group.label)}</text>'
        )
        width = min(slot * 0.8 / max(len(group.bars), 1), 26)
        first = left + (slot - width * len(group.bars)) / 2
        for number, bar in enumerate(group.bars):
            body += _column(bar, first + number * width, width - 1, top)
    return _svg(body, title, HEIGHT)


def rows(bars: Sequence[tuple[str, Bar]], title: str) -> str:
    """Lying bars, one below the other, each with its label and its number."""
    longest = max((bar.value for _label, bar in bars), default=0) or 1
    room = WIDTH - LABEL - VALUE
    body = ""
    for place, (label, bar) in enumerate(bars):
        y = TOP / 2 + place * ROW
        width = room * bar.value / longest
        body += (
            f'<text x="{LABEL - 6}" y="{y + 14:.1f}" text-anchor="end">{escape(label)}'
            f'</text><a href="{escape(bar.href)}" tabindex="-1"><title>'
            f'{escape(bar.title)}</title><rect class="{escape(bar.kind)}" x="{LABEL}" '
            f'y="{y:.1f}" width="{max(width, 1):.1f}" height="{ROW - 6}"/></a>'
            f'<text x="{LABEL + width + 6:.1f}" y="{y + 14:.1f}">{bar.value}</text>'
        )
    return _svg(body, title, int(TOP + ROW * len(bars)))


def scale_top(highest: int) -> int:
    """The end of the scale: a multiple of the grid that ends in 1, 2 or 5.

    >>> scale_top(23), scale_top(0), scale_top(212)
    (40, 4, 400)
    """
    step = 1
    while step * GRID_LINES < highest:
        # 1, 2, 5, 10, 20, 50, ...
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return step * GRID_LINES


def _grid_line(top: int, number: int) -> str:
    value = top * number // GRID_LINES
    y = _y(value, top)
    return (
        f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value}</text>'
    )


def _y(value: int, top: int) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)


def _column(bar: Bar, x: float, width: float, top: int) -> str:
    y = _y(bar.value, top)
    height = HEIGHT - BOTTOM - y
    return (
        f'<a href="{escape(bar.href)}" tabindex="-1"><title>{escape(bar.title)}</title>'
        f'<rect class="{escape(bar.kind)}" x="{x:.1f}" y="{y:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}"/></a>'
    )


def _svg(body: str, title: str, height: int) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="group" '
        f'aria-label="{escape(title)}">{body}</svg>'
    )
