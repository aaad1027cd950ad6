"""Notes and a height in, what is shown of each out: whole, in part, or left for overleaf."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reglet.formats.pdf.measure import TOLERANCE, Measure, Size


@dataclass(frozen=True, slots=True)
class Entry:
    """A note on a page: `shown` stands here, `tail` goes on; `carried` if it began before."""

    note: Any
    shown: Any
    tail: Any = None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """The notes of a page from top to bottom, and the parts that it has no room for.

    `height` is that of the area with its margins, in CSS px; nothing where there is no note.
    """

    entries: tuple[Entry, ...] = ()
    queue: tuple[Any, ...] = ()
    height: float = 0.0

    @property
    def whole(self) -> bool:
        """Tell whether nothing goes on overleaf."""
        return not self.queue and not any(entry.tail for entry in self.entries)

    def left(self) -> tuple[Any, ...]:
        """Return what the next page has to go on with, in order."""
        carried = [entry.tail for entry in self.entries if entry.carried and entry.tail]
        begun = [entry.tail for entry in self.entries if not entry.carried and entry.tail]
        return (*carried, *self.queue, *begun)


@dataclass(slots=True)
class Composer:
    """Composes footnote areas whose own margins, borders and paddings are `chrome` px high."""

    measure: Measure
    chrome: float

    def compose(
        self, parts: Sequence[Any], begun: Sequence[Any], room: float, *, forced: bool = False
    ) -> Composed | None:
        """Show parts carried on, then notes that begin, within `room` px; None if one cannot begin.

        Each note has at least its first lines, and these are kept free before a note above them
        gets more; parts need show nothing. A part that goes on once more ends those carried on.
        Notes called in a note begin behind it, those called in a part behind all parts. `forced`
        shows the first lines of every note even where there is no room.
        """
        area = _Filling(self.measure, room - self.chrome)
        inner: list[Any] = []
        queue: tuple[Any, ...] = ()
        for number, part in enumerate(parts):
            pieces = area.pieces(part, [*inner, *begun])
            if pieces is None and forced and not (begun or area.entries):
                pieces = area.least(part)
            if pieces is None:
                queue = tuple(parts[number:])
                break
            area.add(Entry(part, *pieces, carried=True))
            inner += self.measure.size(pieces[0]).inner
            if pieces[1]:
                queue = tuple(parts[number + 1 :])
                break
        waiting = deque([*inner, *begun])
        while waiting:
            note = waiting.popleft()
            pieces = area.pieces(note, waiting) or (area.least(note) if forced else None)
            if pieces is None:
                return None
            area.add(Entry(note, *pieces))
            waiting.extendleft(reversed(self.measure.size(pieces[0]).inner))
        return self._composed(area, queue)

    def whole(self, parts: Sequence[Any], begun: Sequence[Any]) -> Composed:
        """Show all of these, and the notes called in them."""
        area = _Filling(self.measure, 0)
        for part in parts:
            area.add(Entry(part, part, carried=True))
        inner = [note for part in parts for note in self.measure.size(part).inner]
        waiting = deque([*inner, *begun])
        while waiting:
            note = waiting.popleft()
            area.add(Entry(note, note))
            waiting.extendleft(reversed(self.measure.size(note).inner))
        return self._composed(area)

    def _composed(self, area: "_Filling", queue: tuple[Any, ...] = ()) -> Composed:
        height = area.height + area.below + self.chrome if area.entries else 0.0
        return Composed(tuple(area.entries), queue, height)


class _Filling:
    """An area being filled from top to bottom, `room` px high within its padding."""

    def __init__(self, measure: Measure, room: float) -> None:
        self.measure = measure
        self.room = room
        self.entries: list[Entry] = []
        self.height = 0.0  # without the last margin
        self.below = 0.0  # that margin, where nothing follows
        self.after = 0.0  # that margin, towards the next note

    def add(self, entry: Entry) -> None:
        """Let a note stand below those that are there."""
        size = self.measure.size(entry.shown)
        self.height += self._gap(size) + size.height
        self.below, self.after = size.below, size.after
        self.entries.append(entry)

    def _gap(self, size: Size) -> float:
        return max(self.after, size.before) if self.entries else size.above

    def pieces(self, note: Any, later: Iterable[Any]) -> tuple[Any, Any] | None:
        """Cut a note: (shown, tail), leaving room for the first lines of `later` notes."""
        size = self.measure.size(note)
        room = self.room - self.height - self._gap(size) - size.below
        room -= sum(map(self.demand, later))
        demands = [self.demand(inner) for inner in size.inner]
        if size.height + sum(demands) <= room + TOLERANCE:
            return note, None
        best: tuple[Any, Any] | None = None
        tallest = 0.0
        for count in range(len(demands), -1, -1):
            height = min([room - sum(demands[:count]), *size.calls[count : count + 1]])
            cut = self.measure.split(note, height) if height > tallest else None
            shown = self.measure.size(cut[0]) if cut else None
            if shown and len(shown.inner) <= count and shown.height > tallest:
                best, tallest = cut, shown.height
        return best

    def least(self, note: Any) -> tuple[Any, Any]:
        """Cut a note below its first lines, whatever the room."""
        return self.measure.split(note, self.measure.least(note)) or (note, None)

    def demand(self, note: Any) -> float:
        """Return the height that a note needs to begin, with those called in its first lines."""
        size, least = self.measure.size(note), self.measure.least(note)
        within = zip(size.inner, size.calls, strict=True)
        first = [inner for inner, top in within if top < least - TOLERANCE]
        margins = max(size.above, size.before) + max(size.below, size.after)
        return least + margins + sum(map(self.demand, first))
