"""What stands along the axis of a chart: values of a column in, their names and places out."""

from collections.abc import Sequence

from reglet.figures.canvas import WIDTH, breadth
from reglet.figures.dates import date_ticks, period
from reglet.figures.line import Across
from reglet.resolve.wording import Wording, is_date

FIRST_YEAR, LAST_YEAR = 1000, 2999  # whole numbers between these are years
MOST_TICKS = 6
ROOM = 0.75 * WIDTH  # for the words below the axis


def iso_of(value: object) -> str:
    """Return a date or a year as ISO 8601; nothing where a value is neither."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if FIRST_YEAR <= value <= LAST_YEAR else ""
    return str(value) if is_date(value) else ""


def isos(values: Sequence[object]) -> list[str]:
    """Return values as dates; nothing where any of them is none."""
    found = [iso_of(value) for value in values]
    return found if all(found) else []


def across(wording: Wording, values: Sequence[object], names: Sequence[str]) -> Across:
    """Place dates to scale, and names side by side; word as many as there is room for."""
    dates = isos(values)
    if not dates:
        return _side_by_side(names)
    even = len({len(iso) for iso in dates}) == 1
    points = [begin if even else (begin + end) / 2 for begin, end in map(period, dates)]
    low, high = min(points), max(points)
    if low == high:
        return _side_by_side(names)
    ticks = [
        ((place - low) / (high - low), wording.date(iso))
        for place, iso in date_ticks(low, high, MOST_TICKS)
    ]
    return Across([(point - low) / (high - low) for point in points], ticks)


def _side_by_side(names: Sequence[str]) -> Across:
    unique = list(dict.fromkeys(names))
    last = len(unique) - 1
    place = {name: n / last if last else 0.5 for n, name in enumerate(unique)}
    step = 1
    while sum(breadth(name) + 8 for name in unique[::step]) > ROOM and step < len(unique):
        step += 1
    return Across([place[name] for name in names], [(place[n], n) for n in unique[::step]])
