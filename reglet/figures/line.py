"""Places on an axis and numbers in, the geometry of a line chart out; also in several panels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from reglet.figures.canvas import (
    DROP,
    LINE,
    PAD,
    WIDTH,
    Geometry,
    Items,
    Series,
    breadth,
    drawing,
    legend,
    rule,
    spread,
    tenth,
    word,
    wrapped,
)

HEIGHT = 150.0  # of a chart's axes
PANEL_HEIGHT = 84.0
PANELS_BESIDE = 3
BETWEEN = 16.0  # panels
MOST_END = 92.0  # for the names at the ends of lines
MARKED = 24  # points that a line has at most where each of them is marked
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
INSET = 4.0  # of the first point from the left, and of the last from the right

Write = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Across:
    """What stands below the lines: the place of each point, from 0 to 1, and a few words."""

    places: Sequence[float]
    ticks: Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle that lines are drawn in, and the numbers at its foot and its top."""

    left: float
    top: float
    width: float
    height: float
    low: float
    high: float

    def x(self, place: float) -> float:
        """Return where a place of the axis is."""
        return tenth(self.left + INSET + place * (self.width - 2 * INSET))

    def y(self, value: float) -> float:
        """Return where a number is."""
        part = (value - self.low) / ((self.high - self.low) or 1)
        return tenth(self.top + self.height * (1 - part))


def number_ticks(numbers: Sequence[float], most: int = 4) -> list[float]:
    """Return a few round numbers, from below the least to above the greatest.

    They begin at nought, unless all numbers are far from it beside what parts them.
    """
    low, high = min(numbers, default=0.0), max(numbers, default=0.0)
    if low > 0 and (low < 0.6 * high or low == high):
        low = 0.0
    high = high if high > low else low + 1.0
    power = 10.0 ** floor(log10((high - low) / most))
    for step in (part * power * scale for scale in (1, 10) for part in STEPS):
        first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
        if last - first <= most:
            return [round(number * step, 10) + 0.0 for number in range(first, last + 1)]
    return [low, high]


def line_geometry(
    across: Across, series: Sequence[Series], write: Write, *, rtl: bool = False
) -> Geometry:
    """Draw a line for each series, with its name and its last number at its end."""
    ticks = number_ticks([v for one in series for v in one.values if v is not None])
    left = max(breadth(write(tick)) for tick in ticks) + PAD
    ends = [_end_words(one, write) for one in series]
    right = max((breadth(text) for lines in ends for text in lines), default=0.0) + 2 * PAD
    frame = Frame(left, LINE, WIDTH - left - right, HEIGHT, ticks[0], ticks[-1])
    groups = _axes(frame, across, ticks, write, named=True)
    _add(groups, _lines(frame, across, series))
    _add(groups, _ends(frame, across, series, ends))
    return drawing(frame.top + HEIGHT + 18.0, rtl=rtl, legend=[], **groups)


def line_panels(
    across: Across,
    panels: Mapping[str, Sequence[Series]],
    write: Write,
    *,
    rtl: bool = False,
) -> Geometry:
    """Draw lines in a panel for each name, all on one scale."""
    rows = [one for series in panels.values() for one in series]
    ticks = number_ticks([v for one in rows for v in one.values if v is not None], 3)
    left = max(breadth(write(tick)) for tick in ticks) + PAD
    beside = ceil(len(panels) / ceil(len(panels) / PANELS_BESIDE))
    wide = (WIDTH - left - BETWEEN * (beside - 1) - INSET) / beside
    titles = [one.title for one in next(iter(panels.values()))]
    keys, top = legend(titles, left)
    groups: dict[str, Items] = {"legend": keys}
    ends = Across(across.places, _few(across.ticks, wide))
    for number, (title, series) in enumerate(panels.items()):
        x = left + (number % beside) * (wide + BETWEEN)
        lines = wrapped(title, wide)
        head = LINE * len(lines) + 4.0
        if number % beside == 0 and number:
            top += head + PANEL_HEIGHT + 30.0
        words = [word(x, top + LINE * (n + 1) - 3, text, tone="strong")
                 for n, text in enumerate(lines)]  # fmt: skip
        frame = Frame(x, top + head + 4, wide, PANEL_HEIGHT, ticks[0], ticks[-1])
        _add(groups, {"words": words})
        _add(groups, _axes(frame, ends, ticks, write, named=number % beside == 0))
        _add(groups, _lines(frame, across, series))
        if len(titles) == 1:
            _add(groups, _last(frame, across, series[0], write))
    return drawing(top + head + PANEL_HEIGHT + 22.0, rtl=rtl, **groups)


