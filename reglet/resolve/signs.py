"""Letters and signs of notes that have no number: editor's notes, and those below tables.

Which sign an editor's note has depends on the edition; the functions for that take a document and
return it with the signs of notes, of their calls and of references to them changed.
"""

from collections.abc import Mapping
from dataclasses import replace

from reglet.model.document import Document, Kind, Node
from reglet.resolve.walk import change_document, text

EDITOR_SIGNS = "*†‡§‖¶"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def editor_sign(number: int) -> str:
    """Return the sign of an editor's note: * † ‡ § ‖ ¶, then each doubled, and so on."""
    times, index = divmod(number - 1, len(EDITOR_SIGNS))
    return EDITOR_SIGNS[index] * (times + 1)


def letter(number: int, letters: str = LETTERS) -> str:
    """Return the letter of a note: a to z, then aa, ab, and so on."""
    found = ""
    while number > 0:
        number, index = divmod(number - 1, len(letters))
        found = letters[index] + found
    return found


def letter_editor_notes(document: Document) -> Document:
    """Letter editor's notes A, B, C from the beginning of each section, where there are no pages.

    Capitals, since notes below a table in the same file have small letters.
    """
    counts: dict[str, int] = {}
    signs: dict[str, str] = {}
    for note in document.notes.values():
        if note.series == "editor":
            counts[note.section] = counts.get(note.section, 0) + 1
            signs[note.id] = letter(counts[note.section]).upper()
    return _signed(document, signs)


def sign_by_page(document: Document, pages: Mapping[str, int]) -> Document:
    """Sign editor's notes * † ‡ from the beginning of each page.

    `pages` gives the page of each note by its identifier; a note without one keeps its sign.
    """
    counts: dict[int, int] = {}
    signs: dict[str, str] = {}
    for note in document.notes.values():
        if note.series == "editor" and note.id in pages:
            page = pages[note.id]
            counts[page] = counts.get(page, 0) + 1
            signs[note.id] = editor_sign(counts[page])
    return _signed(document, signs)


def _signed(document: Document, signs: Mapping[str, str]) -> Document:
    """Give notes, by their identifiers, other signs than they have."""
    old = {id: document.notes[id].number for id in signs}
    new = {id: sign for id, sign in signs.items() if sign != old[id]}
    if not new:
        return document

    def signed(node: Node) -> Node:
        if node.kind is Kind.CALL and node.attrs.get("note") in new:
            return replace(node, attrs={**node.attrs, "number": new[node.attrs["note"]]})
        target = node.attrs.get("href", "").removeprefix("#")
        if node.kind is Kind.LINK and target in new and node.children:
            *before, last = node.children
            if last.kind is Kind.TEXT and last.text == old[target]:
                return replace(node, children=(*before, text(new[target], last)))
        return node

    notes = {
        id: replace(note, number=new.get(id, note.number)) for id, note in document.notes.items()
    }
    return change_document(replace(document, notes=notes), signed)
