"""Maps: to scale, clipped to their window, names within their countries and none upon others."""

import re
import xml.etree.ElementTree as ET
from math import acos, cos, radians, sin
from typing import Any

import pytest
from drawings import boxes_of, clashes, svg_of

from reglet.figures.canvas import WIDTH
from reglet.figures.map import Place, Words, fitted, map_geometry, shown, window_round
from reglet.figures.world import (
    Country,
    area_within,
    holds,
    lines_within,
    spans,
    world,
)

PLACES = [
    Place("Camp Ashraf", 33.862, 44.526),
    Place("Camp Liberty", 33.29, 44.24, 1),
    Place("Baghdad", 33.315, 44.366, 2),
]
WINDOW = (38.4, 28.9, 49.6, 37.6)
SQUARE = (0.0, 0.0, 10.0, 10.0)


def name_of(country: Country) -> str:
    return country.name


def kilometres(value: float) -> str:
    return f"{value:g} km"


WORDS = Words(name_of, kilometres)


def drawn(words: Words = WORDS, window: tuple[float, ...] = WINDOW) -> dict[str, Any]:
    west, south, east, north = window
    return map_geometry(PLACES, (west, south, east, north), words)


def texts(geometry: dict[str, Any], tone: str) -> list[str]:
    return [word["text"] for word in geometry["words"] if word["tone"] == tone]


def test_the_world_is_whole() -> None:
    whole = world()
    assert len(whole.countries) == 241
    codes = {country.code: country.name for country in whole.countries}
    assert (codes["IQ"], codes["IR"], codes["NZ"]) == ("Iraq", "Iran", "New Zealand")
    for code, lon, lat in (("IQ", 44.4, 33.3), ("CH", 7.45, 46.95), ("LS", 28.2, -29.6)):
        found = [each.code for each in whole.countries if holds(each.rings, (lon, lat))]
        assert found == [code]  # Lesotho is a hole in South Africa
    assert len(whole.borders) > 300
    assert len(whole.coasts) > 1000


def test_the_scale_is_right_at_the_middle_latitude() -> None:
    geometry = drawn()
    [bar] = [rule for rule in geometry["rules"] if rule["y1"] == rule["y2"]]
    west, south, east, north = fitted(WINDOW)
    middle = radians((south + north) / 2)
    degrees = (bar["x2"] - bar["x1"]) / WIDTH * (east - west)
    angle = acos(sin(middle) ** 2 + cos(middle) ** 2 * cos(radians(degrees)))
    [text] = texts(geometry, "muted")
    assert text == "200 km"
    assert 6371.0088 * angle == pytest.approx(200, rel=0.005)
    assert geometry["map"] / (north - south) == pytest.approx(
        WIDTH / ((east - west) * cos(middle)), rel=0.001
    )


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("window", [WINDOW, (-180, -60, 180, 85), (43, 32.5, 46, 34.5)])
def test_words_lie_on_the_map_and_not_upon_each_other(window: tuple[float, ...], rtl: bool) -> None:
    geometry = drawn(Words(name_of, kilometres, ("camp", "other", "town"), rtl), window)
    boxes = boxes_of(geometry["words"], rtl=rtl)
    assert clashes(boxes) == []
    assert all(left >= 0 and right <= WIDTH for left, _, right, _ in boxes)
    assert texts(geometry, "strong") == [place.name for place in PLACES]
    assert [mark["series"] for mark in geometry["marks"]] == [0, 1, 2]
    for word in geometry["words"]:
        assert 0 < word["y"] < geometry["height"]


def test_names_stand_within_what_is_seen_of_their_countries() -> None:
    geometry = drawn()
    assert set(texts(geometry, "country")) >= {"Iraq", "Iran", "Syria", "Saudi Arabia"}
    west, south, east, north = fitted(WINDOW)
    rings = {country.name: country.rings for country in world().countries}
    for word in geometry["words"]:
        if word["tone"] == "country":
            lon = west + word["x"] / WIDTH * (east - west)
            lat = north - (word["y"] - 3) / geometry["map"] * (north - south)
            assert holds(rings[word["text"]], (lon, lat)), word


def test_every_line_ends_at_the_edge() -> None:
    geometry = drawn()
    paths = [*geometry["borders"], *geometry["coasts"], *geometry["areas"].values()]
    numbers = [
        (float(x), float(y))
        for path in paths
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)
    ]
    assert len(numbers) > 300
    assert all(0 <= x <= WIDTH and 0 <= y <= geometry["map"] for x, y in numbers)
    assert not re.search(r"\.\d\d", " ".join(paths))  # so that all machines write the same
    assert sum(map(len, paths)) < 40_000


def test_windows() -> None:
    assert fitted((0, 0, 20, 2)) == pytest.approx((0, -3.5, 20, 5.5), abs=0.1)
    west, _, east, _ = fitted((10, 0, 11, 20))
    assert east - west == pytest.approx(20 / 1.1 / cos(radians(10)), abs=0.1)
    assert fitted((-180, -90, 180, 90)) == (-180, -85, 180, 85)
    assert window_round(PLACES[:1]) == pytest.approx((41.526, 30.862, 47.526, 36.862))
    assert next(country.name for country in shown(PLACES, WINDOW)) == "Iraq"
    assert shown([Place("sea", 0, -30)], (-31, -1, -29, 1)) == []


def test_clipping() -> None:
    around = [(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)]
    assert {*area_within(around, SQUARE)} == {(0, 0), (10, 0), (10, 10), (0, 10)}
    assert area_within([(20.0, 20.0), (21.0, 20.0), (20.0, 21.0)], SQUARE) == []
    line = [(-5.0, 5.0), (5.0, 5.0), (5.0, 15.0), (8.0, 15.0), (8.0, 5.0)]
    assert [*lines_within(line, SQUARE)] == [[(0, 5), (5, 5), (5, 10)], [(8, 10), (8, 5)]]
    hole = [(4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0)]
    assert spans([around, hole], 5) == [(-5, 4), (6, 15)]
    assert not holds([around, hole], (5, 5))


@pytest.mark.parametrize("form", ["pdf", "epub"])
def test_the_template_draws_it(form: str) -> None:
    svg = svg_of("map", drawn(Words(name_of, kilometres, ("camp", "other", "town"))), form=form)
    root = ET.fromstring(svg)
    words = ["".join(text.itertext()) for text in root.findall(".//{*}text")]
    assert {"Camp Ashraf", "Iraq", "200 km", "town"} <= set(words)
    assert len(root.findall(".//{*}path")) >= 4
    assert ("currentColor" in svg) == (form == "epub")
