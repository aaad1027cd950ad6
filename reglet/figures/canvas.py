"""What all drawings are made of: words of estimated width, room between them, a legend, a mirror.

Nothing here knows a font or a colour. Every number of a drawing is rounded to a tenth of a point,
so that it is the same on all machines.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

WIDTH = 340.0  # of a drawing, in pt
SIZE = 9.0  # of its letters
LETTER = 0.52 * SIZE  # width of a letter on average, generously
LINE = 11.5  # from one line of words to the next
PAD = 6.0  # between words and what they belong to
DROP = 0.34 * SIZE  # from the middle of a line of words down to where its letters stand
SQUARE = 8.0  # side of what shows a colour in the legend
_WIDTHS = {
    " ": 0.21,
    **dict.fromkeys("ijltfrI.,:;'’|!()-·", 0.31),
    **dict.fromkeys("mwMWQO@%—", 0.84),
}

Geometry = dict[str, object]
Items = list[Geometry]


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one colour; None where there is none to draw."""

    title: str
    values: Sequence[float | None]


def breadth(words: str) -> float:
    """Estimate the width of words in a drawing, generously."""
    return SIZE * sum(_WIDTHS.get(c, 0.62 if c.isupper() else 0.53) for c in words)


def wrapped(words: str, most: float, measure: Callable[[str], float] = breadth) -> list[str]:
    """Break words into lines of at most `most`, in pt or letters, where spaces allow it."""
    lines: list[str] = []
    for word in words.split():
        if lines and measure(f"{lines[-1]} {word}") <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def tenth(value: float) -> float:
    """Round to a tenth of a point; there is no nought below nought."""
    return round(value, 1) + 0.0


def word(x: float, y: float, text: str, anchor: str = "start", tone: str = "") -> Geometry:
    """Place words; `tone` is "strong", "muted" or nothing."""
    return {"x": tenth(x), "y": tenth(y), "text": text, "anchor": anchor, "tone": tone, "tail": ""}


def rule(x1: float, y1: float, x2: float, y2: float, tone: str = "light") -> Geometry:
    """Place a line from one point to another; `tone` is "light", "leader" or "axis"."""
    return {"x1": tenth(x1), "y1": tenth(y1), "x2": tenth(x2), "y2": tenth(y2), "tone": tone}


def spread(wanted: Sequence[float], room: Sequence[float], low: float, high: float) -> list[float]:
    """Move middles apart, in their order, until each has its room, and no further than need be.

    All stay between `low` and `high` if that has room for all.
    """
    if not wanted:
        return []
    steps = [(one + other) / 2 for one, other in pairwise(room)]
    offsets = list(accumulate(steps, initial=0.0))
    pools: list[tuple[float, int]] = []  # sums, and of how many
    for place, offset in zip(wanted, offsets, strict=True):
        pools.append((place - offset, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            (total, count), (before, more) = pools.pop(), pools.pop()
            pools.append((total + before, count + more))
    evened = [total / count for total, count in pools for _ in range(count)]
    least, most = low + room[0] / 2, high - room[-1] / 2 - offsets[-1]
    return [
        max(least, min(most, place)) + offset for place, offset in zip(evened, offsets, strict=True)
    ]


def legend(titles: Sequence[str], left: float = 0.0) -> tuple[Items, float]:
    """Place a square and a name for each of several series; return the height they take too."""
    items: Items = []
    x, y = left, 2.0
    for number, title in enumerate(titles if len(titles) > 1 else ()):
        wide = SQUARE + 3 + breadth(title)
        if x > left and x + wide > WIDTH:
            x, y = left, y + LINE + 1
        place = {"x": tenth(x), "y": y, "width": SQUARE, "text_x": tenth(x + SQUARE + 3)}
        words = {"text_y": tenth(y + 7.2), "text": title, "anchor": "start"}
        items.append({**place, **words, "series": number})
        x += wide + 1.5 * PAD
    return items, y + 18.0 if items else 0.0


def mirrored(geometry: Geometry) -> Geometry:
    """Turn a drawing round for a script that runs from right to left.

    There the start of a text is its right end, so that anchors stay as they are.
    """
    turned = {
        key: [_turned(item) for item in value] if isinstance(value, list) else value
        for key, value in geometry.items()
    }
    return {**turned, "rtl": True}


def _turned(item: Geometry) -> Geometry:
    changed: Geometry = {}
    for key, value in item.items():
        if key in ("x", "x1", "x2", "text_x"):
            wide = float(str(item.get("width", 0))) if key == "x" else 0.0
            changed[key] = tenth(WIDTH - float(str(value)) - wide)
        elif key == "points" and isinstance(value, list):
            changed[key] = [[tenth(WIDTH - x), y] for x, y in value]
    return {**item, **changed}


def drawing(height: float, *, rtl: bool = False, **groups: Items) -> Geometry:
    """Put the groups of a drawing together, turned round where its script is."""
    geometry: Geometry = {"width": WIDTH, "height": tenth(height), "size": SIZE, "rtl": False}
    geometry |= groups
    return mirrored(geometry) if rtl else geometry
