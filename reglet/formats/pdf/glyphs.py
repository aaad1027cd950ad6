"""The document in, the characters that none of the declared fonts can print out, with places."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reglet.formats.fonts import FACES, coverage
from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.document import Document, Kind, Node
from reglet.model.project import SourceFile
from reglet.model.span import Span

_INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}


def missing_glyphs(document: Document, files: Iterable[SourceFile]) -> tuple[Diagnostic, ...]:
    """Name each character without a glyph once, where it first stands in the report's files."""
    first: dict[str, Node] = {}
    for node in _printed(document):
        for character in set(node.text):
            first.setdefault(character, node)
    missing = {c for c in first if unicodedata.category(c) not in _INVISIBLE and not c.isspace()}
    for face in FACES:
        if face.style == "normal" and missing:
            missing = {c for c in missing if ord(c) not in coverage(face)}
    texts = {file.path: file.text.split("\n") for file in files} if missing else {}
    return tuple(
        diagnose(
            "missing-glyph", _place(c, first[c].span, texts), character=c, code=f"{ord(c):04X}"
        )
        for c in sorted(missing)
    )


def _place(character: str, span: Span, texts: Mapping[str, Sequence[str]]) -> Span:
    """Find a character from where its text begins; one written as an entity has that place."""
    lines = texts.get(span.path, ())
    start = max(span.column - 1, 0)
    for number, line in enumerate(lines[max(span.line - 1, 0) :], start=max(span.line, 1)):
        if (column := line.find(character, start)) >= 0:
            return Span(span.path, number, column + 1)
        start = 0
    return span


def _printed(document: Document) -> Iterator[Node]:
    trees = [node for section in document.sections for node in section.blocks]
    trees += [node for note in document.notes.values() for node in note.blocks]
    for tree in trees:
        yield from (n for n in tree.walk() if n.text and n.kind is not Kind.DRAWING)
