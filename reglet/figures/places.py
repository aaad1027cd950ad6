"""Room on a map: words for places and countries in, a spot for each out, none upon another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reglet.figures.canvas import DROP, LINE, breadth
from reglet.figures.world import Box, Point, spans

AWAY = 5.5  # of words from the middle of a place's mark
EDGE = 3.0  # of words from the edge of the map, and from borders
CLEAR = 10.0  # of a country's name from all other words, where there is room
LEVELS = 48  # heights at which a country's name is tried
SPACED = 0.8  # between the letters of a country's name
_TURNS = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where words stand: the side of them that is at `x`, and the middle of their first line."""

    x: float
    y: float
    side: str  # "left", "right" or "middle"


@dataclass(slots=True)
class Room:
    """What is taken on a map, from what is `frame`; borders are best left uncovered."""

    frame: Box
    border: Sequence[Point] = ()
    taken: list[Box] = field(default_factory=list)

    def mark(self, x: float, y: float, size: float) -> None:
        """Take the room of a mark."""
        self.taken.append((x - size, y - size, x + size, y + size))

    def beside(self, x: float, y: float, lines: Sequence[str]) -> Spot:
        """Find the best spot for words beside a mark, and take it."""
        size = max(map(breadth, lines)), LINE * len(lines)
        tried = [_box(x, y, turn, size) for turn in _TURNS]
        number = min(range(len(tried)), key=lambda n: (self._cost(tried[n]), n))
        box, turn = tried[number], _TURNS[number]
        self.taken.append(box)
        first = (box[1] + box[3]) / 2 - LINE * (len(lines) - 1) / 2
        if turn[0] == 0:
            return Spot(x, first, "middle")
        return Spot(box[0], first, "left") if turn[0] > 0 else Spot(box[2], first, "right")

    def within(self, rings: Sequence[Sequence[Point]], words: str) -> Spot | None:
        """Find the roomiest spot for one line of words within an area, and take it."""
        wide = breadth(words) + SPACED * len(words) + 2 * EDGE
        half = LINE / 2 + 1
        for clear in (CLEAR, 0.0):
            if spot := self._roomiest(rings, wide, half, clear):
                box = (spot.x - wide / 2, spot.y - half, spot.x + wide / 2, spot.y + half)
                self.taken.append(box)
                return spot
        return None

    def _roomiest(
        self, rings: Sequence[Sequence[Point]], wide: float, half: float, clear: float
    ) -> Spot | None:
        ys = [y for ring in rings for _, y in ring]
        low, high = min(ys) + half, max(ys) - half
        best: tuple[float, Spot] | None = None
        for number in range(LEVELS if high > low else 0):
            y = low + (high - low) * number / (LEVELS - 1)
            for start, end in self._free(rings, y, half, clear):
                middle = abs(y - (low + high) / 2)
                score = min((end - start - wide) / 2, 40.0) - 0.3 * middle
                if end - start >= wide and (best is None or score > best[0]):
                    best = (score, Spot((start + end) / 2, y, "middle"))
        return best[1] if best else None

    def _cost(self, box: Box) -> float:
        left, top, right, bottom = self.frame
        out = box[0] < left + 1 or box[1] < top + 1 or box[2] > right - 1 or box[3] > bottom - 1
        over = sum(_common(box, other) for other in self.taken)
        crossed = sum(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in self.border)
        return round(1e6 * out + 1e3 * over + min(crossed, 20), 3)

    def _free(
        self, rings: Sequence[Sequence[Point]], y: float, half: float, clear: float
    ) -> Iterable[Point]:
        """Return where a band of an area is free, from where to where."""
        levels = [spans(rings, y + shift) for shift in (-half, -half / 2, 0.0, half / 2, half)]
        free = levels[0]
        for more in levels[1:]:
            free = [(max(a, c), min(b, d)) for a, b in free for c, d in more]
        for box in self.taken:
            if box[1] < y + half + clear and box[3] > y - half - clear:
                free = [
                    part
                    for start, end in free
                    for part in (
                        (start, min(end, box[0] - clear)),
                        (max(start, box[2] + clear), end),
                    )
                ]
        return [(start, end) for start, end in free if end > start]


def _box(x: float, y: float, turn: tuple[int, int], size: tuple[float, float]) -> Box:
    """Return the room of words on one side of a mark."""
    wide, high = size
    away = AWAY if turn[1] == 0 else AWAY - 2 if turn[0] else 0.0
    left = x + away if turn[0] > 0 else x - away - wide if turn[0] else x - wide / 2
    lift = 0.0 if turn[0] == 0 else high / 2 - LINE / 4
    top = y - high / 2 + turn[1] * ((high / 2 + AWAY) if turn[0] == 0 else high - lift)
    return (left, top, left + wide, top + high)


def _common(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def baseline(spot: Spot, line: int = 0) -> float:
    """Return where the letters of a line of words stand."""
    return spot.y + DROP + LINE * line
