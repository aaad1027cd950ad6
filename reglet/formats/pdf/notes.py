"""Laid-out pages in, the place of every note out: the pages of its call and its own, its words."""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reglet.formats.pdf.clashes import areas, clashes_at_foot, words
from reglet.formats.pdf.stretch import NoteSeen
from reglet.model.document import Clash, Placed, first_call
from reglet.model.words import FOLDED

_SHOWN = 30  # characters of a note from where it is printed wrongly


@dataclass(slots=True)
class Found:
    """What of a note the pages hold, gathered page by page."""

    element: ET.Element | None = None
    printed: list[str] = field(default_factory=list)
    last_page: int | None = None
    clashes: list[Clash] = field(default_factory=list)

    def take(self, box: Any, page: int) -> None:
        """Add the box of a note, or of a part of it, that stands on `page`, from 1."""
        text = "".join(words(box))
        self.element = box.element
        self.printed.append(text)
        if text.strip():
            self.last_page = page


def placed(pages: Sequence[Any], notes: Sequence[str]) -> tuple[Placed, ...]:
    """Find each note of `notes` (identifiers) in the engine's pages, at their foot."""
    return account(notes, seen_at_foot(pages), first_pages(pages))


def seen_at_foot(pages: Sequence[Any]) -> dict[str, NoteSeen]:
    """Read the notes at the foot of the engine's pages, by their identifiers."""
    found: dict[str, Found] = {}
    for number, page in enumerate(pages, start=1):
        for area in areas(page._page_box):
            for box in area.children:
                found.setdefault(box.element.get("id"), Found()).take(box, number)
        for note, clash in clashes_at_foot(page._page_box, number):
            found[note].clashes.append(clash)
    return held_against_markup(found, first_pages(pages))


def held_against_markup(
    found: Mapping[str, Found], anchors: Mapping[str, int]
) -> dict[str, NoteSeen]:
    """Hold what was found of each note against what it should be."""
    seen: dict[str, NoteSeen] = {}
    for name, note in found.items():
        missing, astray = compared(note.element, "".join(note.printed))
        page, clashes = anchors.get(name), tuple(note.clashes)
        seen[name] = NoteSeen(page, note.last_page, missing, astray, clashes)
    return seen


def account(
    notes: Sequence[str], seen: Mapping[str, NoteSeen], anchors: Mapping[str, int]
) -> tuple[Placed, ...]:
    """Account for `notes`: where each was called and seen, or that it was not."""
    nowhere = NoteSeen(None, None, *compared(None, ""), ())
    return tuple(
        Placed(
            note=note,
            call_page=anchors.get(first_call(note)),
            note_page=anchors.get(note),
            words_missing=item.words_missing,
            words_astray=item.words_astray,
            last_page=item.last_page,
            clashes=item.clashes,
        )
        for note, item in ((note, seen.get(note, nowhere)) for note in notes)
    )


def first_pages(pages: Sequence[Any]) -> dict[str, int]:
    """Map each anchor to the first page, from 1, that it stands on."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages, start=1):
        for anchor in page.anchors:
            found.setdefault(anchor, number)
    return found


def compared(element: ET.Element | None, printed: str) -> tuple[int, str]:
    """Count the words of a note that are not printed; if none, tell what is printed wrongly.

    That is what stands where the print first departs from the note: twice, or out of order.
    """
    if element is None:
        return 1, ""
    own = "".join(own_text(element))
    wanted, folded = FOLDED.sub("", own), FOLDED.sub("", printed)
    if folded == wanted:
        return 0, ""
    if Counter(wanted) - Counter(folded):
        return sum(FOLDED.sub("", word) not in folded for word in own.split()) or 1, ""
    pairs = zip(wanted, folded, strict=False)
    same = next((n for n, (ours, theirs) in enumerate(pairs) if ours != theirs), len(wanted))
    places = [n for n, character in enumerate(printed) if not FOLDED.match(character)]
    start = printed.rfind(" ", 0, places[same]) + 1
    return 0, printed[start:][:_SHOWN].strip()


def own_text(element: ET.Element) -> Iterator[str]:
    """Yield the text of a note, or of any element, without that of notes called in it."""
    yield element.text or ""
    for child in element:
        if not child.get("id", "").startswith("note-"):
            yield from own_text(child)
        yield child.tail or ""
