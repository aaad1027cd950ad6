"""An EPUB's bytes in, its package, pages and style sheets out, as the checks ask about them."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

CONTAINER = "META-INF/container.xml"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
SVG = "{http://www.w3.org/2000/svg}"
XML = "{http://www.w3.org/XML/1998/namespace}"

_ROOT_FILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_PAGES = ("application/xhtml+xml", "image/svg+xml")
_MOST = 500_000_000  # bytes unpacked
_SHOWN = 40


class UnreadableBookError(Exception):
    """Says in plain words why a file cannot be read as an EPUB."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the manifest; `path` is that in the archive."""

    id: str
    path: str
    media_type: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """An EPUB: its files, what its package says, and its pages as trees by their paths."""

    files: Mapping[str, bytes]
    stored: bool  # its type is its first file, and not compressed
    package: Any
    path: str  # of the package
    items: Sequence[Item]
    pages: Mapping[str, Any]
    ids: Mapping[str, Mapping[str, Any]]  # of each page, and their elements
    damaged: Sequence[str]  # why pages are no XML

    def of(self, *tags: str) -> Iterator[tuple[str, Any]]:
        """Yield the path and element of each element of XHTML with one of some names."""
        names = [f"{XHTML}{tag}" for tag in tags]
        for path, root in self.pages.items():
            for element in root.iter(*names):
                yield path, element

    def target(self, path: str, address: str) -> tuple[str, str] | None:
        """Return the path and the fragment an address on a page leads to; None for elsewhere."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return None
        if not parts.path:
            return path, unquote(parts.fragment)
        place = posixpath.join(posixpath.dirname(path), unquote(parts.path))
        return posixpath.normpath(place), unquote(parts.fragment)

    def find(self, path: str, address: str) -> Any:
        """Return the element that an address leads to, or None."""
        target = self.target(path, address)
        return self.ids.get(target[0], {}).get(target[1]) if target else None


def read_book(data: bytes) -> Book:
    """Read an EPUB; raises UnreadableBookError."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > _MOST:
                raise UnreadableBookError("it is larger than half a gigabyte when unpacked")
            files = {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise UnreadableBookError("it is no ZIP archive, or damaged") from None
    first = infos[0] if infos else None
    stored = first is not None and first.filename == "mimetype" and first.compress_type == 0
    path = _package_path(files)
    package = _tree(files.get(path, b""))
    if package is None:
        raise UnreadableBookError("it has no package document, or a damaged one")
    items = tuple(_items(package, path))
    trees = {
        item.path: _tree(files[item.path])
        for item in items
        if item.media_type in _PAGES and item.path in files
    }
    pages = {name: tree for name, tree in trees.items() if tree is not None}
    ids = {name: dict(_named(tree)) for name, tree in pages.items()}
    damaged = [name for name, tree in trees.items() if tree is None]
    return Book(files, stored, package, path, items, pages, ids, damaged)


def words(element: Any) -> str:
    """Return the text of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())


def shortened(text: str) -> str:
    """Return a text for people, not longer than part of a line."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def kinds(element: Any) -> frozenset[str]:
    """Return what an element is by `epub:type` and by its role, without `doc-`."""
    named = f"{element.get(f'{OPS}type', '')} {element.get('role', '')}"
    return frozenset(name.removeprefix("doc-") for name in named.split())


def _package_path(files: Mapping[str, bytes]) -> str:
    container = _tree(files.get(CONTAINER, b""))
    root = None if container is None else next(container.iter(_ROOT_FILE), None)
    if root is None:
        raise UnreadableBookError(f"it has no {CONTAINER} that names its package")
    return str(root.get("full-path", ""))


def _items(package: Any, path: str) -> Iterator[Item]:
    for item in package.iter(f"{OPF}item"):
        place = posixpath.join(posixpath.dirname(path), unquote(item.get("href", "")))
        yield Item(
            item.get("id", ""),
            posixpath.normpath(place),
            item.get("media-type", ""),
            tuple(item.get("properties", "").split()),
        )


def _named(tree: Any) -> Iterator[tuple[str, Any]]:
    return ((one.get("id"), one) for one in tree.iter() if one.get("id"))


def _tree(data: bytes) -> Any:
    """Parse XML without entities and without the network; None where it is damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
