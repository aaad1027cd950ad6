"""Events in, the geometry of a timeline out: time runs down to scale, words stand beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reglet.figures.canvas import (
    DROP,
    LINE,
    PAD,
    WIDTH,
    Geometry,
    Items,
    breadth,
    drawing,
    rule,
    spread,
    tenth,
    word,
    wrapped,
)
from reglet.figures.dates import date_ticks, period

APART = 8.0  # what stands beside one event from what stands beside the next
ARM = 26.0  # from the axis to the words
DOT = 6.0  # width of what marks an event
SLACK = 1.15  # how much longer the axis is than the words need
SHORTEST = 110.0
TICKS = 7


@dataclass(frozen=True, slots=True)
class Event:
    """When something was, as ISO 8601 and in words, and what it was."""

    iso: str
    date: str
    text: str


def timeline_geometry(
    events: Sequence[Event], write_date: Callable[[str], str], *, rtl: bool = False
) -> Geometry:
    """Place events on an axis to scale, earliest first, and their words beside it."""
    rows = sorted(events, key=lambda event: period(event.iso))
    spans = [period(event.iso) for event in rows]
    low, high = min(begin for begin, _ in spans), max(end for _, end in spans)
    ticks = [(place, write_date(iso)) for place, iso in date_ticks(low, high, TICKS)]
    axis = tenth(max((breadth(text) for _, text in ticks), default=0.0) + PAD + 4.0)
    words = [_lines(event, WIDTH - axis - ARM) for event in rows]
    room = [LINE * len(lines) + APART for lines in words]
    height = max(SHORTEST, SLACK * sum(room[:-1]))
    top = LINE / 2 + 1.0

    def at(moment: float) -> float:
        return top + height * (moment - low) / ((high - low) or 1.0)

    wanted = [(at(begin) + at(end)) / 2 for begin, end in spans]
    offsets = [(each - LINE) / 2 for each in room]  # from the first line to the middle of all
    middles = spread(
        [place + offset for place, offset in zip(wanted, offsets, strict=True)],
        room, top - LINE / 2, top + height + room[-1],
    )  # fmt: skip
    firsts = [middle - offset for middle, offset in zip(middles, offsets, strict=True)]
    groups = _beside(words, wanted, firsts, axis)
    groups["marks"] = [_mark(at(begin), at(end), axis) for begin, end in spans]
    groups["words"] += [word(axis - PAD - 4, at(p) + DROP, t, "end", "muted") for p, t in ticks]
    groups["rules"] += [rule(axis - 4, at(place), axis, at(place), "axis") for place, _ in ticks]
    groups["rules"].append(rule(axis, top - 3, axis, top + height + 3, "axis"))
    foot = max(first + LINE * len(lines) for first, lines in zip(firsts, words, strict=True))
    return drawing(max(foot - LINE / 2 + 1, top + height + 4), rtl=rtl, **groups)


def _lines(event: Event, wide: float) -> list[str]:
    """Return the words of an event: its date, and below it what it was."""
    return [event.date, *wrapped(event.text, wide - 8)]


def _mark(begin: float, end: float, axis: float) -> Geometry:
    """Mark a day with a dot; a month or a year as long as it is."""
    middle, long = (begin + end) / 2, max(end - begin, DOT)
    return {"x": tenth(axis - DOT / 2), "y": tenth(middle - long / 2), "width": DOT,
            "height": tenth(long)}  # fmt: skip


def _beside(
    words: Sequence[Sequence[str]], wanted: Sequence[float], firsts: Sequence[float], axis: float
) -> dict[str, Items]:
    """Write the words of events beside the axis, and lead from each event to them."""
    written: Items = []
    rules: Items = []
    for lines, place, first in zip(words, wanted, firsts, strict=True):
        rules.append(rule(axis + DOT / 2 + 1, place, axis + ARM - PAD, first, "leader"))
        written += [
            word(axis + ARM - 3, first + DROP + LINE * n, text, tone="" if n else "strong")
            for n, text in enumerate(lines)
        ]
    return {"words": written, "rules": rules}
