"""Names and numbers in, the geometry of stacked bars out: parts of a whole, and the whole."""

from collections.abc import Callable, Sequence

from reglet.figures.canvas import WIDTH, Geometry, Items, Series, drawing, legend, tenth
from reglet.figures.chart import GAP, bar, group_height, name_at, name_column, number_room

THICK = 13.0  # of a bar
PARTING = 0.8  # between the parts of a bar


def stacked_geometry(
    names: Sequence[str],
    series: Sequence[Series],
    write: Callable[[float], str],
    *,
    rtl: bool = False,
) -> Geometry:
    """Place a bar for each name, made of a part for each series, with the total at its end."""
    lines, axis = name_column(names)
    rows = [[one.values[index] or 0.0 for one in series] for index in range(len(names))]
    totals = [sum(row) for row in rows]
    scale = (WIDTH - axis - number_room(totals, write)) / (max(totals, default=0) or 1)
    keys, above = legend([one.title for one in series])
    top = above or 2.0
    parts: Items = []
    labels: Items = []
    for group, row, total in zip(lines, rows, totals, strict=True):
        height = group_height(group, 1, THICK)
        labels.append(name_at(group, axis, top + height / 2))
        y = top + (height - THICK) / 2
        parts += _parts(row, scale, axis, y)
        parts.append({**bar(axis, y, total * scale, THICK), "series": -1, "text": write(total)})
        top += height + GAP
    height = top - GAP + 2.0 if lines else top
    axes: Items = [{"x": axis, "y1": above and above - 4, "y2": tenth(height)}]
    return drawing(height, rtl=rtl, labels=labels, bars=parts, legend=keys, axes=axes)


def _parts(row: Sequence[float], scale: float, axis: float, y: float) -> Items:
    """Place the parts of one bar, end to end; what is nothing has none."""
    parts: Items = []
    start = axis
    for number, value in enumerate(row):
        length = value * scale
        if value:
            placed = bar(tenth(start), y, max(length - PARTING, 0.3), THICK)
            parts.append({**placed, "series": number, "text": ""})
        start += length
    return parts
