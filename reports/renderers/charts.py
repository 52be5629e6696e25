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
SPREAD, SPREAD_LABEL = 32, 132


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


@dataclass(frozen=True)
class Share:
    """A part inside its whole: a lying bar on top of a paler one."""

    label: str
    part: int
    whole: int
    title: str
    href: str
    whole_href: str


@dataclass(frozen=True)
class Spread:
    """How long half, four in five and nine in ten took, and the norm if there is one."""

    label: str
    marks: tuple[int, int, int]  # median, P80, P90
    norm: int | None
    title: str
    href: str


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


def shares(found: Sequence[Share], title: str) -> str:
    """Lying bars: the part on the whole, with both numbers."""
    longest = max((x.whole for x in found), default=0) or 1
    room = WIDTH - LABEL - 2 * VALUE
    body = ""
    for place, x in enumerate(found):
        y = TOP / 2 + place * ROW
        whole, part = room * x.whole / longest, room * x.part / longest
        body += (
            _row_label(x.label, y)
            + _lying(x.whole_href, x.title, "before", y, max(whole, 1))
            + _lying(x.href, x.title, "post", y, part)
            + f'<text x="{LABEL + whole + 6:.1f}" y="{y + 14:.1f}">{x.part}/{x.whole}'
            "</text>"
        )
    return _svg(body, title, int(TOP + ROW * len(found)))


def spreads(found: Sequence[Spread], title: str) -> str:
    """Working days from 0: half, four in five, nine in ten; a line at the norm."""
    highest = max((max(*x.marks, x.norm or 0) for x in found), default=0)
    top = scale_top(highest)
    room = WIDTH - SPREAD_LABEL - VALUE
    bottom = TOP + SPREAD * len(found)
    body = ""
    for step in range(GRID_LINES + 1):
        value = top * step // GRID_LINES
        x = SPREAD_LABEL + room * value / top
        body += (
            f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP / 2:.1f}" '
            f'y2="{bottom:.1f}"/><text x="{x:.1f}" y="{bottom + 14:.1f}" '
            f'text-anchor="middle">{value}</text>'
        )
    for place, each in enumerate(found):
        y = TOP + place * SPREAD
        body += _row_label(each.label, y, SPREAD_LABEL)
        # The widest first: the narrower ones are drawn on top of it.
        for kind, value in zip(
            ("p90", "p80", "median"), reversed(each.marks), strict=True
        ):
            width = max(room * value / top, 2)
            body += _lying(each.href, each.title, kind, y, width, SPREAD_LABEL)
        if each.norm is not None:
            x = SPREAD_LABEL + room * each.norm / top
            body += (
                f'<line class="norm" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 4:.1f}" '
                f'y2="{y + ROW - 2:.1f}"/>'
            )
    return _svg(body, title, int(bottom + BOTTOM))


def _row_label(text: str, y: float, left: int = LABEL) -> str:
    return (
        f'<text x="{left - 6}" y="{y + 14:.1f}" text-anchor="end">{escape(text)}</text>'
    )


def _lying(
    href: str, title: str, kind: str, y: float, width: float, left: int = LABEL
) -> str:
    return (
        f'<a href="{escape(href)}" tabindex="-1"><title>{escape(title)}</title>'
        f'<rect class="{escape(kind)}" x="{left}" y="{y:.1f}" '
        f'width="{width:.1f}" height="{ROW - 6}"/></a>'
    )


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
