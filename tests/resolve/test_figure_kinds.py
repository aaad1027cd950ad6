"""Stacked bars, lines, timelines and panels: to scale, within the drawing, no words upon others."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from drawings import boxes_of, clashes, svg_of

from reglet.figures.canvas import WIDTH, Series, legend, spread
from reglet.figures.chart import bar_geometry
from reglet.figures.dates import date_ticks, period
from reglet.figures.line import Across, line_geometry, line_panels, number_ticks
from reglet.figures.panels import bar_panels
from reglet.figures.stacked import stacked_geometry
from reglet.figures.timeline import Event, timeline_geometry

NAMES = ["Mill", "A well with a name that goes on for more than one line", "Gate"]
FIVE = [Series(f"series {n}", [n + 1, 0, 2.5 * n]) for n in range(5)]
AXIS = Across([0.0, 0.25, 1.0], [(0.0, "2009"), (0.5, "2011"), (1.0, "2013")])
CLOSE = [
    Series("north well", [5, 7, 12.4]),
    Series("south", [12, None, 12.1]),
    Series("east", [6, 6, 11.9]),
    Series("a well with a very long name", [9, 9, 12.2]),
]
EVENTS = [
    Event("2013-06-15", "15 June 2013", "Rockets"),
    Event(
        "1986", "1986", "Founding, told in words that take more than one line of a drawing, or two"
    ),
    Event("2013-06-16", "16 June 2013", "More rockets"),
    Event("2009-07", "July 2009", "Attack"),
    Event("2013-06-15", "15 June 2013", "At the same time"),
]


def plain(value: float) -> str:
    return f"{value:g}"


def drawn(kind: str, *, rtl: bool = False) -> dict[str, Any]:
    panels = {"Ashraf": CLOSE[:1], "Liberty": CLOSE[2:3], "Third": CLOSE[3:]}
    made = {
        "stacked": lambda: stacked_geometry(NAMES, FIVE, plain, rtl=rtl),
        "bar": lambda: bar_geometry(NAMES, FIVE, plain, rtl=rtl),
        "bar panels": lambda: bar_panels(NAMES, panels, plain, rtl=rtl),
        "line": lambda: line_geometry(AXIS, CLOSE, plain, rtl=rtl),
        "line panels": lambda: line_panels(AXIS, panels, plain, rtl=rtl),
        "timeline": lambda: timeline_geometry(EVENTS, str, rtl=rtl),
    }
    return made[kind]()


KINDS = ("stacked", "bar", "bar panels", "line", "line panels", "timeline")


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_everything_lies_on_the_drawing(kind: str, rtl: bool) -> None:
    geometry = drawn(kind, rtl=rtl)
    assert geometry["rtl"] is rtl
    xs, ys = [], []
    for left, top, right, bottom in boxes_of(geometry.get("words", ()), rtl=rtl):
        xs += [left, right]
        ys += [top, bottom]
    for item in (*geometry.get("bars", ()), *geometry.get("legend", ())):
        xs += [item["x"], item["x"] + item["width"], item["text_x"]]
        ys += [item["y"], item["text_y"]]
    for line in geometry.get("lines", ()):
        xs += [x for x, _ in line["points"]]
        ys += [y for _, y in line["points"]]
    assert len(xs) > 8
    assert min(xs) >= -0.1
    assert max(xs) <= WIDTH + 0.1
    assert min(ys) >= -0.1
    assert max(ys) <= geometry["height"]


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("kind", ["line", "line panels", "timeline"])
def test_no_words_lie_upon_others(kind: str, rtl: bool) -> None:
    boxes = boxes_of(drawn(kind, rtl=rtl)["words"], rtl=rtl)
    assert len(boxes) > 6
    assert clashes(boxes) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_templates_draw_it(kind: str, form: str) -> None:
    geometry = drawn(kind)
    svg = svg_of(kind.split(maxsplit=1)[0], geometry, alt="<All> of it", form=form)
    root = ET.fromstring(svg)
    assert root.get("aria-label") == "<All> of it"
    assert root.findtext("{*}title") == "<All> of it"
    words = " ".join("".join(text.itertext()) for text in root.findall(".//{*}text"))
    wanted = {"timeline": "15 June 2013", "line": "north well 12.4", "stacked": "series 4"}
    assert wanted.get(kind, "series 4" if kind == "bar" else "12.4") in words
    shapes = [*root.findall(".//{*}rect"), *root.findall(".//{*}polyline")]
    assert len(shapes) >= len(geometry.get("bars", ())) * 0.8
    assert "undefined" not in svg.lower()


def test_parts_of_a_stacked_bar_stand_end_to_end() -> None:
    geometry = stacked_geometry(["a", "b"], [Series("x", [10, 0]), Series("y", [30, 8])], plain)
    bars: Any = geometry["bars"]
    first, second, total, lone, other = bars
    assert second["x"] == pytest.approx(first["x"] + first["width"] + 0.8, abs=0.2)
    assert second["width"] + 0.8 == pytest.approx(3 * (first["width"] + 0.8), abs=0.3)
    assert (total["text"], other["text"]) == ("40", "8")
    assert (lone["series"], lone["text"]) == (1, "")


def test_lines_are_to_scale_and_break_where_there_is_no_number() -> None:
    geometry = drawn("line")
    assert len(geometry["lines"]) == 3  # the broken one has two lone points
    [points] = [line["points"] for line in geometry["lines"] if line["series"] == 0]
    xs = [x for x, _ in points]
    assert (xs[1] - xs[0]) / (xs[2] - xs[0]) == pytest.approx(0.25, abs=0.01)
    foot = next(rule["y1"] for rule in geometry["rules"] if rule["tone"] == "axis")
    heights = [foot - y for _, y in points]
    assert heights[1] / heights[0] == pytest.approx(7 / 5, abs=0.02)
    assert len([mark for mark in geometry["marks"] if mark["series"] == 1]) == 2


def test_panels_have_one_scale() -> None:
    panels = {"a": [Series("", [10, 20])], "b": [Series("", [40, None])]}
    bars: Any = bar_panels(["x", "y"], panels, plain)["bars"]
    widths = {bar["text"]: bar["width"] for bar in bars}
    assert widths["40"] == pytest.approx(4 * widths["10"], abs=0.3)
    assert len(bars) == 3
    lines: Any = line_panels(AXIS, {"a": CLOSE[:1], "b": CLOSE[2:3]}, plain)["lines"]
    firsts = [line["points"][0][1] for line in lines]
    assert firsts[0] - firsts[1] == pytest.approx(
        (firsts[0] - lines[0]["points"][1][1]) / 2, abs=0.1
    )


def test_a_timeline_is_to_scale_and_marks_periods_as_long_as_they_are() -> None:
    events = [Event("2000", "2000", "a"), Event("2005-01-01", "b", "b"), Event("2010", "2010", "c")]
    marks: Any = timeline_geometry(events, str)["marks"]
    first, day, last = marks
    middles = [mark["y"] + mark["height"] / 2 for mark in (first, day, last)]
    assert (middles[1] - middles[0]) / (middles[2] - middles[0]) == pytest.approx(0.45, abs=0.01)
    assert first["height"] == pytest.approx((middles[2] - middles[0]) / 10, abs=0.2)
    assert day["height"] == day["width"]


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        ([3, 52], [0, 20, 40, 60]),
        ([96, 104], [96, 98, 100, 102, 104]),
        ([-4, 9], [-5, 0, 5, 10]),
        ([0.02, 0.07], [0, 0.02, 0.04, 0.06, 0.08]),
        ([7], [0, 2, 4, 6, 8]),
        ([0, 0], [0, 0.25, 0.5, 0.75, 1]),
        ([], [0, 0.25, 0.5, 0.75, 1]),
    ],
)
def test_ticks_are_few_and_round(numbers: list[float], ticks: list[float]) -> None:
    assert number_ticks(numbers) == pytest.approx(ticks)


def test_dates_are_places_in_time() -> None:
    assert period("2011") == (2011, 2012)
    assert period("2012-02") == pytest.approx((2012 + 31 / 366, 2012 + 60 / 366))
    assert period("2011-07-02") == pytest.approx((2011.5, 2011.5), abs=0.002)
    assert [iso for _, iso in date_ticks(2009.5, 2016.7, 7)][:2] == ["2010", "2011"]
    assert [iso for _, iso in date_ticks(1986, 2017, 7)][:2] == ["1990", "1995"]
    assert [iso for _, iso in date_ticks(2012.0, 2012.6, 6)] == [
        "2012-01",
        "2012-03",
        "2012-05",
        "2012-07",
    ]
    assert [iso for _, iso in date_ticks(976, 979, 6)] == ["0976", "0977", "0978", "0979"]


def test_middles_are_moved_no_further_than_need_be() -> None:
    assert spread([0, 50, 100], [10, 10, 10], -5, 105) == [0, 50, 100]
    assert spread([50, 50], [10, 20], 0, 100) == [42.5, 57.5]
    assert spread([1, 1, 99], [10, 10, 10], 0, 100) == [5, 15, 95]
    assert spread([], [], 0, 1) == []


def test_a_legend_that_is_too_long_goes_on_below() -> None:
    items, height = legend([f"a series with a long name {n}" for n in range(4)])
    assert len({item["y"] for item in items}) > 1
    assert height > 28
    assert legend(["alone"]) == ([], 0.0)
