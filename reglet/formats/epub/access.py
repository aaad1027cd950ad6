"""What a reader who cannot see, hear or hold the book must know of it before opening it.

In come the checked pages; out come the properties of EPUB Accessibility 1.1 §2, and the reasons
why conformance may not be claimed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from reglet.formats.epub import navigation
from reglet.formats.epub.content import OPS, Page
from reglet.safety import SVG, XHTML

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"

ALWAYS = (
    "structuralNavigation",
    "tableOfContents",
    "readingOrder",
    "ARIA",
    "displayTransformability",
    "unlocked",
)
"""The features of every book: of what the theme prints, and of an archive without a lock."""

_NONE = ("none",)
_MOVING = ("unknownFlashingHazard", "unknownMotionSimulationHazard", "noSoundHazard")
_LONGEST_LISTED = 3


def features(pages: Sequence[Page], *, moving: bool = False) -> list[tuple[str, str]]:
    """List the schema.org accessibility properties that are true of these pages.

    `moving` tells that a picture of theirs moves by itself.
    """
    shown = any(map(_pictures, pages))
    modes = ["textual", *(["visual"] if shown else [])]
    modes += ["chartOnVisual"] if any(map(_charts, pages)) else []
    enough = ["textual,visual"] if shown else []
    enough += [] if any(map(_undescribed, pages)) else ["textual"]
    found = [("accessMode", mode) for mode in modes]
    found += [("accessModeSufficient", mode) for mode in enough]
    found += [("accessibilityFeature", name) for name in _named(pages)]
    return [*found, *(("accessibilityHazard", hazard) for hazard in (_MOVING if moving else _NONE))]


def _named(pages: Sequence[Page]) -> Iterator[str]:
    """Yield the values of `accessibilityFeature` (schema.org vocabulary of December 2024)."""
    yield from ALWAYS
    if any(map(_pictures, pages)) and not any(map(_undescribed, pages)):
        yield "alternativeText"
    for name, holds in _WHERE.items():
        if any(map(holds, pages)):
            yield name


def statements(pages: Sequence[Page], stated: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return what may be said of these pages in words: features, hazards, what they hold."""
    said = {value for _, value in stated}
    said |= {name for name, holds in _HELD.items() if any(map(holds, pages))}
    return frozenset(said)


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


def _has_descriptions(page: Page) -> bool:
    figures = page.root.iter(f"{XHTML}figure")
    return any(figure.find(f"{XHTML}details") is not None for figure in figures)


def _has_notes(page: Page) -> bool:
    return any(link.get(f"{OPS}type") == "noteref" for link in page.root.iter(f"{XHTML}a"))


def _has_tables(page: Page) -> bool:
    return page.root.find(f".//{XHTML}table") is not None


def _has_formulas(page: Page) -> bool:
    return "mathml" in page.properties


def _charts(page: Page) -> list[Any]:
    figures = page.root.iter(f"{XHTML}figure")
    return [figure for figure in figures if "chart" in figure.get("class", "").split()]


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


_WHERE: Mapping[str, Callable[[Page], object]] = {
    "longDescription": _has_descriptions,
    "pageBreakMarkers": _has_breaks,
    "pageNavigation": navigation.pages,
    "MathML": _has_formulas,
}
"""The features of a book of which some page has what they are called after."""

_HELD: Mapping[str, Callable[[Page], object]] = {"notes": _has_notes, "tables": _has_tables}
"""What a book may hold that schema.org has no word for."""
