"""A read EPUB in, faults of its package and its navigation out."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from reglet.proof.book.reading import DC, OPF, OPS, XHTML, XML, Book, words

TYPE = b"application/epub+zip"
NEEDED = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard",
          "accessibilitySummary")  # fmt: skip
"""What EPUB Accessibility 1.1 §2 asks a package to say."""

_LANDMARKS = ("toc", "bodymatter")


def archive(book: Book) -> Iterator[str]:
    """Find out whether the archive says first what it is."""
    if not book.stored or book.files.get("mimetype") != TYPE:
        yield "its first file is no `mimetype` that says what it is"


def well_formed(book: Book) -> Iterator[str]:
    """Find pages that are no XML."""
    yield from (f"{path}: it is no well-formed XML" for path in book.damaged)


def manifest(book: Book) -> Iterator[str]:
    """Find files that the manifest does not list, and lines of it without a file."""
    listed = Counter(item.path for item in book.items)
    for path in book.files:
        if path not in (*listed, book.path, "mimetype") and not path.startswith("META-INF/"):
            yield f"{path}: the manifest does not list it"
    for path, count in listed.items():
        if path not in book.files:
            yield f"{path}: the manifest lists it, and it is not there"
        if count > 1:
            yield f"{path}: the manifest lists it twice"


def spine(book: Book) -> Iterator[str]:
    """Find out whether there is a reading order, of items that are there."""
    known = {item.id for item in book.items}
    order = [ref.get("idref", "") for ref in book.package.iter(f"{OPF}itemref")]
    if not order:
        yield "it has no reading order (spine)"
    yield from (f"the reading order names no item: `{name}`" for name in order if name not in known)


def facts(book: Book) -> Iterator[str]:
    """Find out whether title, language and identifier are there."""
    for name in ("title", "language", "identifier"):
        if not any(words(one) for one in book.package.iter(f"{DC}{name}")):
            yield f"its package has no {name} (dc:{name})"
    if not book.package.get(f"{XML}lang"):
        yield "its package does not say which language it is in (xml:lang)"


def accessibility(book: Book) -> Iterator[str]:
    """Find out whether the package says for whom it is made."""
    said = {
        meta.get("property", "").removeprefix("schema:")
        for meta in book.package.iter(f"{OPF}meta")
        if (meta.text or "").strip()
    }
    yield from (f"its package does not say its {name}" for name in NEEDED if name not in said)


def navigation(book: Book) -> Iterator[str]:
    """Find out whether there is a table of contents, and landmarks."""
    lists = dict(_lists(book))
    if not any("nav" in item.properties for item in book.items):
        yield "it has no navigation document"
    elif "toc" not in lists or not _links(lists["toc"]):
        yield "its navigation has no contents"
    elif "landmarks" not in lists:
        yield "its navigation has no landmarks"
    else:
        found = {link.get(f"{OPS}type", "") for link in _links(lists["landmarks"])}
        yield from (f"no landmark is the {name}" for name in _LANDMARKS if name not in found)


def page_list(book: Book) -> Iterator[str]:
    """Find page breaks that the navigation does not list, or a list that leads to none."""
    listed: set[str] = set()
    for path, nav in _navs(book):
        if nav.get(f"{OPS}type") == "page-list":
            for link in _links(nav):
                found = book.find(path, link.get("href", ""))
                if found is None or not _is_break(found):
                    yield f"{path}: the page `{words(link)}` of the list leads to no page break"
                else:
                    listed.add(found.get("id"))
    for path, root in book.pages.items():
        for element in root.iter():
            if (
                isinstance(element.tag, str)
                and _is_break(element)
                and (element.get("id") not in listed)
            ):
                yield f"{path}: the page list has no page `{element.get('id', '')}`"


def _is_break(element: Any) -> bool:
    return "pagebreak" in (element.get(f"{OPS}type", "") + element.get("role", ""))


def _lists(book: Book) -> Iterator[tuple[str, Any]]:
    for _, nav in _navs(book):
        yield nav.get(f"{OPS}type", ""), nav


def _navs(book: Book) -> Iterator[tuple[str, Any]]:
    for item in book.items:
        if "nav" in item.properties and item.path in book.pages:
            for nav in book.pages[item.path].iter(f"{XHTML}nav"):
                yield item.path, nav


def _links(nav: Any) -> list[Any]:
    return list(nav.iter(f"{XHTML}a"))
