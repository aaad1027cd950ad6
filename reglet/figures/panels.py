"""Names and numbers in, bars in several panels out: one scale for all, the names at the left."""

from collections.abc import Callable, Mapping, Sequence
from math import ceil

from reglet.figures.canvas import (
    LINE,
    WIDTH,
    Geometry,
    Items,
    Series,
    drawing,
    legend,
    tenth,
    word,
    wrapped,
)
from reglet.figures.chart import GAP, THIN, bar, group_height, name_at, name_column, number_room

BESIDE = 4  # panels in a row at most
NARROWEST = 78.0  # that a panel may be
BETWEEN = 12.0
BELOW = 18.0  # between rows of panels
MOST_NAME = 0.3 * WIDTH


def bar_panels(
    names: Sequence[str],
    panels: Mapping[str, Sequence[Series]],
    write: Callable[[float], str],
    *,
    rtl: bool = False,
) -> Geometry:
    """Place panels of bars side by side; each has all names, and the same scale."""
    lines, axis = name_column(names, MOST_NAME)
    fitting = int((WIDTH - axis + BETWEEN) / (NARROWEST + BETWEEN))
    rows = ceil(len(panels) / min(BESIDE, fitting))
    beside = ceil(len(panels) / rows)
    wide = (WIDTH - axis - BETWEEN * (beside - 1)) / beside
    numbers = [v for series in panels.values() for one in series
               for v in one.values if v is not None]  # fmt: skip
    scale = (wide - number_room(numbers, write)) / (max(numbers, default=0) or 1)
    titles = [one.title for one in next(iter(panels.values()))]
    keys, top = legend(titles)
    thick = 11.0 if len(titles) == 1 else THIN
    groups: dict[str, Items] = {"legend": keys, "labels": [], "bars": [], "axes": [], "titles": []}
    listed = list(panels.items())
    for start in range(0, len(listed), beside):
        row = listed[start : start + beside]
        heads = [wrapped(title, wide) for title, _ in row]
        head = top + LINE * max(map(len, heads)) + 4.0
        places, foot = _places(lines, len(titles), thick, head)
        groups["labels"] += [
            name_at(group, axis, middle) for group, middle in zip(lines, places, strict=True)
        ]
        for number, ((_, series), words) in enumerate(zip(row, heads, strict=True)):
            x = tenth(axis + number * (wide + BETWEEN))
            high = head - 4.0 - LINE * len(words)
            groups["titles"] += [
                word(x, high + LINE * (n + 1) - 3, text) for n, text in enumerate(words)
            ]
            groups["axes"].append({"x": x, "y1": tenth(head), "y2": tenth(foot)})
            groups["bars"] += _bars(series, places, (x, scale, thick), write)
        top = foot + BELOW
    return drawing(top - BELOW, rtl=rtl, **groups)


def _places(
    lines: Sequence[Sequence[str]], bars: int, thick: float, top: float
) -> tuple[list[float], float]:
    """Return the middle of each group of bars, and where the last of them ends."""
    places = []
    y = top + 2.0
    for group in lines:
        height = group_height(group, bars, thick)
        places.append(y + height / 2)
        y += height + GAP - 3
    return places, y - GAP + 5


def _bars(
    series: Sequence[Series],
    places: Sequence[float],
    measures: tuple[float, float, float],
    write: Callable[[float], str],
) -> Items:
    """Place the bars of one panel."""
    axis, scale, thick = measures
    bars: Items = []
    for number, one in enumerate(series):
        for middle, value in zip(places, one.values, strict=True):
            if value is not None:
                y = middle - thick * len(series) / 2 + number * thick
                placed = bar(axis, y, value * scale, thick)
                bars.append({**placed, "series": number, "text": write(value)})
    return bars
