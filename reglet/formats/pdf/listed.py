"""Laid-out pages in, the place of every note out, for editions whose notes stand in lists."""

from collections.abc import Container, Iterator, Sequence
from typing import Any

from reglet.formats.pdf.clashes import clashes_in_list
from reglet.formats.pdf.notes import Found, account
from reglet.model.document import Placed


def placed_in_lists(pages: Sequence[Any], notes: Sequence[str]) -> tuple[Placed, ...]:
    """Find each note of `notes` (identifiers) in the engine's pages, wherever it stands."""
    found = {note: Found() for note in notes}
    for number, page in enumerate(pages, start=1):
        for box in _boxes_of(page._page_box, found):
            note = found[box.element.get("id")]
            note.take(box, number)
            leaving = clashes_in_list(page._page_box, box, number)
            note.clashes += [clash for _, clash in leaving]
    return account(pages, notes, found)


def _boxes_of(box: Any, notes: Container[str]) -> Iterator[Any]:
    """Yield the outermost boxes of notes below a box, in order."""
    element = getattr(box, "element", None)
    if element is not None and element.get("id") in notes:
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _boxes_of(child, notes)
