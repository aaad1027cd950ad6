"""WeasyPrint, behind one door: a page's markup and the report's own files in, pages out.

The only module that imports the engine. Nothing is fetched: the engine sees the report's pictures
and the declared fonts, and no other file, address or system font.
"""

import logging
import os
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import cssselect2
from PIL import ImageFile

from reglet.formats.fonts import instance
from reglet.formats.pdf.addresses import BASE, FONTS
from reglet.model.project import Image

# Fontconfig, told of no folders before Pango is loaded, finds no fonts of the system.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")  # that is the point
    import weasyprint
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from reglet.formats.pdf.archive import (
        STANDARDS,
        Attached,
        attach,
        claim_both,
        keep_plain,
        srgb,
        whole_streams,
    )
    from reglet.formats.pdf.drawn_words import whole_words
    from reglet.formats.pdf.layout import NotesDocument
    from reglet.formats.pdf.lean import lean_layout, lean_writing
    from reglet.formats.pdf.line_ends import mark_ends
    from reglet.formats.pdf.namespaces import renew
    from reglet.formats.pdf.structure import origins
    from reglet.formats.pdf.tags import mend
    from reglet.formats.pdf.tounicode import fill_maps, own_letters

# WeasyPrint 70.0 lets Pillow take truncated pictures for whole ones, in the whole process.
ImageFile.LOAD_TRUNCATED_IMAGES = False

VERSION: str = weasyprint.__version__


class _Files(URLFetcher):  # type: ignore[misc]
    """Serves the report's pictures and the declared fonts from memory, and refuses the rest."""

    def __init__(self, images: Mapping[str, Image], characters: str) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.images = images
        self.characters = characters
        self.faces = 0  # that were served

    def fetch(self, url: str, headers: Any = None) -> Any:
        path = unquote(url.removeprefix(BASE))
        if url.startswith(FONTS):
            self.faces += 1
            return URLFetcherResponse(
                url,
                instance(path.removeprefix("fonts/"), self.characters),
                {"Content-Type": "font/ttf"},
            )
        if url.startswith(BASE) and path in self.images:
            image = self.images[path]
            return URLFetcherResponse(url, image.data, {"Content-Type": image.media_type})
        return super().fetch(url, headers)


class _Tree(weasyprint.HTML):  # type: ignore[misc]
    """A document that is XML already: no HTML parser moves a block out of its paragraph."""

    def __init__(self, root: ET.Element, fetcher: URLFetcher) -> None:
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
    """A report laid out: the engine's document, and what it had to say."""

    document: Any
    remarks: list[str]


def lay_out(
    markup: str,
    stylesheet: str,
    images: Mapping[str, Image],
    on_page: Callable[[int], None] = lambda _: None,
) -> Pages:
    """Lay `markup`, well-formed XHTML without namespace, out in pages.

    Raises xml.etree.ElementTree.ParseError where the markup is no XML, and TooDeepError where
    its elements stand too deep in one another.
    """
    root = ET.fromstring(markup)  # noqa: S314 - our own templates' output, no entities
    collapse_white_space(root)
    fetcher = _Files(images, "".join(sorted(set(markup + stylesheet))))
    fonts = FontConfiguration()
    css = weasyprint.CSS(string=stylesheet, url_fetcher=fetcher, font_config=fonts)
    if not fetcher.faces:  # without any, Pango 1.50 ends the process
        weasyprint.CSS(string=_FACE, url_fetcher=fetcher, font_config=fonts)
    with _remarks() as remarks, _pages_told(on_page), lean_layout():
        try:
            document = _Tree(root, fetcher).render(font_config=fonts, stylesheets=[css])
        except RecursionError as fault:
            raise TooDeepError from fault
    for page in document.pages:
        # WeasyPrint 70.0 annotates what stands within a link once more, outside its Link tag
        page.links = [_in_reach(link) for link in page.links if link[3].link is not None]
    return Pages(document, remarks)


def _in_reach(link: tuple[str, str, tuple[float, ...], Any]) -> tuple[Any, ...]:
    """Make a link as high as its letters; the engine takes the line's height, which may be none."""
    kind, target, (left, top, right, bottom), box = link
    texts = (part for part in box.descendants() if isinstance(part, TextBox))
    height = max((float(text.height) for text in texts), default=0.0)
    lacking = max(box.border_height() - abs(bottom - top), height - abs(bottom - top), 0) / 2
    return kind, target, (left, top - lacking, right, bottom + lacking), box


def write(
    pages: Pages,
    identifier: bytes,
    moment: str = "",
    files: Sequence[Attached] = (),
    *,
    standard: str = "ua-1",
) -> bytes:
    """Write laid-out pages as one file of a row of `STANDARDS`, made at `moment` (ISO 8601)."""
    held = STANDARDS[standard]
    pages.document.metadata.created = pages.document.metadata.modified = moment or None
    pages.document.color_profiles["srgb"] = srgb()
    claim_both(pages.document.metadata, held.claim, holds_files=bool(files))

    def finish(_document: object, pdf: Any) -> None:
        tree = mend(pdf, found)
        if standard == "ua-2":
            renew(tree)
        keep_plain(pdf)
        attach(pdf, files, moment)

    mark_ends(page._page_box for page in pages.document.pages)
    with _told(pages), own_letters(), whole_words(), whole_streams(), origins() as found:
        data: bytes = pages.document.write_pdf(
            finisher=finish,
            pdf_variant=held.variant,
            pdf_tags=True,
            pdf_identifier=identifier,
            output_intent="sRGB",
            custom_metadata=False,
        )
    return data


def write_for_press(pages: Pages, moment: str) -> bytes:
    """Write laid-out pages without tags, as `reglet.formats.pdf.press` is to finish them."""
    pages.document.metadata.created = pages.document.metadata.modified = moment

    def finish(_document: object, pdf: Any) -> None:
        fill_maps(pdf)
        keep_plain(pdf)

    with _told(pages), own_letters(), whole_words(), whole_streams():
        data: bytes = pages.document.write_pdf(
            finisher=finish,
            pdf_variant=None,
            pdf_tags=False,
            custom_metadata=False,
        )
    return data


@contextmanager
def _told(pages: Pages) -> Iterator[None]:
    """Add what the engine has to say of the pages while it writes them, as of drawings it drops."""
    with _remarks() as remarks, lean_writing():
        yield
    pages.remarks.extend(remarks)


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
def _remarks() -> Iterator[list[str]]:
    """Collect what the engine logs as warning or error while it works."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector = Collector(logging.WARNING)
    kept, logger.propagate = logger.propagate, False
    handlers, logger.handlers = logger.handlers, [collector]
    try:
        yield found
    finally:
        logger.handlers, logger.propagate = handlers, kept
