"""A document that is yet to be laid out in, the page that each of its places may stand on out.

Pages that are printed in the text take room: the nearer the guess, the fewer sections are set again
because a number has more figures than was thought.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from reglet.model.document import Document, Kind, Node
from reglet.paper import lines, measure, points

LETTERS = 2150.0  # on a page of which nothing is known
ENTRIES = 24  # titles on a page of the contents or of lists, some of which take two lines
NOTE = 0.7  # of the room of a letter in the text, that of one in a note

_LETTER = 0.47  # em, with what parts words
_FILLED = 0.68  # of the letters that lines could hold: paragraphs and sections end before them
_ROOM = {Kind.FIGURE: 0.34, Kind.ROW: 0.03, Kind.HEADING: 0.05}  # pages, beside their letters
_WORDS = (Kind.TEXT, Kind.CODE, Kind.CODE_BLOCK)
_MM = 72 / 25.4


def letters_on_page(tokens: Mapping[str, str]) -> float:
    """Guess how many letters a page holds that a theme's tokens describe."""
    size, width, count = points(tokens["font-size"]), measure(tokens) * _MM, lines(tokens)
    if not size or not count or not 0 < width < math.inf:
        return LETTERS
    return _FILLED * count * width / (_LETTER * size)


def guessed(document: Document, letters: float = LETTERS) -> dict[str, int]:
    """Guess the page of each identifier, where pages hold so many `letters` of text."""
    notes = {
        call: NOTE * sum(_letters(node) for block in note.blocks for node in block.walk())
        for note in document.notes.values()
        for call in note.calls[:1]
    }
    room = _Room(letters, notes)
    sections = {section.path: section for section in document.sections}
    for part in document.report.parts:
        if part.kind != "section":
            room.page += max(1, math.ceil(_lines_of(document, part.kind) / ENTRIES))
        elif (section := sections.get(part.path)) is not None:
            for block in section.blocks:
                room.take(block)
            room.page = math.floor(room.page) + 1.0
    for note in document.notes.values():
        for call in (call for call in note.calls if call in room.pages):
            room.pages.setdefault(note.id, room.pages[call])
    return room.pages


def _letters(node: Node) -> int:
    return len(node.text) if node.kind in _WORDS else 0


def _lines_of(document: Document, kind: str) -> int:
    """Count the lines of a part that lists others."""
    if kind == "contents":
        return len(document.contents)
    return len(document.figures) + len(document.tables) if kind == "lists" else 0


@dataclass(slots=True)
class _Room:
    """How far pages are filled: `page`, from 1, with the part of it that is taken."""

    letters: float
    notes: Mapping[str, float]  # letters of the note that is called there first, by the call
    page: float = 1.0
    pages: dict[str, int] = field(default_factory=dict)

    def take(self, node: Node) -> None:
        """Take room for a node and what it holds."""
        if node.id:
            self.pages.setdefault(node.id, math.floor(self.page))
        text = _letters(node) + self.notes.get(node.id, 0.0)
        self.page += text / self.letters + _ROOM.get(node.kind, 0.0)
        for child in node.children:
            self.take(child)
