"""The document in, the characters that none of the declared fonts can print out, with places."""

import unicodedata
from collections.abc import Iterator

from reglet.formats.fonts import FACES, coverage
from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.document import Document, Kind, Node

_INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}


def missing_glyphs(document: Document) -> tuple[Diagnostic, ...]:
    """Name each character without a glyph once, where it first stands."""
    first: dict[str, Node] = {}
    for node in _printed(document):
        for character in set(node.text):
            first.setdefault(character, node)
    missing = {c for c in first if unicodedata.category(c) not in _INVISIBLE and not c.isspace()}
    for face in FACES:
        if face.style == "normal" and missing:
            missing = {c for c in missing if ord(c) not in coverage(face)}
    return tuple(
        diagnose("missing-glyph", first[c].span, character=c, code=f"{ord(c):04X}")
        for c in sorted(missing)
    )


def _printed(document: Document) -> Iterator[Node]:
    trees = [node for section in document.sections for node in section.blocks]
    trees += [node for note in document.notes.values() for node in note.blocks]
    for tree in trees:
        yield from (n for n in tree.walk() if n.text and n.kind is not Kind.DRAWING)
