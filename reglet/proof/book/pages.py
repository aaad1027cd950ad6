"""A read EPUB in, faults of its text out: notes, links, headings, pictures, tables, languages."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from reglet.proof.book.reading import SVG, XHTML, XML, Book, kinds, shortened, words
from reglet.proof.structure.headings import FILE_NAME, SAYS_NOTHING

_NOTE = frozenset(("footnote", "endnote", "rearnote"))
_PLACES = {"a": "href", "link": "href", "img": "src", "audio": "src", "video": "src"}
_FETCHED = ("link", "img", "audio", "video", "source", "iframe", "embed", "object")
_SAFE = ("http", "https", "mailto", "tel")


def calls(book: Book) -> Iterator[str]:
    """Find calls that lead to no note."""
    for path, call in _calls(book):
        note = book.find(path, call.get("href", ""))
        if note is None or not kinds(note) & _NOTE:
            yield f"{path}: the call `{words(call)}` leads to no note"


def backlinks(book: Book) -> Iterator[str]:
    """Find notes that do not lead back to a call of theirs."""
    for path, note in _notes(book):
        leads = [
            book.find(path, link.get("href", ""))
            for link in note.iter(f"{XHTML}a")
            if "backlink" in kinds(link)
        ]
        if not any(found is not None and "noteref" in kinds(found) for found in leads):
            yield f"{path}: the note `{shortened(words(note))}` does not lead back to its call"


def uncalled(book: Book) -> Iterator[str]:
    """Find notes that nothing calls."""
    called = {book.target(path, call.get("href", "")) for path, call in _calls(book)}
    for path, note in _notes(book):
        if (path, note.get("id", "")) not in called:
            yield f"{path}: nothing calls the note `{shortened(words(note))}`"


def targets(book: Book) -> Iterator[str]:
    """Find links and pictures that lead to what is not there."""
    for path, element in book.of(*_PLACES):
        if "noteref" in kinds(element):
            continue
        address = element.get(_PLACES[element.tag.removeprefix(XHTML)])
        found = book.target(path, address) if address else None
        if address is None or found is None:
            continue
        file, fragment = found
        if file not in book.files:
            yield f"{path}: `{address}` is not in the book"
        elif fragment and file in book.ids and fragment not in book.ids[file]:
            yield f"{path}: there is no place `{address}`"


def elsewhere(book: Book) -> Iterator[str]:
    """Find what is fetched from the network, and links that run programs."""
    for path, element in book.of(*_FETCHED):
        address = element.get("src") or element.get("href") or element.get("data") or ""
        if re.match(r"(?i)(?:https?:)?//", address):
            yield f"{path}: `{shortened(address)}` is fetched from the network"
    for path, element in book.of("a"):
        scheme, colon, _ = element.get("href", "").partition(":")
        if colon and re.fullmatch(r"[A-Za-z]+", scheme) and scheme.lower() not in _SAFE:
            yield f"{path}: the link `{shortened(words(element))}` is a `{scheme}:` one"
    for path, _ in book.of("script"):
        yield f"{path}: it has a script"


def same_ids(book: Book) -> Iterator[str]:
    """Find identifiers that stand twice on a page."""
    for path, root in book.pages.items():
        counted = Counter(one.get("id") for one in root.iter() if one.get("id"))
        for name, count in counted.items():
            if count > 1:
                yield f"{path}: two elements have the id `{name}`"


def languages(book: Book) -> Iterator[str]:
    """Find pages that do not say their language."""
    for path, root in book.of("html"):
        if not root.get("lang") or not root.get(f"{XML}lang"):
            yield f"{path}: it does not say which language it is in (lang, xml:lang)"
        elif root.get("lang") != root.get(f"{XML}lang"):
            yield f"{path}: it says that it is in two languages"


def titles(book: Book) -> Iterator[str]:
    """Find pages without a title."""
    for path, root in book.of("html"):
        title = root.find(f"{XHTML}head/{XHTML}title")
        if title is None or not words(title):
            yield f"{path}: it has no title"


def headings(book: Book) -> Iterator[str]:
    """Find headings that are more than a level below the one before, or empty."""
    for path, root in book.of("html"):
        last = 0
        for heading in root.iter(*(f"{XHTML}h{level}" for level in range(1, 7))):
            level = int(heading.tag[-1])
            if level > last + 1:
                before = f"after a h{last}" if last else "before any h1"
                yield f"{path}: `{shortened(words(heading))}` is a h{level} {before}"
            if not words(heading) and not list(heading.iter(f"{XHTML}img")):
                yield f"{path}: a h{level} is empty"
            last = level


def pictures(book: Book) -> Iterator[str]:
    """Find pictures without words for those who cannot see them."""
    for path, image in book.of("img"):
        said = image.get("alt")
        if said is None:
            yield f"{path}: the picture `{image.get('src', '')}` has no text (alt)"
        elif FILE_NAME.fullmatch(said.strip()) or said.strip().lower() in SAYS_NOTHING:
            yield f"{path}: `{said}` does not say what a picture shows"
    for path, root in book.pages.items():
        within = root.iter(f"{SVG}svg") if root.tag != f"{SVG}svg" else ()  # else its img says it
        for drawing in within:
            if not _is_told(drawing):
                yield f"{path}: a drawing has no text (aria-label)"


def _is_told(drawing: Any) -> bool:
    around = (drawing, *drawing.iterancestors())
    if any(one.get("aria-hidden") == "true" for one in around):
        return True
    named = drawing.get("aria-label") or drawing.get("aria-labelledby")
    title = drawing.find(f"{SVG}title")
    return bool(named or (title is not None and words(title)))


def tables(book: Book) -> Iterator[str]:
    """Find tables without header cells."""
    for path, table in book.of("table"):
        if table.get("role") not in ("presentation", "none") and not list(table.iter(f"{XHTML}th")):
            cells = " ".join(words(cell) for cell in table.iter(f"{XHTML}td"))
            yield f"{path}: the table `{shortened(cells)}` has no header cell"


def _calls(book: Book) -> Iterator[tuple[str, Any]]:
    return ((path, link) for path, link in book.of("a") if "noteref" in kinds(link))


def _notes(book: Book) -> Iterator[tuple[str, Any]]:
    found = book.of("aside", "div", "li", "section", "p")
    return ((path, note) for path, note in found if kinds(note) & _NOTE)
