"""EbookLib, kept to what it does well: the manifest, the spine and the order of writing.

In come items whose bytes are final; out comes the archive. Each override names the fault of
EbookLib 0.20 that it goes round.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ebooklib import epub
from lxml import etree

from reglet.formats.epub.archive import Archive
from reglet.formats.epub.metadata import COVER, IDENTIFIER, Access, Metadata
from reglet.model.report import Report

_XML = "{http://www.w3.org/XML/1998/namespace}"
_XHTML = "application/xhtml+xml"


class Content(epub.EpubHtml):  # type: ignore[misc] # EbookLib is untyped
    """A content document that stays byte for byte what it is; EbookLib indents and re-cases it."""

    def __init__(self, uid: str, href: str, data: bytes, properties: list[str]) -> None:
        super().__init__(uid=uid, file_name=href, media_type=_XHTML, content=data)
        self.properties = properties

    def get_content(self, default: bytes | None = None) -> bytes:  # noqa: ARG002
        """Return the document's own bytes."""
        data: bytes = self.content
        return data


class Navigation(epub.EpubNav):  # type: ignore[misc]
    """The navigation document, likewise its own bytes, with its properties."""

    def __init__(self, data: bytes, properties: list[str]) -> None:
        super().__init__(uid="nav", file_name="nav.xhtml", media_type=_XHTML)
        self.content, self.properties = data, properties


@dataclass(frozen=True, slots=True)
class Package:
    """What the package document says beside its list of items."""

    report: Report
    modified: datetime
    direction: str
    access: Access


class Book(epub.EpubBook):  # type: ignore[misc]
    """An EpubBook that refuses identifiers and names given twice; EbookLib writes both."""

    def __init__(self, package: Package) -> None:
        super().__init__()
        self.package = package
        self.IDENTIFIER_ID = IDENTIFIER
        self.language = package.report.lang
        self.direction = package.direction

    def add(self, item: Any) -> Any:
        """Add an item to the manifest and return it. Raises ValueError for a second of its name."""
        if self.get_item_with_id(item.id) or self.get_item_with_href(item.file_name):
            raise ValueError(f"two items of the EPUB are called {item.id} or {item.file_name}")
        return self.add_item(item)

    def add_file(self, uid: str, href: str, media_type: str, data: bytes) -> None:
        """Add a file that is no page: a picture, a font, the style sheet."""
        self.add(epub.EpubItem(uid=uid, file_name=href, media_type=media_type, content=data))

    def add_cover(self, data: bytes) -> None:
        """Add the cover's PNG or JPEG; EbookLib's own page for it cannot be reached (OPF-096)."""
        suffix, kind = ("png", "png") if data.startswith(b"\x89PNG") else ("jpg", "jpeg")
        cover = epub.EpubCover(uid=COVER, file_name=f"images/cover.{suffix}")
        cover.media_type, cover.content = f"image/{kind}", data
        self.add(cover)

    def add_ncx(self, data: bytes) -> None:
        """Add the older table of contents."""
        item = epub.EpubNcx(uid="ncx", file_name="toc.ncx")
        item.content = data
        self.add(item)


class Writer(epub.EpubWriter):  # type: ignore[misc]
    """An EpubWriter into our own archive. Use `Writer(book).bytes()`."""

    def __init__(self, book: Book) -> None:
        super().__init__("", book, {"epub3_pages": False, "raise_exceptions": True})
        self.package = book.package
        self.out = Archive(book.package.modified)

    def bytes(self) -> bytes:
        """Write the book; EbookLib's own zip holds the time of day and the machine's modes."""
        self.out.writestr("mimetype", "application/epub+zip")
        self._write_container()
        self._write_opf()
        self._write_items()
        return self.out.finish()

    def _get_nav(self, item: Any) -> Any:
        """Return our own navigation; EbookLib's takes every note for a printed page."""
        return item.content

    def _get_ncx(self) -> Any:
        """Return our own NCX; EbookLib's says that it has no depth."""
        return self.book.get_item_with_id("ncx").content

    def _write_opf_metadata(self, root: Any) -> None:
        """Write all metadata ourselves."""
        metadata = Metadata(root)
        metadata.report(self.package.report, self.package.modified)
        metadata.access(self.package.access)
        metadata.older_readers()

    def _write_opf_file(self, root: Any) -> None:
        """Write the package document with the language and direction that EbookLib forgets.

        Its elements stand in no namespace until they are parsed again: EbookLib writes `xmlns` as
        an attribute.
        """
        root.set(f"{_XML}lang", self.book.language)
        root.set("dir", self.book.direction)
        del root.attrib["prefix"]  # of `rendition`, which is reserved and not used
        for item in root.iterfind("manifest/item[@id='nav']"):
            nav = self.book.get_item_with_id("nav")
            item.set("properties", " ".join(["nav", *nav.properties]))
        plain = etree.fromstring(etree.tostring(root, encoding="utf-8"))
        etree.indent(plain)
        data = etree.tostring(plain, encoding="utf-8", xml_declaration=True)
        self.out.writestr(f"{self.book.FOLDER_NAME}/content.opf", data + b"\n")
