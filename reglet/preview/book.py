"""An EPUB in, its files for a browser out, its chapters in order, and where they come from."""

import io
import re
from dataclasses import dataclass
from html import unescape
from mimetypes import guess_type
from posixpath import dirname, join, normpath
from zipfile import ZipFile

from lxml import etree

from reglet.dress import PLACE
from reglet.model.document import Built
from reglet.model.span import Span
from reglet.preview.places import span_of

_CONTAINER = "META-INF/container.xml"
_AT = re.compile(rf'{PLACE}="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of an EPUB: its path in the archive, its title, and whether the report has its words.

    The words of a cover or of the contents are reglet's own.
    """

    href: str
    title: str
    written: bool


class Book:
    """One EPUB edition, as it was built once."""

    kind = "epub"

    def __init__(self, built: Built, version: str) -> None:
        self.name = built.edition.name
        self.filename = built.filename
        self.version = version
        self._data = built.data
        with ZipFile(io.BytesIO(built.data)) as archive:
            self._names = frozenset(archive.namelist())
            hrefs = _spine(archive)
            texts = {href: archive.read(href).decode() for href in hrefs}
        self.chapters = tuple(
            Chapter(href, _title(text), PLACE in text) for href, text in texts.items()
        )
        self._places = [
            (span, href)
            for href, text in texts.items()
            for place in _AT.findall(text)
            if (span := span_of(unescape(place))) is not None
        ]

    def file(self, path: str) -> tuple[bytes, str]:
        """Return a file and its media type. Raises LookupError where there is none."""
        if path not in self._names:
            raise LookupError(path)
        with ZipFile(io.BytesIO(self._data)) as archive:
            data = archive.read(path)
        kind = "application/xhtml+xml" if path.endswith(".xhtml") else guess_type(path)[0]
        return data, kind or "application/octet-stream"

    def find(self, place: Span) -> tuple[str, str] | None:
        """Return the chapter that shows a place of a file, and the place of its element there."""
        wanted = Span(place.path, place.line, place.column)
        own = [(span, href) for span, href in self._places if span.path == place.path]
        before = [pair for pair in own if pair[0] <= wanted]
        span, href = max(before) if before else min(own, default=(None, ""))
        return (href, str(span)) if span else None

    def close(self) -> None:
        """Do nothing: there is no file to let go of."""


def _spine(archive: ZipFile) -> list[str]:
    """List the pages in reading order (EPUB 3.3 §5.7)."""
    container = etree.fromstring(archive.read(_CONTAINER))
    package = container.find(".//{*}rootfile").get("full-path")
    root = etree.fromstring(archive.read(package))
    hrefs = {item.get("id"): item.get("href") for item in root.iterfind(".//{*}item")}
    order = [hrefs[item.get("idref")] for item in root.iterfind(".//{*}itemref")]
    return [normpath(join(dirname(package), href)) for href in order]


def _title(text: str) -> str:
    match = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    return unescape(match[1]).strip() if match else ""
