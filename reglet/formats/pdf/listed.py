"""Laid-out pages in, the place of every note out, for editions whose notes stand in lists."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from typing import Any

from reglet.formats.pdf.notes import first_pages, visible_words, words_missing
from reglet.model.document import Placed, first_call


def placed_in_lists(pages: Sequence[Any], notes: Sequence[str]) -> tuple[Placed, ...]:
    """Find each note of `notes` (identifiers) in the engine's pages, wherever it stands.

    Words are missing where they run over the page's edge, and where a note stands twice.
    """
    anchors = first_pages(pages)
    printed: dict[str, list[str]] = {note: [] for note in notes}
    written: dict[str, ET.Element] = {}
    for page in pages:
        bottom = page._page_box.margin_height()
        for box in _boxes_of(page._page_box, printed):
            id = box.element.get("id")
            printed[id].append("".join(visible_words(box, bottom)))
            written[id] = box.element
    return tuple(
        Placed(
            note=note,
            call_page=anchors.get(first_call(note)),
            note_page=anchors.get(note),
            words_missing=words_missing(written.get(note), "".join(printed[note])),
        )
        for note in notes
    )


def _boxes_of(box: Any, notes: dict[str, list[str]]) -> Iterator[Any]:
    """Yield the outermost boxes of notes below a box, in order."""
    element = getattr(box, "element", None)
    if element is not None and element.get("id") in notes:
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _boxes_of(child, notes)
