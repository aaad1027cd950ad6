"""What the navigation document says to the package, and the NCX made complete.

In come both as rendered and checked; out come landmarks, EPUB 2's guide, and the NCX with
identifier, depth and numbered points.
"""

from dataclasses import dataclass
from typing import Any

from lxml import etree

from reglet.formats.epub.content import NCX, OPS, XHTML, Page

_GUIDE = {
    "cover": "cover",
    "titlepage": "title-page",
    "toc": "toc",
    "preface": "preface",
    "bodymatter": "text",
    "endnotes": "notes",
    "bibliography": "bibliography",
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
    return [
        Landmark(link.get(f"{OPS}type", ""), "".join(link.itertext()).strip(), link.get("href"))
        for element in nav.root.iter(f"{XHTML}nav")
        if element.get(f"{OPS}type") == "landmarks"
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
    """Return the content of the navigation document's `<meta name="…">`, or an empty string.

    The words a theme prints itself reach the package document this way.
    """
    found = nav.root.find(f"{XHTML}head/{XHTML}meta[@name='{name}']")
    return "" if found is None else " ".join(found.get("content", "").split())


def is_linked(nav: Page) -> bool:
    """Tell whether the landmarks lead to the navigation document itself."""
    return any(mark.href.partition("#")[0] == nav.href for mark in landmarks(nav))


def complete_ncx(root: Any, identifier: str) -> bytes:
    """Write the NCX with the book's identifier, its true depth, and an id on every point."""
    points = list(root.iter(f"{NCX}navPoint"))
    for number, point in enumerate(points, 1):
        point.set("id", f"point-{number}")
    depth = max((1 + sum(1 for _ in p.iterancestors(f"{NCX}navPoint")) for p in points), default=0)
    head = root.find(f"{NCX}head")
    for name, content in (("dtb:uid", identifier), ("dtb:depth", str(depth))):
        for meta in head.iterfind(f"{NCX}meta[@name='{name}']"):
            head.remove(meta)
        etree.SubElement(head, f"{NCX}meta", name=name, content=content)
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data
