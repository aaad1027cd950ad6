"""What the navigation document says to the package, and the NCX made complete.

In come both as rendered and checked; out come landmarks, EPUB 2's guide, and the NCX with
identifier, depth and numbered points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from reglet.formats.epub.content import OPS, Page
from reglet.safety import NCX, XHTML

_GUIDE = {
    "cover": "cover",
    "titlepage": "title-page",
    "toc": "toc",
    "preface": "preface",
    "bodymatter": "text",
    "endnotes": "notes",
    "bibliography": "bibliography",
    "index": "index",
    "copyright-page": "copyright-page",
    "colophon": "colophon",
    "loi": "loi",
    "lot": "lot",
}
"""EPUB 3's landmarks and what EPUB 2's guide calls them; Kindle reads cover, toc and text."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that every reader's menu offers: `type` of EPUB's structural vocabulary."""

    type: str
    title: str
    href: str


def landmarks(nav: Page) -> list[Landmark]:
    """Read the landmarks of the navigation document, in order."""
    return _links(nav, "landmarks")


def pages(nav: Page) -> list[Landmark]:
    """Read the page list of the navigation document, in order; their types are empty."""
    return _links(nav, "page-list")


def _links(nav: Page, type: str) -> list[Landmark]:
    return [
        Landmark(link.get(f"{OPS}type", ""), "".join(link.itertext()).strip(), link.get("href"))
        for element in nav.root.iter(f"{XHTML}nav")
        if element.get(f"{OPS}type") == type
        for link in element.iter(f"{XHTML}a")
    ]


def guide(nav: Page) -> list[dict[str, str]]:
    """Return the landmarks as EbookLib wants EPUB 2's guide."""
    return [
        {"type": _GUIDE[mark.type], "title": mark.title, "href": mark.href}
        for mark in landmarks(nav)
        if mark.type in _GUIDE
    ]


def stated(nav: Page, name: str) -> str:
    """Return the content of the navigation document's `<meta name="…">`s, in one line.

    The words a theme prints itself reach the package document this way.
    """
    found = nav.root.findall(f"{XHTML}head/{XHTML}meta[@name='{name}']")
    return " ".join(word for meta in found for word in meta.get("content", "").split())


def is_linked(nav: Page) -> bool:
    """Tell whether the landmarks lead to the navigation document itself."""
    return any(mark.href.partition("#")[0] == nav.href for mark in landmarks(nav))


def complete_ncx(root: Any, identifier: str, pages: Sequence[Landmark]) -> bytes:
    """Write the NCX with the book's identifier, true depth and pages, and an id on every point."""
    points = list(root.iter(f"{NCX}navPoint"))
    for number, point in enumerate(points, 1):
        point.set("id", f"point-{number}")
    depth = max((1 + sum(1 for _ in p.iterancestors(f"{NCX}navPoint")) for p in points), default=0)
    head = root.find(f"{NCX}head")
    if pages:
        root.append(_page_list(pages))
    numbers = [int(page.title) for page in pages if page.title.isdecimal()]
    for name, content in (
        ("dtb:uid", identifier),
        ("dtb:depth", str(depth)),
        ("dtb:totalPageCount", str(len(pages))),
        ("dtb:maxPageNumber", str(max(numbers, default=0))),
    ):
        for meta in head.iterfind(f"{NCX}meta[@name='{name}']"):
            head.remove(meta)
        etree.SubElement(head, f"{NCX}meta", name=name, content=content)
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def _page_list(pages: Sequence[Landmark]) -> Any:
    found = etree.Element(f"{NCX}pageList")
    for number, page in enumerate(pages, 1):
        given = {"id": f"page-{number}", "type": "normal", "value": page.title}
        target = etree.SubElement(found, f"{NCX}pageTarget", given)
        label = etree.SubElement(target, f"{NCX}navLabel")
        etree.SubElement(label, f"{NCX}text").text = page.title
        etree.SubElement(target, f"{NCX}content", src=page.href)
    return found
