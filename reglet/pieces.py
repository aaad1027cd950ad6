"""The document in, the pages and chapters that an edition is made of out: in order, and named.

Where the notes of the whole report stand together they are a part, before the sources.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reglet.model.document import SIDES, Document, Entry, IndexEntry, Kind, Node, Note, Section
from reglet.model.report import Edition, Part
from reglet.model.words import plain

NOTES = "notes"
"""The part that holds all notes, and the word for it in `templates/labels/`."""

NOTES_ID = "note-list"
"""The identifier of its heading."""

STATEMENT = "accessibility"
"""The part that says who can read an EPUB, and the word for it in `templates/labels/`."""

_BEHIND = ("sources", "index", "colophon")  # the first of these that there is comes after the notes


@dataclass(frozen=True, slots=True)
class Place:
    """A page or chapter to be: its part, its section if it is one, and its file in an EPUB."""

    name: str
    part: Part
    section: Section | None
    file: str


def places(document: Document) -> tuple[Place, ...]:
    """Put sections and parts in order, each under a name of its own that is safe as a file's."""
    sections = {section.path: section for section in document.sections}
    found: list[Place] = []
    taken: set[str] = set()
    for part in document.report.parts:
        section = sections.get(part.path) if part.kind == "section" else None
        if part.kind == "section" and section is None:
            continue
        name = section.name if section else part.kind
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "section"
        while stem.lower() in taken:
            stem += "-2"
        taken.add(stem.lower())
        found.append(Place(stem, part, section, f"{stem}.xhtml"))
    return tuple(found)


def files(document: Document) -> dict[str, str]:
    """Map every identifier of the report to the file of an EPUB that it comes to stand in."""
    order = places(document)
    by_section = {place.section.name: place.file for place in order if place.section}
    by_part = {place.part.kind: place.file for place in order if not place.section}
    found = {id: by_section.get(name, "") for id, name in document.anchors.items()}
    for note in document.notes.values():
        for id in (note.id, *note.calls):
            found[id] = by_section.get(note.section, "")
    if NOTES in by_part:
        notes = listed(document)
        inner = (node.id for note in notes for node in _nodes(note.blocks))
        here = (NOTES_ID, *(note.id for note in notes), *filter(None, inner))
        found |= dict.fromkeys(here, by_part[NOTES])
    for group in document.sources:
        found |= {entry.id: by_part.get("sources", "") for entry in group.entries}
    for term in terms(document):
        found[term.id] = by_part.get("index", "")
    return found


def terms(document: Document) -> Iterator[IndexEntry]:
    """Yield the terms of the index, each before those below it."""
    waiting = [entry for group in reversed(document.index) for entry in reversed(group.entries)]
    while waiting:
        entry = waiting.pop()
        yield entry
        waiting.extend(reversed(entry.children))


def given(document: Document, kind: Kind, attribute: str) -> tuple[str, ...]:
    """List the values of an attribute that nodes of a kind have, each once, in reading order."""
    nodes = [node for section in document.sections for node in _nodes(section.blocks)]
    nodes += [node for note in document.notes.values() for node in _nodes(note.blocks)]
    values = (node.attrs.get(attribute) for node in nodes if node.kind is kind)
    return tuple(dict.fromkeys(filter(None, values)))


def paged(document: Document, edition: Edition) -> tuple[str, ...]:
    """List the identifiers whose pages are printed, or which look otherwise on a verso."""
    kinds = [part.kind for part in document.report.parts]
    index = terms(document) if "index" in kinds else ()
    places = [place for term in index for place in term.locators]
    marks = [id for place in places for id in (place.start, place.end) if id]
    sides = _beside(document) if edition.held == "x-4" else ()
    return (*given(document, Kind.LINK, "page-of"), *marks, *sides)


def _beside(document: Document) -> tuple[str, ...]:
    """List the identifiers of what stands in the margins."""
    nodes = (node for section in document.sections for node in _nodes(section.blocks))
    return tuple(n.id for n in nodes if n.id and SIDES.get(n.kind, " ") in n.classes)


def listed(document: Document) -> tuple[Note, ...]:
    """Return the notes that a list of all notes has: those below tables stand there already."""
    return tuple(note for note in document.notes.values() if note.series != "below")


def _nodes(blocks: tuple[Node, ...]) -> list[Node]:
    return [node for block in blocks for node in block.walk()]


def with_notes(document: Document, labels: Mapping[str, str]) -> Document:
    """Add a part for all notes, and its line in the contents; nothing where there are none."""
    if not listed(document):
        return document
    parts = document.report.parts
    kinds = [part.kind for part in parts]
    index = next((kinds.index(kind) for kind in _BEHIND if kind in kinds), len(parts))
    before = {part.path for part in parts[:index]}
    names = {section.name for section in document.sections if section.path in before}
    lines = document.contents
    split = next((n for n, line in enumerate(lines) if line.section not in names), len(lines))
    title = labels.get(NOTES, "")
    entry = Entry(NOTES_ID, "", "", (Node(Kind.TEXT, text=title),), title)
    return replace(
        document,
        report=replace(document.report, parts=(*parts[:index], Part(NOTES), *parts[index:])),
        contents=(*lines[:split], entry, *lines[split:]),
    )


def with_statement(document: Document) -> Document:
    """Add the part that says who can read the book: last, but for the colophon."""
    parts = document.report.parts
    kinds = [part.kind for part in parts]
    index = kinds.index("colophon") if "colophon" in kinds else len(parts)
    parts = (*parts[:index], Part(STATEMENT), *parts[index:])
    return replace(document, report=replace(document.report, parts=parts))


def title_of(section: Section) -> str:
    """Return the words of the section's own heading, or an empty string."""
    heading = next((node for node in section.blocks if node.kind is Kind.HEADING), None)
    return plain(heading.children) if heading else ""
