"""WeasyPrint, behind one door: a page's markup and the report's own files in, pages out.

Nothing is fetched: the engine sees the report's pictures
and the declared fonts, and no other file, address or system font.
"""

import logging
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import cssselect2
import weasyprint
from PIL import ImageFile
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.html import get_html_metadata
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reglet.formats.fonts import instance
from reglet.formats.pdf.addresses import BASE, FONTS
from reglet.formats.pdf.deferred import never_shown
from reglet.formats.pdf.entry import Entry
from reglet.formats.pdf.layout import NotesDocument
from reglet.formats.pdf.lean import lean_layout
from reglet.model.project import Image

# WeasyPrint 70.0 lets Pillow take truncated pictures for whole ones, in the whole process.
ImageFile.LOAD_TRUNCATED_IMAGES = False

VERSION: str = weasyprint.__version__


class _Files(URLFetcher):  # type: ignore[misc]
    """Serves the report's pictures and the declared fonts from memory, and refuses the rest."""

    def __init__(self, images: Mapping[str, Image]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.images = images
        self.faces = 0  # that were served

    def fetch(self, url: str, headers: Any = None) -> Any:
        path = unquote(url.removeprefix(BASE))
        if url.startswith(FONTS):
            self.faces += 1
            return URLFetcherResponse(
                url,
                instance(path.removeprefix("fonts/")),
                {"Content-Type": "font/ttf"},
            )
        if url.startswith(BASE) and path in self.images:
            image = self.images[path]
            return URLFetcherResponse(url, image.data, {"Content-Type": image.media_type})
        return super().fetch(url, headers)


class _Tree(weasyprint.HTML):  # type: ignore[misc]
    """A document that is XML already: no HTML parser moves a block out of its paragraph."""

    def __init__(self, root: ET.Element, fetcher: URLFetcher, entry: Entry) -> None:
        self.entry = entry
        self.in_place: frozenset[str] = frozenset()  # figures that stay where they are
        self.strings: dict[str, str] = {}  # as the pages leave them
        self.lacking: frozenset[str] = frozenset()  # strings that pages show and none has set
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def render(self, font_config: FontConfiguration, **options: Any) -> Any:
        """Lay the document out with reglet's notes."""
        return NotesDocument._render(
            self, font_config, None, None, weasyprint.DEFAULT_OPTIONS | options
        )


_FACE = f'@font-face {{ font-family: "Source Serif 4"; src: url("{FONTS}serif.ttf") }}'


class TooDeepError(Exception):
    """Elements stand deeper in one another than the engine can follow."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Markup laid out: the engine's document, and what it had to say.

    `strings` are as the last page leaves them; `lacking` names those that pages show unset.
    """

    document: Any
    remarks: list[str]
    strings: Mapping[str, str]
    lacking: frozenset[str]


def lay_out(
    markup: str,
    stylesheet: str,
    images: Mapping[str, Image],
    on_page: Callable[[int], None] = lambda _: None,
    entry: Entry = Entry(),  # noqa: B008 - frozen
) -> Pages:
    """Lay `markup`, well-formed XHTML without namespace, out in pages, from `entry` on.

    Raises xml.etree.ElementTree.ParseError where the markup is no XML, and TooDeepError where
    its elements stand too deep in one another.
    """
    root = ET.fromstring(markup)  # noqa: S314 - our own templates' output, no entities
    collapse_white_space(root)
    fonts, css, told = _look(stylesheet)
    with engine_remarks() as remarks, _pages_told(on_page), lean_layout():
        remarks.extend(told)
        tree = _Tree(root, _Files(images), entry)
        try:
            document = tree.render(font_config=fonts, stylesheets=[css])
            while lost := never_shown(document.pages) - tree.in_place:
                tree.in_place |= lost
                document = tree.render(font_config=fonts, stylesheets=[css])
        except RecursionError as fault:
            raise TooDeepError from fault
    for page in document.pages:
        # WeasyPrint 70.0 annotates what stands within a link once more, outside its Link tag
        page.links = [_in_reach(link) for link in page.links if link[3].link is not None]
    return Pages(document, remarks, tree.strings, tree.lacking)


@lru_cache(maxsize=4)
def _look(stylesheet: str) -> tuple[Any, Any, list[str]]:
    """Read a style sheet, and the fonts that it declares; return what the engine says of it, too.

    It is kept, since most of a report's parts share it.
    """
    fonts = FontConfiguration()
    with engine_remarks() as remarks:
        files = _Files({})
        css = weasyprint.CSS(string=stylesheet, url_fetcher=files, font_config=fonts)
        if not files.faces:  # without any, Pango 1.50 ends the process
            weasyprint.CSS(string=_FACE, url_fetcher=files, font_config=fonts)
    return fonts, css, remarks


def without_pages(markup: str) -> Any:
    """Return the engine's document of `markup` without any pages, but with its metadata."""
    tree = _Tree(ET.fromstring(markup), _Files({}), Entry())  # noqa: S314 - our own templates'
    metadata = DocumentMetadata(**get_html_metadata(tree))
    return NotesDocument([], metadata, tree.url_fetcher, None, {}, None)


def _in_reach(link: tuple[str, str, tuple[float, ...], Any]) -> tuple[Any, ...]:
    """Make a link as high as its letters; the engine takes the line's height, which may be none."""
    kind, target, (left, top, right, bottom), box = link
    texts = (part for part in box.descendants() if isinstance(part, TextBox))
    height = max((float(text.height) for text in texts), default=0.0)
    lacking = max(box.border_height() - abs(bottom - top), height - abs(bottom - top), 0) / 2
    return kind, target, (left, top - lacking, right, bottom + lacking), box


def collapse_white_space(root: ET.Element) -> None:
    """Fold runs of white space to one space outside `pre`.

    WeasyPrint 70.0 stops with an AssertionError where white space precedes a newline.
    """
    for element in _outside_pre(root):
        element.text = element.text and re.sub(r"[ \t\r\n]+", " ", element.text)
        for child in element:
            child.tail = child.tail and re.sub(r"[ \t\r\n]+", " ", child.tail)


def _outside_pre(element: ET.Element) -> Iterator[ET.Element]:
    if element.tag != "pre":
        yield element
        for child in element:
            yield from _outside_pre(child)


@contextmanager
def _pages_told(on_page: Callable[[int], None]) -> Iterator[None]:
    """Tell each page as the engine begins it, which it says nowhere but in its log."""

    class Teller(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if found := re.search(r"Page (\d+)", record.getMessage()):
                on_page(int(found[1]))

    logger = logging.getLogger("weasyprint.progress")
    level, teller = logger.level, Teller(logging.INFO)
    logger.setLevel(logging.INFO)
    logger.addHandler(teller)
    try:
        yield
    finally:
        logger.removeHandler(teller)
        logger.setLevel(level)


@contextmanager
def engine_remarks() -> Iterator[list[str]]:
    """Collect what the engine logs as warning or error while it works.

    WeasyPrint 70.0 leaves out a picture that there is no memory for, and a drawing that takes too
    long, and goes on. It logs why: what ends the work is raised again.
    """
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.WARNING:
                found.append(record.getMessage())
            if record.exc_info and (ending := _ending(record.exc_info[1])):
                raise ending

    logger = logging.getLogger("weasyprint")
    level, kept, handlers = logger.level, logger.propagate, logger.handlers
    logger.propagate, logger.handlers = False, [Collector(logging.DEBUG)]
    logger.setLevel(logging.DEBUG)
    try:
        yield found
    finally:
        logger.setLevel(level)
        logger.handlers, logger.propagate = handlers, kept


def _ending(fault: BaseException | None) -> BaseException | None:
    """Return what must end the work, if a fault is that or comes of it."""
    while fault is not None:
        if isinstance(fault, MemoryError) or not isinstance(fault, Exception):
            return fault
        fault = fault.__cause__
    return None
