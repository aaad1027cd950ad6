"""Places in, the geometry of a locator map out: land, sea, borders, names and a scale.

The projection is equirectangular: its standard parallel is the map's middle latitude, at which the
scale is true in all directions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, floor, log10, radians

from reglet.figures.canvas import (
    DROP,
    LINE,
    PAD,
    WIDTH,
    Geometry,
    Items,
    breadth,
    drawing,
    legend,
    mirrored,
    rule,
    tenth,
    word,
    wrapped,
)
from reglet.figures.places import Room, Spot, baseline
from reglet.figures.world import (
    Box,
    Country,
    Point,
    area_within,
    holds,
    lines_within,
    meets,
    world,
)

KILOMETRES = 111.195  # of a degree of latitude, on a globe of 6371 km
LOWEST, HIGHEST = 0.45, 1.1  # height of a map, in its widths
MOST_NAME = 96.0  # in a line of a place's name
NEAR = 0.4  # points of a line nearer than this to the last are left out
DOT = 3.4
ROUND = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Place:
    """What is marked on a map, and the number of its kind."""

    name: str
    lat: float
    lon: float
    kind: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """The language of a map: names of countries, distances, kinds of places, its direction."""

    name_of: Callable[[Country], str]
    kilometres: Callable[[float], str]
    kinds: Sequence[str] = ()
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A window in degrees as a rectangle of points."""

    window: Box

    @property
    def scale(self) -> float:
        """Return the points of a degree of latitude."""
        west, south, east, north = self.window
        return WIDTH / ((east - west) * cos(radians((south + north) / 2)))

    @property
    def height(self) -> float:
        """Return the height of the map."""
        return tenth((self.window[3] - self.window[1]) * self.scale)

    def at(self, point: Point) -> Point:
        """Return where a longitude and a latitude are."""
        west, _, east, north = self.window
        x = (point[0] - west) / (east - west) * WIDTH
        return tenth(x), tenth((north - point[1]) * self.scale)

    def line(self, points: Sequence[Point]) -> list[Point]:
        """Return where a line is, without points that cannot be told from the last."""
        kept: list[Point] = []
        placed = [self.at(point) for point in points]
        for number, (x, y) in enumerate(placed):
            last = number == len(placed) - 1
            if not kept or last or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= NEAR:
                kept.append((x, y))
        return kept


def window_round(places: Sequence[Place]) -> Box:
    """Return a window with a wide margin round places."""
    lons, lats = [place.lon for place in places], [place.lat for place in places]
    margin = max(0.6 * max(max(lons) - min(lons), max(lats) - min(lats)), 3.0)
    return (min(lons) - margin, min(lats) - margin, max(lons) + margin, max(lats) + margin)


def fitted(window: Box) -> Box:
    """Widen a window that is too low or too high for a page, and keep it on the globe."""
    west, south, east, north = window
    south, north = max(south, -85.0), min(north, 85.0)
    parallel = cos(radians((south + north) / 2))
    wide, high = (east - west) * parallel, north - south
    more = max(LOWEST * wide - high, 0.0) / 2
    south, north = max(south - more, -85.0), min(north + more, 85.0)
    across = max(high / HIGHEST - wide, 0.0) / 2 / parallel
    return (max(west - across, -180.0), south, min(east + across, 180.0), north)


def map_geometry(places: Sequence[Place], window: Box, words: Words) -> Geometry:
    """Draw a window of the world with places marked and named."""
    frame = Frame(fitted(window))
    countries = _countries(frame)
    borders, coasts = _lines(frame, world().borders), _lines(frame, world().coasts)
    room = Room((0.0, 0.0, WIDTH, frame.height), [point for line in borders for point in line])
    marked = [(place, *frame.at((place.lon, place.lat))) for place in places]
    for _, x, y in marked:
        room.mark(x, y, DOT)
    names: Items = []
    for place, x, y in marked:
        lines = wrapped(place.name, MOST_NAME)
        names += _name(room.beside(x, y, lines), lines, "strong", rtl=words.rtl)
    for country, rings in countries:
        name = words.name_of(country)
        spot = room.within(rings, name) if name else None
        names += _name(spot, [name], "country", rtl=words.rtl) if spot else []
    foot = _foot(frame, words)
    groups = mirrored(foot) if words.rtl else foot
    groups["words"] = [*names, *_items(groups["words"])]
    groups["marks"] = [{"x": x, "y": y, "series": place.kind} for place, x, y in marked]
    groups |= {"areas": _areas(countries, marked), "map": frame.height}
    groups |= {"borders": [_path(line) for line in borders]}
    groups |= {"coasts": [_path(line) for line in coasts]}
    return {**groups, "rtl": words.rtl}


