"""Laid-out pages in, what they hold of every note out, where notes stand in lists."""

from collections.abc import Container, Iterator, Sequence
from typing import Any

from reglet.formats.pdf.clashes import clashes_in_list
from reglet.formats.pdf.notes import Found, first_pages, held_against_markup
from reglet.formats.pdf.stretch import NoteSeen


def seen_in_lists(pages: Sequence[Any], notes: Container[str]) -> dict[str, NoteSeen]:
    """Read those of `notes` (identifiers) that stand in the engine's pages, wherever they do."""
    found: dict[str, Found] = {}
    for number, page in enumerate(pages, start=1):
        for box in _boxes_of(page._page_box, notes):
            note = found.setdefault(box.element.get("id"), Found())
            note.take(box, number)
            leaving = clashes_in_list(page._page_box, box, number)
            note.clashes += [clash for _, clash in leaving]
    return held_against_markup(found, first_pages(pages))


def _boxes_of(box: Any, notes: Container[str]) -> Iterator[Any]:
    """Yield the outermost boxes of notes below a box, in order."""
    element = getattr(box, "element", None)
    if element is not None and element.get("id") in notes:
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _boxes_of(child, notes)
