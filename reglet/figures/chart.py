"""Names and numbers in, the geometry of a bar chart out, in pt; a theme's template draws it."""

from collections.abc import Callable, Sequence

from reglet.figures.canvas import (
    DROP,
    LETTER,
    LINE,
    PAD,
    WIDTH,
    Geometry,
    Items,
    Series,
    drawing,
    legend,
    tenth,
    wrapped,
)

MOST_LABEL = 0.42 * WIDTH  # for the names
THICK = {1: 12.0, 2: 9.0}  # of a bar, by the number of series
THIN = 9.2  # of each of more, which a number stands beside
GAP = 9.0  # between groups


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
    lines, axis = name_column(names)
    numbers = [value for one in series for value in one.values if value is not None]
    scale = (WIDTH - axis - number_room(numbers, write)) / (max(numbers, default=0) or 1)
    keys, above = legend([one.title for one in series])
    top, thick = above or 2.0, THICK.get(len(series), THIN)
    bars: Items = []
    labels: Items = []
    for index, group in enumerate(lines):
        height = group_height(group, len(series), thick)
        labels.append(name_at(group, axis, top + height / 2))
        first = top + (height - thick * len(series)) / 2
        for number, value in enumerate(one.values[index] for one in series):
            if value is not None:
                placed = bar(axis, first + number * thick, value * scale, thick)
                bars.append({**placed, "series": number, "text": write(value)})
        top += height + GAP
    height = top - GAP + 2.0 if lines else top
    axes: Items = [{"x": axis, "y1": above and above - 4, "y2": tenth(height)}]
    groups = {"labels": labels, "bars": bars, "legend": keys, "axes": axes, "titles": []}
    return drawing(height, rtl=rtl, **groups)


def name_column(names: Sequence[str], most: float = MOST_LABEL) -> tuple[list[list[str]], float]:
    """Break names into lines, and say where the axis beside them stands."""
    lines = [wrapped(name, int(most / LETTER), len) for name in names]
    wide = max((len(line) for group in lines for line in group), default=0) * LETTER + PAD
    return lines, tenth(min(wide, most + PAD))


def number_room(numbers: Sequence[float], write: Callable[[float], str]) -> float:
    """Return the width that the longest number takes at the end of a bar."""
    return max((len(write(value)) for value in numbers), default=1) * LETTER + PAD


def group_height(lines: Sequence[str], bars: int, thick: float) -> float:
    """Return how high a group of bars is with its name."""
    return max(thick * bars, LINE * len(lines))


def name_at(lines: Sequence[str], axis: float, middle: float) -> Geometry:
    """Place the name of a group of bars at its axis."""
    first = middle - LINE * (len(lines) - 1) / 2 + DROP
    rows = [{"text": line, "y": tenth(first + LINE * n)} for n, line in enumerate(lines)]
    return {"x": tenth(axis - PAD), "anchor": "end", "lines": rows}


def bar(axis: float, y: float, length: float, thick: float) -> Geometry:
    """Place a bar and the words at its end."""
    return {
        "x": axis,
        "y": tenth(y),
        "width": tenth(length),
        "height": thick - 1.0,
        "text_x": tenth(axis + length + PAD / 1.5),
        "text_y": tenth(y + (thick - 1.0) / 2 + DROP),
        "anchor": "start",
    }
