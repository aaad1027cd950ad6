"""Operators of a PDF's page in, the colours of its text and of what is below it out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name

from reglet.speak.operators import names, numbers

Colour = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""

Area = tuple[float, float, float, float]
"""Left, bottom, right, top, in pt."""

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)

_INFINITE = float("inf")
_EVERYWHERE: Area = (-_INFINITE, -_INFINITE, _INFINITE, _INFINITE)
_COMPONENTS = {"g": 1, "rg": 3, "k": 4}
_SPACES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4, "/CalGray": 1, "/CalRGB": 3}
_FILLS = ("f", "F", "f*", "B", "B*", "b", "b*")
_VALUES = {"re": 4, "m": 2, "l": 2, "c": 6, "v": 4, "y": 4}  # of operators that draw paths


@dataclass(frozen=True, slots=True)
class Ink:
    """What fills shapes and letters; `colour` is None where it cannot be told, as of a pattern."""

    colour: Colour | None = BLACK
    opacity: float = 1.0
    components: int = 1  # of the colour space; 0 for one that is not read
    clip: Area = _EVERYWHERE

    def taking(self, operator: str, operands: str, resources: pikepdf.Object) -> "Ink":
        """Return the ink after an operator."""
        if operator in _COMPONENTS:
            count = _COMPONENTS[operator]
            return replace(self, components=count, colour=_colour(operands, count))
        if operator == "cs" and operands:
            count = _counted(names(operands), resources)
            return replace(self, components=count, colour=BLACK if count else None)
        if operator in ("sc", "scn"):
            return replace(self, colour=_colour(operands, self.components))
        if operator == "gs" and operands:
            states = resources.get("/ExtGState") if isinstance(resources, Dictionary) else None
            named = next(iter(names(operands)), "")
            state = states.get(named) if named and isinstance(states, Dictionary) else None
            if isinstance(state, Dictionary) and "/ca" in state:
                return replace(self, opacity=float(state["/ca"]))
        return self


@dataclass(frozen=True, slots=True)
class _Fill:
    areas: tuple[Area, ...]
    ink: Ink
    odd: bool  # where areas overlap an even number of times, nothing is filled

    def covers(self, right: float, up: float) -> bool:
        if not _within(self.ink.clip, right, up):
            return False
        if len(self.areas) == 1:  # as nearly all have
            return _within(self.areas[0], right, up)
        found = sum(_within(area, right, up) for area in self.areas)
        return found % 2 == 1 if self.odd else found > 0


@dataclass(slots=True)
class Ground:
    """What a page has painted so far."""

    fills: list[_Fill] = field(default_factory=list)
    path: list[Area] = field(default_factory=list)
    clips: bool = False  # the path being drawn is to be a clip

    def take(self, operator: str, operands: str, matrix: Matrix) -> bool:
        """Follow an operator that draws a path; tell whether it was one."""
        if operator in ("W", "W*"):
            self.clips = True
            return True
        count = _VALUES.get(operator)
        if count is None:
            return False
        given = numbers(operands)
        if len(given) == count and operator == "re":
            left, low, wide, high = given
            self.path.append(_area(matrix, [(left, low), (left + wide, low + high)]))
        elif len(given) == count:
            self._draw(_area(matrix, [(given[-2], given[-1])]), operator)
        return True

    def _draw(self, point: Area, operator: str) -> None:
        """Keep of lines and curves the area that they are within."""
        if operator == "m" or not self.path:
            self.path.append(point)
        else:
            self.path[-1] = _around([self.path[-1], point])

    def end(self, operator: str, ink: Ink) -> Ink:
        """Fill the path, where the operator does, and return the ink with what it clips."""
        if operator in _FILLS and self.path:
            self.fills.append(_Fill(tuple(self.path), ink, odd="*" in operator))
        if self.clips and self.path:
            ink = replace(ink, clip=_common(ink.clip, _around(self.path)))
        self.path, self.clips = [], False
        return ink

    def cover(self, matrix: Matrix, ink: Ink) -> None:
        """Note a picture, whose colours are not read."""
        area = _area(matrix, [(0, 0), (1, 1)])
        self.fills.append(_Fill((area,), replace(ink, colour=None), odd=False))

    def at(self, right: float, up: float) -> Colour | None:
        """Return the colour at a place; None where it cannot be told."""
        above: list[Ink] = []
        found: Colour = WHITE
        for fill in reversed(self.fills):
            if not fill.covers(right, up):
                continue
            if fill.ink.colour is None:
                return None
            if fill.ink.opacity == 1:
                found = fill.ink.colour
                break
            above.append(fill.ink)
        for ink in reversed(above):
            found = over(ink, found)
        return found


PATH_ENDS = (*_FILLS, "n", "S", "s")


def over(ink: Ink, ground: Colour) -> Colour:
    """Return the colour of an ink, which must have one, on another."""
    top = ink.colour or BLACK
    if ink.opacity == 1:
        return top
    r, g, b = (ink.opacity * a + (1 - ink.opacity) * b for a, b in zip(top, ground, strict=True))
    return r, g, b


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour(operands: str, count: int) -> Colour | None:
    given = numbers(operands)
    if count not in _COMPONENTS.values() or len(given) != count:
        return None
    parts = [min(max(value, 0.0), 1.0) for value in given]
    if count == 1:
        return parts[0], parts[0], parts[0]
    if count == 4:
        c, m, y, k = parts
        return 1 - min(1.0, c + k), 1 - min(1.0, m + k), 1 - min(1.0, y + k)
    return parts[0], parts[1], parts[2]


def _counted(given: Sequence[str], resources: pikepdf.Object) -> int:
    """Count the components of a named colour space that is grey, RGB or CMYK; else return 0."""
    name = next(iter(given), "")
    if name in _SPACES or not name:
        return _SPACES.get(name, 0)
    spaces = resources.get("/ColorSpace") if isinstance(resources, Dictionary) else None
    space = spaces.get(name) if isinstance(spaces, Dictionary) else None
    if isinstance(space, Array) and len(space) > 1 and space[0] == Name.ICCBased:
        return int(space[1].get("/N", 0))
    if isinstance(space, Array) and len(space):
        space = space[0]
    return _SPACES.get(str(space), 0) if isinstance(space, Name) else 0


def _area(matrix: Matrix, points: Sequence[tuple[float, float]]) -> Area:
    placed = [matrix.transform(point) for point in _corners(points)]
    across, along = [float(x) for x, _ in placed], [float(y) for _, y in placed]
    return min(across), min(along), max(across), max(along)


def _corners(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    for x, _ in points:
        yield from ((x, y) for _, y in points)


def _around(areas: Sequence[Area]) -> Area:
    lefts, lows, rights, tops = zip(*areas, strict=True)
    return min(lefts), min(lows), max(rights), max(tops)


def _common(one: Area, other: Area) -> Area:
    return (
        max(one[0], other[0]), max(one[1], other[1]),
        min(one[2], other[2]), min(one[3], other[3]),
    )  # fmt: skip


def _within(area: Area, right: float, up: float) -> bool:
    return area[0] <= right <= area[2] and area[1] <= up <= area[3]
