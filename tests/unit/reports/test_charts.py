"""A chart is well-formed, true to scale, and every bar leads somewhere."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.renderers.charts import (
    BOTTOM,
    GRID_LINES,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Bar,
    Group,
    Share,
    Spread,
    columns,
    scale_top,
    shares,
    spreads,
)

FULL = HEIGHT - TOP - BOTTOM


def drawn(*values: tuple[int, ...], title: str = "Theo tháng") -> ET.Element:
    """A chart with a group of bars for each tuple."""
    groups = [
        Group(f"{place:02}/20", tuple(Bar(x, f"{x}", f"/?n={x}", "post") for x in bars))
        for place, bars in enumerate(values, start=1)
    ]
    return ET.fromstring(columns(groups, title))


def heights(chart: ET.Element) -> list[float]:
    return [float(bar.get("height")) for bar in chart.iter("rect")]


@pytest.mark.parametrize(
    ("highest", "top"),
    [
        (0, 4),
        (1, 4),
        (4, 4),
        (5, 8),
        (8, 8),
        (9, 20),
        (20, 20),
        (21, 40),
        (23, 40),
        (41, 80),
        (81, 200),
        (212, 400),
        (1_000_000, 2_000_000),
    ],
)
def test_the_scale_ends_in_a_round_number(highest, top):
    assert scale_top(highest) == top


@given(st.integers(0, 10**9))
def test_the_scale_holds_the_highest_and_wastes_little(highest):
    top = scale_top(highest)

    assert highest <= top <= max(4, 2.5 * highest)
    assert str(top // GRID_LINES).rstrip("0") in {"1", "2", "5"}


def test_bars_are_as_high_as_their_numbers():
    assert heights(drawn((0, 10), (20, 40))) == [0, FULL / 4, FULL / 2, FULL]


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=15))
def test_every_bar_stands_inside_the_chart(groups):
    chart = drawn(*groups)

    assert len(heights(chart)) == 2 * len(groups)
    for bar in chart.iter("rect"):
        x, y = float(bar.get("x")), float(bar.get("y"))
        assert x + 0.1 >= LEFT
        assert x + float(bar.get("width")) <= WIDTH - RIGHT + 0.1
        assert y >= TOP
        assert y + float(bar.get("height")) == pytest.approx(HEIGHT - BOTTOM, abs=0.11)


def test_grid_lines_are_numbered_from_0_to_the_end_of_the_scale():
    labels = [text.text for text in drawn((212,)).iter("text")]

    assert labels == ["0", "100", "200", "300", "400", "01/20"]


def test_every_bar_says_its_number_and_leads_to_its_dossiers():
    links = list(drawn((3, 7)).iter("a"))

    assert [link.find("title").text for link in links] == ["3", "7"]
    assert [link.get("href") for link in links] == ["/?n=3", "/?n=7"]


def test_names_and_addresses_cannot_break_the_markup():
    bar = Bar(1, "<b>\"7\" & '8'", '/?a=1&b="2"', 'post"><script>')
    chart = ET.fromstring(columns([Group("<1>", (bar,))], 'A "B" <C> & D'))

    assert chart.get("aria-label") == 'A "B" <C> & D'
    assert chart.find("a").get("href") == '/?a=1&b="2"'
    assert chart.find("a/title").text == "<b>\"7\" & '8'"
    assert chart.find("a/rect").get("class") == 'post"><script>'
    assert not list(chart.iter("script"))


def test_a_chart_without_anything_is_still_a_chart():
    assert heights(drawn()) == []
    assert heights(drawn((0,), ())) == [0]


def bars(chart: ET.Element, kind: str) -> list[float]:
    return [float(x.get("width")) for x in chart.iter("rect") if x.get("class") == kind]


def test_a_part_is_drawn_to_scale_on_its_whole():
    chart = ET.fromstring(
        shares(
            [
                Share("1.001", 5, 10, "A: 5/10", "/?part", "/?whole"),
                Share("<2>", 0, 40, 'B "0"/40', "/?part=2", "/?whole=2"),
            ],
            "Tỷ lệ",
        )
    )
    whole, part = bars(chart, "before"), bars(chart, "post")

    assert whole[0] / whole[1] == pytest.approx(10 / 40, abs=0.01)
    assert part[0] / whole[0] == pytest.approx(1 / 2, abs=0.01)
    assert part[1] == 0
    assert max(whole) <= WIDTH - RIGHT
    assert [x.text for x in chart.iter("text")] == ["1.001", "5/10", "<2>", "0/40"]
    assert {x.get("href") for x in chart.iter("a")} == {
        "/?part",
        "/?whole",
        "/?part=2",
        "/?whole=2",
    }


def test_days_are_drawn_one_on_the_other_with_the_norm_across():
    chart = ET.fromstring(
        spreads(
            [
                Spread("Đi", (1, 2, 8), 4, "trung vị 1", "/?leg=out"),
                Spread("Đến", (2, 2, 2), None, "trung vị 2", "/?leg=in"),
            ],
            "Ngày",
        )
    )
    median, p80, p90 = (bars(chart, x) for x in ("median", "p80", "p90"))
    [norm] = [x for x in chart.iter("line") if x.get("class") == "norm"]
    left = {float(x.get("x")) for x in chart.iter("rect")}

    assert p90[0] == pytest.approx(8 * median[0], rel=0.01)
    assert p80[0] == pytest.approx(2 * median[0], rel=0.01)
    assert median[1] == p80[1] == p90[1]
    assert len(left) == 1
    assert float(norm.get("x1")) - left.pop() == pytest.approx(4 * median[0], rel=0.01)
    assert [x.get("class") for x in chart.iter("rect")][:3] == ["p90", "p80", "median"]


def test_charts_of_nothing_are_still_charts():
    assert heights(ET.fromstring(shares([], ""))) == []
    assert heights(ET.fromstring(spreads([], ""))) == []
