"""The notes at the foot of one page: which begin there, which go on, within what height."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from reglet.formats.pdf.compose import Composed, Composer
from reglet.formats.pdf.measure import TOLERANCE, Measure

CAP = 0.5  # of the page: what notes that can be cut leave to the text
STRETCH = 0.6  # of the page: what notes may take if that saves one from being cut


@dataclass(frozen=True, slots=True)
class _Group:
    """Notes that begin with the same line, or with lines that stay together, within `room` px."""

    notes: tuple[Any, ...]
    room: float
    must: bool


class Area:
    """The footnote area of a page; heights are CSS px.

    What it shows follows from the parts handed on to it and from the notes begun, and from
    nothing that has been taken back. A note that goes on overleaf ends the page's notes: none
    begins behind it, unless the page would otherwise hold nothing.
    """

    def __init__(
        self, measure: Measure, box: Any, parts: Sequence[Any], order: Mapping[int, int], *,
        over: bool,
    ) -> None:  # fmt: skip
        self.box = box
        self.parts = tuple(parts)
        self.order = order
        self.over = over  # whether the page has nothing but notes
        self.groups: tuple[_Group, ...] = ()
        self.composer = Composer(measure, _chrome(box) if box else 0.0)
        self.composed = Composed()
        if parts:
            self.composed = self._compose() or self.composed

    @property
    def begun(self) -> list[Any]:
        """The notes called in the page's text that begin here, in order."""
        notes = [note for group in self.groups for note in group.notes]
        return sorted(notes, key=lambda note: self.order.get(id(note), 0))

    def begin(self, notes: Sequence[Any], room: float, *, must: bool) -> bool:
        """Begin `notes`, called in the same line, within `room`; tell whether they could begin.

        Notes that `must` begin, since their line is the first of the page, take room from those
        that are carried on.
        """
        if not (must or self.composed.whole):
            return False
        before = self.groups
        self.groups = (*before, _Group(tuple(notes), room, must))
        found = self._compose()
        if found is None:
            self.groups = before
            return False
        self.composed = found
        return True

    def remove(self, note: Any) -> bool:
        """Take a note off the page again; tell whether it was there."""
        groups = tuple(
            replace(group, notes=tuple(other for other in group.notes if other is not note))
            for group in self.groups
        )
        if groups == self.groups:
            return False
        self.groups = tuple(group for group in groups if group.notes)
        self.composed = self._compose() or self.composed
        return True

    def fill(self, room: float) -> None:
        """Let what goes on overleaf take all the room that the page's text has left."""
        if not self.composed.whole:
            room = room if self.over else min(room, self.box.max_height)
            found = self.composer.compose(self.parts, self.begun, room, forced=self.over)
            self.composed = found or self.composed

    def _compose(self) -> Composed | None:
        """Compose the area anew; None where the last group has no room to begin."""
        height = self.box.page.height
        last = self.groups[-1] if self.groups else _Group((), height * CAP, must=True)
        begun = self.begun
        whole = self.composer.whole(self.parts, begun)
        for room, wholly in self._rooms(last):
            if whole.height <= room + TOLERANCE:
                return whole
            found = None if wholly else self.composer.compose(self.parts, begun, room)
            if found and (last.must or self._adds_only(last.notes, found)):
                return found
        if last.must:
            return self.composer.compose(self.parts, begun, last.room, forced=True)
        return None

    def _rooms(self, group: _Group) -> Iterator[tuple[float, bool]]:
        """Yield heights to try, and whether every note has to be whole within it."""
        height, given = self.box.page.height, self.box.max_height
        if self.over:
            yield height, False
            return
        cap, stretch = (given, given) if given < inf else (CAP * height, STRETCH * height)
        room = group.room if self.groups else stretch
        yield min(room, stretch), True
        yield min(room, cap), False
        if self.groups:
            yield room, True
            yield room, False

    def _adds_only(self, notes: Sequence[Any], found: Composed) -> bool:
        """Tell whether none but the new notes, and notes called in them, go on overleaf."""
        tails = [entry.note for entry in found.entries if entry.tail]
        if found.queue or not tails:
            return not found.queue
        new = {id(member) for note in notes for member in self._family(note)}
        return all(id(note) in new for note in tails)

    def _family(self, note: Any) -> Iterator[Any]:
        yield note
        for inner in self.composer.measure.size(note).inner:
            yield from self._family(inner)


def _chrome(box: Any) -> float:
    """Return the height of the area's own margins, borders and paddings."""
    return float(
        box.margin_top + box.border_top_width + box.padding_top
        + box.margin_bottom + box.border_bottom_width + box.padding_bottom
    )  # fmt: skip
