"""What a reader who cannot see, hear or hold the book must know of it before opening it.

In come the checked pages; out come the properties of EPUB Accessibility 1.1 §2, and the reasons
why conformance may not be claimed.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from reglet.formats.epub import navigation
from reglet.formats.epub.content import OPS, SVG, XHTML, Page

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"

_LONGEST_LISTED = 3


def features(pages: Sequence[Page]) -> list[tuple[str, str]]:
    """List the schema.org accessibility properties that are true of these pages."""
    found = [("accessMode", "textual")]
    if any(_pictures(page) for page in pages):
        found += [("accessMode", "visual"), ("accessModeSufficient", "textual,visual")]
    described = not any(_undescribed(page) for page in pages)
    if described:
        found.append(("accessModeSufficient", "textual"))
    named = ["structuralNavigation", "tableOfContents", "readingOrder", "ARIA"]
    named += ["displayTransformability"]
    named += ["alternativeText"] if described and any(_pictures(page) for page in pages) else []
    named += ["pageBreakMarkers"] if any(map(_has_breaks, pages)) else []
    named += ["pageNavigation"] if any(map(navigation.pages, pages)) else []
    named += ["MathML"] if any("mathml" in page.properties for page in pages) else []
    found += [("accessibilityFeature", name) for name in named]
    return [*found, ("accessibilityHazard", "none")]


def obstacles(pages: Sequence[Page]) -> list[str]:
    """List what a machine can see to stand against WCAG 2.2 AA; empty where it sees nothing."""
    return [f"{reason} (in {page.href})" for page in pages for reason in _obstacles(page)]


def summary(reasons: Sequence[str]) -> str:
    """Put reasons in one line, the first few of them in full."""
    more = len(reasons) - _LONGEST_LISTED
    shown = "; ".join(reasons[:_LONGEST_LISTED])
    return f"{shown}; and {more} more" if more > 0 else shown


def _has_breaks(page: Page) -> bool:
    spans = page.root.iter(f"{XHTML}span")
    return any(span.get(f"{OPS}type") == "pagebreak" for span in spans)


def _pictures(page: Page) -> list[Any]:
    return [*page.root.iter(f"{XHTML}img"), *page.root.iter(f"{SVG}svg")]


def _undescribed(page: Page) -> list[Any]:
    """Find pictures without words for them; an empty `alt` is a word for decoration."""
    return [picture for picture in _pictures(page) if not _is_described(picture)]


def _is_described(picture: Any) -> bool:
    if picture.tag == f"{XHTML}img":
        return picture.get("alt") is not None
    if picture.get("aria-hidden") == "true" or picture.get("role") == "presentation":
        return True
    title = picture.find(f"{SVG}title")
    return bool(
        picture.get("aria-label")
        or picture.get("aria-labelledby")
        or (title is not None and "".join(title.itertext()).strip())
    )


def _obstacles(page: Page) -> Iterator[str]:
    root = page.root
    if not root.get("lang"):
        yield "no language is given"
    if not (root.findtext(f"{XHTML}head/{XHTML}title") or "").strip():
        yield "the page has no title"
    for _ in _undescribed(page):
        yield "a picture has no text for those who cannot see it"
    for table in root.iter(f"{XHTML}table"):
        if table.find(f".//{XHTML}th") is None:
            yield "a table has no head"
    for link in root.iter(f"{XHTML}a"):
        if link.get("href") and not _has_words(link):
            yield f"the link to {link.get('href')} has no words"


def _has_words(link: Any) -> bool:
    spoken = [picture.get("alt", "") for picture in link.iter(f"{XHTML}img")]
    return bool("".join([*link.itertext(), *spoken, link.get("aria-label", "")]).strip())