def shown(places: Sequence[Place], window: Box) -> list[Country]:
    """Return the countries of a map, those with places in them first."""
    frame = Frame(fitted(window))
    points = [frame.at((place.lon, place.lat)) for place in places]
    found = _countries(frame)
    found.sort(key=lambda each: not any(holds(each[1], point) for point in points))
    return [country for country, _ in found]


def _items(value: object) -> Items:
    return value if isinstance(value, list) else []


def _countries(frame: Frame) -> list[tuple[Country, list[list[Point]]]]:
    """Return the countries in a window, and what is seen of each."""
    found = []
    for country in world().countries:
        near = (ring for ring in country.rings if meets(ring, frame.window))
        rings = [frame.line(part) for ring in near if (part := area_within(ring, frame.window))]
        rings = [ring for ring in rings if len(ring) > 2]
        if rings:
            found.append((country, rings))
    return found


def _lines(frame: Frame, lines: Sequence[Sequence[Point]]) -> list[list[Point]]:
    near = (line for line in lines if meets(line, frame.window))
    parts = (frame.line(part) for line in near for part in lines_within(line, frame.window))
    return [part for part in parts if len(part) > 1]


def _path(points: Sequence[Point], end: str = "") -> str:
    """Write a line as SVG has it."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + end


def _areas(
    countries: Sequence[tuple[Country, list[list[Point]]]],
    marked: Sequence[tuple[Place, float, float]],
) -> dict[str, str]:
    """Draw the sea, as what is left of the map, and the countries in which no place is."""
    land = "".join(_path(ring, "z") for _, rings in countries for ring in rings)
    others = "".join(
        _path(ring, "z")
        for _, rings in countries
        if not any(holds(rings, (x, y)) for _, x, y in marked)
        for ring in rings
    )
    return {"land": land, "others": others}


def _name(spot: Spot, lines: Sequence[str], tone: str, *, rtl: bool) -> Items:
    """Write a name where there is room; text that runs to the left begins at its right."""
    anchors = {"left": "start", "right": "end", "middle": "middle"}
    if rtl:
        anchors |= {"left": "end", "right": "start"}
    return [
        word(spot.x, baseline(spot, n), line, anchors[spot.side], tone)
        for n, line in enumerate(lines)
    ]


def _foot(frame: Frame, language: Words) -> Geometry:
    """Draw the scale, and what the marks stand for, below the map."""
    most = 0.25 * WIDTH / frame.scale * KILOMETRES
    power = 10.0 ** floor(log10(most))
    round_one = max(part * power for part in ROUND if part * power <= most)
    distance = language.kilometres(round_one)
    long = round_one / KILOMETRES * frame.scale
    y = frame.height + 9.0
    keys, _ = legend(language.kinds, long + breadth(distance) + 4 * PAD)
    for key in keys:
        rows = float(str(key["y"])) - 2.0
        key |= {"y": tenth(y - 4.0 + rows), "text_y": tenth(y + DROP + rows)}
    height = y + LINE / 2 + 1 + (float(str(keys[-1]["y"])) - y + 4.0 if keys else 0.0)
    ends = [rule(x, y - 2.5, x, y + 2.5, "axis") for x in (0.4, long - 0.4)]
    words = [word(long + PAD, y + DROP, distance, tone="muted")]
    rules = [rule(0, y, long, y, "axis"), *ends]
    return drawing(height, words=words, rules=rules, legend=keys)
