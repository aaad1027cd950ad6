"""Colours of series, told apart in grey and by those who see fewer: by simulation, in numbers.

The matrices are those of Machado, Oliveira and Fernandes (2009) for severity 1, of linear sRGB.
"""

import re
from collections.abc import Iterable
from itertools import combinations, pairwise
from math import dist
from typing import Any

import pytest
from drawings import svg_of
from PIL import ImageColor

from reglet.colours import STEP, apart, lightness, midway, paler
from reglet.figures.canvas import Series
from reglet.figures.line import Across, line_geometry
from reglet.figures.stacked import stacked_geometry

SEEN = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
GREY, HUED = 10.0, 10.0  # least differences of L*, and of CIELAB as simulated
THEMES = ("inquiry", "plain", "brief")
NUMBERS = [Series(str(n), [1.0, 2.0]) for n in range(5)]
WHITE, DARK = (255, 255, 255), (18, 18, 18)

RGB = tuple[float, ...]


def linear(rgb: RGB) -> list[float]:
    parts = [value / 255 for value in rgb]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def lab(channels: Iterable[float]) -> tuple[float, float, float]:
    """CIELAB of linear sRGB, for D65."""
    red, green, blue = (min(max(value, 0.0), 1.0) for value in channels)
    x = (0.412456 * red + 0.357576 * green + 0.180438 * blue) / 0.950470
    y = 0.212673 * red + 0.715152 * green + 0.072175 * blue
    z = (0.019334 * red + 0.119192 * green + 0.950304 * blue) / 1.088830
    fx, fy, fz = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def simulated(rgb: RGB, kind: str) -> tuple[float, float, float]:
    channels = linear(rgb)
    return lab(
        sum(part * value for part, value in zip(row, channels, strict=True)) for row in SEEN[kind]
    )


def distance(one: Iterable[float], other: Iterable[float]) -> float:
    return dist(list(one), list(other))


def fills(svg: str) -> list[tuple[RGB, float]]:
    """The colour of each series in the legend, and how opaque it is."""
    found = re.findall(r'width="8" height="8" fill="(#\w+)"(?: fill-opacity="([\d.]+)")?', svg)
    return [(ImageColor.getrgb(colour), float(share or 1)) for colour, share in found]


def drawn(theme: str, form: str) -> list[tuple[RGB, float]]:
    geometry = stacked_geometry(["a", "b"], NUMBERS, str)
    return fills(svg_of("stacked", geometry, theme=theme, form=form))


@pytest.mark.parametrize("theme", THEMES)
def test_series_on_paper_are_told_apart_in_grey(theme: str) -> None:
    colours = [rgb for rgb, _ in drawn(theme, "pdf")]
    assert len(colours) == 5
    for one, other in combinations(colours, 2):
        assert abs(lightness(one) - lightness(other)) >= GREY  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", SEEN)
@pytest.mark.parametrize("theme", THEMES)
def test_series_on_paper_are_told_apart_by_those_who_see_fewer(theme: str, kind: str) -> None:
    colours = [simulated(rgb, kind) for rgb, _ in drawn(theme, "pdf")]
    assert min(distance(one, other) for one, other in combinations(colours, 2)) >= HUED


@pytest.mark.parametrize("page", [WHITE, DARK])
@pytest.mark.parametrize("theme", THEMES)
def test_series_in_an_epub_are_told_apart_on_any_page(theme: str, page: RGB) -> None:
    """The page shines through more and more of them."""
    series = drawn(theme, "epub")
    assert [share for _, share in series] == [1, 0.71, 0.44, 0.21, 0]
    mixed = [
        tuple(round(c * share + p * (1 - share)) for c, p in zip(rgb, page, strict=True))
        for rgb, share in series
    ]
    for one, other in pairwise(mixed):
        assert abs(lightness(one) - lightness(other)) >= GREY - 0.5


def test_marks_of_lines_have_shapes_of_their_own() -> None:
    geometry = line_geometry(Across([0, 1], []), NUMBERS[:4], str)
    svg = svg_of("line", geometry)
    colours = re.findall(r'<polyline [^>]*stroke="(#\w+)"', svg)
    shapes = [
        {re.sub(r"[\d.]+", "", mark[: mark.index("fill")]) for mark in _marks(svg, colour)}
        for colour in colours
    ]
    assert [len(shape) for shape in shapes] == [1, 1, 1, 1]
    assert len(set.union(*shapes)) == 4
    dashed = svg_of("line", geometry, form="epub")
    assert dashed.count("stroke-dasharray") == 1


def _marks(svg: str, colour: str) -> list[Any]:
    return re.findall(rf'<(?:circle|rect|path) [^>]*fill="{colour}"', svg)


def test_colours_that_are_too_like_others_move() -> None:
    assert apart(["#9c3d1e", "#7d8a90", "#c9a24b"]) == ["#9c3d1e", "#7d8a90", "#c9a24b"]
    same = apart(["#1f2a30"] * 4 + ["no colour"])
    light = sorted(lightness(ImageColor.getrgb(each)[:3]) for each in same[:4])
    assert all(other - one >= STEP for one, other in pairwise(light))
    assert (same[0], same[4]) == ("#1f2a30", "no colour")
    assert lightness(ImageColor.getrgb(apart(["white"])[0])[:3]) <= 90


def test_midway_and_paler() -> None:
    found = {
        round(lightness(ImageColor.getrgb(midway(c))[:3])) for c in ("black", "white", "#9c3d1e")
    }
    assert max(found) - min(found) <= 1
    assert paler("#000000", 0.5) == "#808080"
    assert paler("no colour", 0.5) == "no colour"
    assert paler("#123456", 0) == "#123456"
