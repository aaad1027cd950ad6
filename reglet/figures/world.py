"""The world's countries: a window in degrees in, what is seen of their areas and borders out."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise

FILE = "world-50m.json.gz"

Point = tuple[float, float]  # longitude and latitude, or x and y
Box = tuple[float, float, float, float]  # west, south, east, north; or left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Country:
    """A country, its code of ISO 3166 (or none) and its rings; a ring within a ring is a hole."""

    code: str
    name: str
    rings: Sequence[Sequence[Point]]


@dataclass(frozen=True, slots=True)
class World:
    """All countries, the lines that two of them share, and those that part land from sea."""

    countries: Sequence[Country]
    borders: Sequence[Sequence[Point]]
    coasts: Sequence[Sequence[Point]]


@lru_cache(maxsize=1)
def world() -> World:
    """Read the countries that reglet brings along."""
    data = json.loads(gzip.decompress((files("reglet.figures") / FILE).read_bytes()))
    (across, up), (left, low) = data["scale"], data["translate"]
    arcs: list[list[Point]] = []
    for steps in data["arcs"]:
        places = zip(accumulate(steps[::2]), accumulate(steps[1::2]), strict=True)
        arcs.append([(x * across + left, y * up + low) for x, y in places])
    counted = Counter(
        number if number >= 0 else ~number
        for country in data["countries"]
        for ring in country["rings"]
        for number in ring
    )
    countries = [
        Country(each["code"], each["name"], [_ring(arcs, ring) for ring in each["rings"]])
        for each in data["countries"]
    ]
    shared = [arc for number, arc in enumerate(arcs) if counted[number] > 1]
    lone = [arc for number, arc in enumerate(arcs) if counted[number] == 1]
    return World(countries, shared, lone)


def _ring(arcs: Sequence[Sequence[Point]], numbers: Sequence[int]) -> list[Point]:
    """Join arcs to a ring; a number below nought is an arc turned round."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def meets(points: Sequence[Point], window: Box) -> bool:
    """Tell whether a line's own box and the window have anything in common."""
    west, south, east, north = window
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south


def area_within(ring: Sequence[Point], window: Box) -> list[Point]:
    """Return the part of a ring's area within a window (Sutherland and Hodgman)."""
    points = list(ring)
    for axis, bound, sign in _edges(window):
        kept: list[Point] = []
        for one, other in pairwise([*points[-1:], *points]):
            inside = [sign * (point[axis] - bound) >= 0 for point in (one, other)]
            if inside[0] != inside[1]:
                kept.append(_crossing(one, other, axis, bound))
            if inside[1]:
                kept.append(other)
        points = kept
    return points


def lines_within(line: Sequence[Point], window: Box) -> Iterator[list[Point]]:
    """Return the parts of a line within a window."""
    part: list[Point] = []
    for one, other in pairwise(line):
        cut = _segment_within(one, other, window)
        if cut is None or (part and cut[0] != part[-1]):
            yield from [part] if part else []
            part = []
        if cut is not None:
            part = [*part, cut[1]] if part else list(cut)
    yield from [part] if part else []


def _segment_within(one: Point, other: Point, window: Box) -> tuple[Point, Point] | None:
    for axis, bound, sign in _edges(window):
        inside = [sign * (point[axis] - bound) >= 0 for point in (one, other)]
        if not any(inside):
            return None
        if not inside[0]:
            one = _crossing(one, other, axis, bound)
        if not inside[1]:
            other = _crossing(one, other, axis, bound)
    return one, other


def _edges(window: Box) -> tuple[tuple[int, float, int], ...]:
    west, south, east, north = window
    return ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1))


def _crossing(one: Point, other: Point, axis: int, bound: float) -> Point:
    part = (bound - one[axis]) / (other[axis] - one[axis])
    along = one[1 - axis] + part * (other[1 - axis] - one[1 - axis])
    return (bound, along) if axis == 0 else (along, bound)


def spans(rings: Sequence[Sequence[Point]], y: float) -> list[Point]:
    """Return from where to where a level line runs within an area."""
    crossings = sorted(
        one[0] + (y - one[1]) / (other[1] - one[1]) * (other[0] - one[0])
        for ring in rings
        for one, other in pairwise([*ring, *ring[:1]])
        if (one[1] <= y) != (other[1] <= y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def holds(rings: Sequence[Sequence[Point]], point: Point) -> bool:
    """Tell whether a point lies within an area."""
    return any(start <= point[0] <= end for start, end in spans(rings, point[1]))
