"""Laid-out pages in, the place of every note out: the page of its call, its own, its words."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from typing import Any

from reglet.model.document import Placed, first_call

_FOLDED = re.compile(r"[\s\-\u00ad\u2010]+")  # what hyphenation and line ends change
TOLERANCE = 0.5  # CSS px


def placed(pages: Sequence[Any], notes: Sequence[str]) -> tuple[Placed, ...]:
    """Find each note of `notes` (identifiers) in the engine's pages.

    Words are missing where they are not in the page's footnote area or run over the page's edge.
    """
    anchors = first_pages(pages)
    printed: dict[str, list[str]] = {}
    written: dict[str, ET.Element] = {}
    for page in pages:
        for note, element, words in _notes_of(page._page_box):
            printed.setdefault(note, []).append(words)
            written[note] = element
    return tuple(
        Placed(
            note=note,
            call_page=anchors.get(first_call(note)),
            note_page=anchors.get(note),
            words_missing=words_missing(written.get(note), "".join(printed.get(note, ()))),
        )
        for note in notes
    )


def first_pages(pages: Sequence[Any]) -> dict[str, int]:
    """Map each anchor to the first page, from 1, that it stands on."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages, start=1):
        for anchor in page.anchors:
            found.setdefault(anchor, number)
    return found


def _notes_of(page: Any) -> Iterator[tuple[str, ET.Element, str]]:
    """Yield identifier, element and visible words of the notes at a page's foot."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    for area in page.children:
        if isinstance(area, FootnoteAreaBox):
            for note in area.children:
                words = "".join(visible_words(note, page.margin_height()))
                yield note.element.get("id"), note.element, words


def visible_words(box: Any, bottom: float) -> Iterator[str]:
    """Yield the text of a box's lines that lie within the page's height (CSS px)."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    if isinstance(box, LineBox) and not (
        box.position_y >= -TOLERANCE and box.position_y + box.height <= bottom + TOLERANCE
    ):
        return
    if (box.element_tag or "").endswith("::marker"):  # a bullet or number, not the note's words
        return
    if isinstance(box, TextBox):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from visible_words(child, bottom)


def words_missing(element: ET.Element | None, printed: str) -> int:
    """Count the words of a note that were not printed; all of them where it is not there."""
    if element is None:
        return 1
    words = "".join(_own_text(element))
    folded = _FOLDED.sub("", printed)
    if folded == _FOLDED.sub("", words):
        return 0
    return sum(_FOLDED.sub("", word) not in folded for word in words.split()) or 1


def _own_text(element: ET.Element) -> Iterator[str]:
    """Yield a note's text without that of notes called in it."""
    yield element.text or ""
    for child in element:
        if not child.get("id", "").startswith("note-"):
            yield from _own_text(child)
        yield child.tail or ""
