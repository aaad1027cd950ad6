import xml.etree.ElementTree as ET
from typing import Any

import pytest
from drawings import svg_of

from reglet.figures.canvas import WIDTH, Series
from reglet.figures.chart import bar_geometry

NAMES = ["Ashraf, July 2009", "A name that is much too long for one line of its column", "B"]


def drawn(*series: Series, rtl: bool = False) -> dict[str, Any]:
    return bar_geometry(NAMES, series, lambda value: f"{value:g}", rtl=rtl)


@pytest.mark.parametrize("rtl", [False, True])
def test_everything_lies_on_the_drawing(rtl: bool) -> None:
    geometry = drawn(Series("a", [13, 36, None]), Series("b", [100, 0, 5]), rtl=rtl)
    assert geometry["width"] == WIDTH
    for bar in geometry["bars"]:
        assert bar["x"] >= 0
        assert bar["x"] + bar["width"] <= WIDTH
        assert bar["y"] + bar["height"] <= geometry["height"]
        assert 0 <= bar["text_x"] <= WIDTH
    for label in geometry["labels"]:
        assert all(0 < line["y"] < geometry["height"] for line in label["lines"])
    assert len(geometry["bars"]) == 5
    assert len(geometry["labels"][1]["lines"]) > 1


def test_lengths_are_in_proportion() -> None:
    bars = drawn(Series("", [10, 20, 5]))["bars"]
    assert bars[1]["width"] == pytest.approx(2 * bars[0]["width"], abs=0.1)
    assert bars[2]["width"] == pytest.approx(bars[0]["width"] / 2, abs=0.1)


def test_a_mirrored_drawing_is_the_same_drawing() -> None:
    left, right = drawn(Series("", [10, 20, 5])), drawn(Series("", [10, 20, 5]), rtl=True)
    for one, other in zip(left["bars"], right["bars"], strict=True):
        assert one["x"] + other["x"] + one["width"] == pytest.approx(WIDTH, abs=0.2)


@pytest.mark.parametrize("values", [[], [0, 0, 0], [None, None, None]])
def test_nothing_to_draw(values: list[float | None]) -> None:
    names = NAMES[: len(values)]
    assert bar_geometry(names, [Series("", values)], str)["height"] >= 0  # type: ignore[operator]


def test_the_template_makes_an_image_with_a_name() -> None:
    svg = svg_of("bar", drawn(Series("a", [13, 36, 2])), alt="Bars & more <b>")
    root = ET.fromstring(svg)
    names = {"s": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Bars & more <b>"
    assert root.findtext("s:title", namespaces=names) == "Bars & more <b>"
    assert len(root.findall(".//s:g/s:rect", names)) == 3
    assert "font:" not in svg
