"""Names and numbers in, the geometry of a bar chart out, in pt; a theme's template draws it.

Nothing here knows a font or a colour: widths of words are estimated from their length.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH = 340.0  # of the drawing
SIZE = 9.0  # of its letters
LETTER = 0.52 * SIZE  # width of a letter on average, generously
LINE = 11.5  # from one line of a name to the next
MOST_LABEL = 0.42 * WIDTH  # for the names
THICK = {1: 12.0, 2: 9.0}  # of a bar, by the number of series
GAP = 9.0  # between groups
LEGEND = 20.0  # height of the line that names the series
PAD = 6.0  # between words and what they belong to


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one colour; None where there is none to draw."""

    title: str
    values: Sequence[float | None]


Geometry = dict[str, object]


def bar_geometry(
    names: Sequence[str],
    series: Sequence[Series],
    write: Callable[[float], str],
    *,
    rtl: bool = False,
) -> Geometry:
    """Place horizontal bars, a group for each name and a bar for each series.

    `write` words a number. With `rtl` the names stand at the right and bars grow to the left.
    """
    lines = [_wrapped(name, int(MOST_LABEL / LETTER)) for name in names]
    label = max((len(line) for group in lines for line in group), default=0) * LETTER + PAD
    numbers = [value for one in series for value in one.values if value is not None]
    room = max((len(write(value)) for value in numbers), default=1) * LETTER + PAD
    axis = round(min(label, MOST_LABEL + PAD), 1)
    scale = (WIDTH - axis - room) / (max(numbers, default=0) or 1)
    top = LEGEND if len(series) > 1 else 2.0
    thick = THICK.get(len(series), 7.0)
    bars, labels = [], []
    for index, group in enumerate(lines):
        height = max(thick * len(series), LINE * len(group))
        first = top + (height - thick * len(series)) / 2
        labels.append(_label(group, axis, top + height / 2))
        for number, value in enumerate(one.values[index] for one in series):
            if value is not None:
                bar = _bar(axis, first + number * thick, value * scale, thick)
                bars.append({**bar, "series": number, "text": write(value)})
        top += height + GAP
    height = round(top - GAP + 2.0, 1) if lines else top
    geometry: Geometry = {"width": WIDTH, "height": height, "axis": axis, "size": SIZE, "rtl": rtl}
    geometry |= {"labels": labels, "bars": bars, "legend": _legend(series, axis)}
    return _mirrored(geometry) if rtl else geometry


def _wrapped(name: str, most: int) -> list[str]:
    """Break a name into lines of at most `most` letters where its spaces allow it."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _label(lines: Sequence[str], axis: float, middle: float) -> Geometry:
    first = middle - LINE * (len(lines) - 1) / 2 + 0.34 * SIZE
    rows = [{"text": line, "y": round(first + LINE * n, 1)} for n, line in enumerate(lines)]
    return {"x": round(axis - PAD, 1), "anchor": "end", "lines": rows}


def _bar(axis: float, y: float, length: float, thick: float) -> Geometry:
    return {
        "x": axis,
        "y": round(y, 1),
        "width": round(length, 1),
        "height": thick - 1.0,
        "text_x": round(axis + length + PAD / 1.5, 1),
        "text_y": round(y + (thick - 1.0) / 2 + 0.34 * SIZE, 1),
        "anchor": "start",
    }


def _legend(series: Sequence[Series], axis: float) -> list[Geometry]:
    """Place a square and a name for each series, where there are several."""
    legend: list[Geometry] = []
    x = axis
    for number, one in enumerate(series if len(series) > 1 else ()):
        legend.append(
            {
                "x": round(x, 1),
                "text_x": round(x + 11, 1),
                "series": number,
                "text": one.title,
                "anchor": "start",
            }
        )
        x += 11 + len(one.title) * LETTER + 2 * PAD
    return legend


def _mirrored(geometry: Geometry) -> Geometry:
    """Turn a drawing round for a script that runs from right to left.

    There the start of a text is its right end, so that anchors stay as they are.
    """

    def turned(item: Geometry, breadth: float) -> Geometry:
        changed = {"x": round(WIDTH - float(str(item["x"])) - breadth, 1)}
        if "text_x" in item:
            changed["text_x"] = round(WIDTH - float(str(item["text_x"])), 1)
        return {**item, **changed}

    def group(key: str) -> list[Geometry]:
        items = geometry[key]
        return items if isinstance(items, list) else []

    return {
        **geometry,
        "axis": round(WIDTH - float(str(geometry["axis"])), 1),
        "labels": [turned(item, 0) for item in group("labels")],
        "bars": [turned(item, float(str(item["width"]))) for item in group("bars")],
        "legend": [turned(item, 8) for item in group("legend")],
    }