def _add(groups: dict[str, Items], more: Mapping[str, Items]) -> None:
    for key, items in more.items():
        groups[key] = [*groups.get(key, []), *items]


def _few(ticks: Sequence[tuple[float, str]], wide: float) -> Sequence[tuple[float, str]]:
    """Keep the first and the last tick where there is no room for all."""
    if sum(breadth(text) + 8 for _, text in ticks) <= wide or len(ticks) < 3:
        return ticks
    return (ticks[0], ticks[-1])


def _axes(
    frame: Frame, across: Across, ticks: Sequence[float], write: Write, *, named: bool
) -> dict[str, Items]:
    """Draw light rules at round numbers, and words below the foot."""
    rules: Items = []
    words: Items = []
    right = frame.left + frame.width
    for tick in ticks:
        y = frame.y(tick)
        tone = "axis" if tick == (0.0 if ticks[0] <= 0 else ticks[0]) else "light"
        rules.append(rule(frame.left, y, right, y, tone))
        if named:
            words.append(word(frame.left - PAD, y + DROP, write(tick), "end", "muted"))
    foot = frame.top + frame.height
    for place, text in across.ticks:
        x, half = frame.x(place), breadth(text) / 2
        anchor = "middle"
        if x - half < frame.left:
            x, anchor = frame.left, "start"
        elif x + half > right:
            x, anchor = right, "end"
        rules.append(rule(frame.x(place), foot, frame.x(place), foot + 3, "axis"))
        words.append(word(x, foot + LINE + 2.5, text, anchor, "muted"))
    return {"rules": rules, "words": words}


def _points(frame: Frame, across: Across, one: Series) -> list[list[list[float]]]:
    """Return the runs of points that a line joins: it breaks where there is no number."""
    runs: list[list[list[float]]] = [[]]
    for place, value in zip(across.places, one.values, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append([frame.x(place), frame.y(value)])
    return [run for run in runs if run]


def _lines(frame: Frame, across: Across, series: Sequence[Series]) -> dict[str, Items]:
    lines: Items = []
    marks: Items = []
    for number, one in enumerate(series):
        runs = _points(frame, across, one)
        lines += [{"points": run, "series": number} for run in runs if len(run) > 1]
        points = [point for run in runs for point in run]
        lone = [run[0] for run in runs if len(run) == 1]
        shown = points if len(points) <= MARKED else [*lone, points[-1]]
        marks += [{"x": x, "y": y, "series": number} for x, y in shown]
    return {"lines": lines, "marks": marks}


def _end_words(one: Series, write: Write) -> list[str]:
    """Word the end of a line: its name, and its last number."""
    values = [value for value in one.values if value is not None]
    if not values:
        return []
    return wrapped(f"{one.title} {write(values[-1])}", MOST_END)


def _ends(
    frame: Frame, across: Across, series: Sequence[Series], ends: Sequence[Sequence[str]]
) -> dict[str, Items]:
    """Name the lines at their ends, from top to bottom, no name upon another."""
    shown = [
        (_points(frame, across, one)[-1][-1], lines)
        for one, lines in zip(series, ends, strict=True)
        if lines
    ]
    shown.sort(key=lambda each: each[0][1])
    room = [LINE * len(lines) + 2 for _, lines in shown]
    high = frame.top + frame.height + 6
    middles = spread([point[1] for point, _ in shown], room, 0.0, high)
    words: Items = []
    rules: Items = []
    x = frame.left + frame.width + PAD
    for (point, lines), middle in zip(shown, middles, strict=True):
        first = middle - LINE * (len(lines) - 1) / 2 + DROP
        placed = [word(x, first + LINE * n, text) for n, text in enumerate(lines)]
        name, _, number = lines[-1].rpartition(" ")
        placed[-1] |= {"text": name, "tail": number}
        words += placed
        if abs(middle - point[1]) > 3 or x - point[0] > 2 * PAD:
            rules.append(rule(point[0] + 4, point[1], x - 2, middle, "leader"))
    return {"words": words, "rules": rules}


def _last(frame: Frame, across: Across, one: Series, write: Write) -> dict[str, Items]:
    """Write the last number of a panel's only line above its end."""
    runs = _points(frame, across, one)
    if not runs:
        return {}
    x, y = runs[-1][-1]
    text = write([value for value in one.values if value is not None][-1])
    above = y - 6.0 if y - 6.0 - LINE > frame.top - LINE else y + LINE + 2.0
    right = frame.left + frame.width + INSET
    anchor = "end" if x + breadth(text) / 2 > right else "middle"
    return {"words": [word(right if anchor == "end" else x, above, text, anchor, "strong")]}
