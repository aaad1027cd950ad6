"""Notes whose calls are not laid out yet: in as the document has them, asked for and taken out."""

from collections.abc import Iterable, Iterator
from typing import Any


class Waiting:
    """Notes whose calls are not laid out yet; asked for by identity, in constant time."""

    def __init__(self, notes: Iterable[Any] = ()) -> None:
        self._notes = {id(note): note for note in notes}

    def __contains__(self, note: Any) -> bool:
        return id(note) in self._notes

    def __bool__(self) -> bool:
        return bool(self._notes)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._notes.values())

    def copy(self) -> "Waiting":
        """Return the same notes, waiting independently."""
        return Waiting(tuple(self))

    def append(self, note: Any) -> None:
        """Let a note wait (again)."""
        self._notes[id(note)] = note

    def remove(self, note: Any) -> None:
        """Let a note wait no longer."""
        self._notes.pop(id(note), None)
