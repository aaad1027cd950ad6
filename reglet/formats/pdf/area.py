"""The notes at the foot of one page: which stand there whole, which in part, what goes overleaf."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from reglet.formats.pdf.measure import TOLERANCE, Measure


@dataclass(frozen=True, slots=True)
class Entry:
    """A note on a page: `shown` stands here, `tail` goes on; `carried` if it began before."""

    note: Any
    shown: Any
    tail: Any = None
    carried: bool = False


class Area:
    """The footnote area of a page, as a list of entries; heights are CSS px.

    A note that goes on overleaf ends the page's notes: none begins behind it, unless the page
    would otherwise hold nothing.
    """

    def __init__(self, measure: Measure, box: Any) -> None:
        self.measure = measure
        self.box = box
        self.entries: tuple[Entry, ...] = ()
        self.queue: tuple[Any, ...] = ()  # parts handed on to this page that it has no room for

    def left(self) -> tuple[Any, ...]:
        """Return what the next page has to go on with, in order."""
        carried = [entry.tail for entry in self.entries if entry.carried and entry.tail]
        begun = [entry.tail for entry in self.entries if not entry.carried and entry.tail]
        return (*carried, *self.queue, *begun)

    def margin_height(self, entries: Sequence[Entry] | None = None) -> float:
        """Return the height that the area takes from the page; nothing where it is empty."""
        entries = self.entries if entries is None else entries
        if not entries:
            return 0.0
        sizes = [self.measure.size(entry.shown) for entry in entries]
        height = sizes[0].above + sum(size.height for size in sizes) + sizes[-1].below
        pairs = pairwise(sizes)
        return height + sum(max(a.after, b.before) for a, b in pairs) + self._chrome()

    def show(self) -> None:
        """Give the engine's box its children and height."""
        self.box.children = [entry.shown for entry in self.entries]
        self.box.height = self.margin_height() - self._chrome() if self.entries else "auto"

    def carry(self, part: Any, room: float) -> None:
        """Go on with a part of a note from the page before, within `room`."""
        if self.queue or any(entry.tail for entry in self.entries):
            self.queue = (*self.queue, part)
            return
        found = self._fit(self.entries, [part], room, carried=True)
        if found is None and self.entries:
            self.queue = (part,)
            return
        inner = (Entry(note, note) for note in _with_inner(called_in(part)))
        self.entries = found or (Entry(part, part, carried=True), *inner)

    def place(self, notes: Sequence[Any], room: float, *, must: bool) -> bool:
        """Begin `notes`, called in one line, within `room`; tell whether they could begin.

        Notes that `must` begin, since their line is the first of the page, take room from those
        that are carried on.
        """
        found = None
        if must or not self.left():
            found = self._fit(self.entries, notes, room)
        if found is None and must:
            found = self._refitted(notes, room)
        if found is None:
            return False
        self.entries = found
        return True

    def remove(self, note: Any) -> tuple[Any, ...]:
        """Take a note, and notes called in it, off the page again; return those taken off."""
        family = {id(member) for member in _with_inner([note])}
        taken = [e for e in self.entries if id(e.note) in family and not e.carried]
        self.entries = tuple(e for e in self.entries if not any(e is other for other in taken))
        return tuple(entry.note for entry in taken)

    def _fit(
        self,
        entries: tuple[Entry, ...],
        notes: Sequence[Any],
        room: float,
        *,
        carried: bool = False,
    ) -> tuple[Entry, ...] | None:
        """Add notes to entries: whole while there is room, then in part, never less than begun.

        Notes called in what is shown of a note begin behind it.
        """
        waiting = deque((note, carried) for note in notes)
        while waiting:
            note, goes_on = waiting.popleft()
            entry = self._entry(entries, note, [*(other for other, _ in waiting)], room)
            if entry is None:
                return None
            entries = (*entries, replace(entry, carried=goes_on))
            waiting.extendleft((inner, False) for inner in reversed(called_in(entry.shown)))
        return entries

    def _entry(
        self, entries: tuple[Entry, ...], note: Any, later: Sequence[Any], room: float
    ) -> Entry | None:
        """Show as much of a note as leaves room for those called in it, and for `later` ones."""
        inner = called_in(note)
        over = self._over(entries, note, [*inner, *later], room)
        if over <= TOLERANCE:
            return Entry(note, note)
        height = self.measure.size(note).height
        pieces = self.measure.split(note, height - over)
        if pieces is None:
            return None
        begun = called_in(pieces[0])
        if len(begun) < len(inner):  # those called in the tail need no room here
            over = self._over(entries, note, [*begun, *later], room)
            longer = self.measure.split(note, height - over) if over > TOLERANCE else None
            if longer and len(called_in(longer[0])) == len(begun):
                pieces = longer
        return Entry(note, *pieces)

    def _over(
        self, entries: tuple[Entry, ...], note: Any, later: Sequence[Any], room: float
    ) -> float:
        """Return by how much a whole note, and the first lines of `later` ones, exceed `room`."""
        kept = sum(self._least(other) for other in _with_inner(later))
        return self.margin_height((*entries, Entry(note, note))) + kept - room

    def _refitted(self, notes: Sequence[Any], room: float) -> tuple[Entry, ...]:
        """Leave to the parts carried on only what `notes` have no need of to begin."""
        inner = {id(other) for e in self.entries for other in called_in(e.note)}
        roots = [e.note for e in self.entries if not e.carried and id(e.note) not in inner]
        begun = [*roots, *notes]
        kept = sum(self._least(note) for note in _with_inner(begun))
        parts = deque([*(e.note for e in self.entries if e.carried), *self.queue])
        carried: tuple[Entry, ...] = ()
        while parts and not any(entry.tail for entry in carried):
            more = self._fit(carried, [parts[0]], room - kept, carried=True)
            if more is None:
                break
            carried = more
            parts.popleft()
        found = self._fit(carried, begun, room)
        if found is None:
            parts = deque([*(e.note for e in self.entries if e.carried), *self.queue])
            found = self._fit((), begun, room)
        self.queue = tuple(parts)
        return found or tuple(self._cut_short(begun))

    def _cut_short(self, notes: Sequence[Any]) -> Iterator[Entry]:
        """Show no more than the first lines of notes, since not even these have room."""
        waiting = deque(notes)
        while waiting:
            note = waiting.popleft()
            pieces = self.measure.split(note, self.measure.size(note).least)
            entry = Entry(note, *pieces) if pieces else Entry(note, note)
            yield entry
            waiting.extendleft(reversed(called_in(entry.shown)))

    def _least(self, note: Any) -> float:
        size = self.measure.size(note)
        return size.least + max(size.above, size.before) + max(size.below, size.after)

    def _chrome(self) -> float:
        """Return the height of the area's own margins, borders and paddings."""
        box = self.box
        return float(
            box.margin_top + box.border_top_width + box.padding_top
            + box.margin_bottom + box.border_bottom_width + box.padding_bottom
        )  # fmt: skip


def called_in(note: Any) -> list[Any]:
    """List the notes that are called in a note (or part of one), in order."""
    return [box.footnote for box in note.descendants() if box.footnote is not None]


def _with_inner(notes: Iterable[Any]) -> Iterator[Any]:
    for note in notes:
        yield note
        yield from _with_inner(called_in(note))
