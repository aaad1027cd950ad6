"""Laid-out pages in, those left half empty before what did not fit on them out."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes

from reglet.formats.pdf.clashes import areas
from reglet.formats.pdf.deferred import WHOLE
from reglet.formats.pdf.flow import text_bottom
from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.document import Document
from reglet.model.span import Span

LEAST = 0.5  # of a page's height that text and notes have to fill
_SMALL = 40  # px: a page with less than that has no text


Gap = tuple[int, float, str]
"""A page, from 1, how much of it is filled, and the identifier of what goes overleaf."""


def half_empty_pages(
    gaps: Iterable[Gap], document: Document, edition: str
) -> tuple[Diagnostic, ...]:
    """Tell of each page that is left half empty since a figure or a table goes overleaf whole."""
    trees = (block for section in document.sections for block in section.blocks)
    spans = {node.id: node for tree in trees for node in tree.walk() if node.id}
    return tuple(
        _told(number, filled, spans[id].span, spans[id].attrs.get("label", ""), edition)
        for number, filled, id in gaps
        if id in spans
    )


def _told(page: int, filled: float, span: Span, label: str, edition: str) -> Diagnostic:
    what, empty = label or "this", f"{1 - filled:.0%}"
    return diagnose("half-empty-page", span, page=page, empty=empty, what=what, edition=edition)


def gaps(pages: Sequence[Any]) -> Iterator[Gap]:
    """Yield the pages that are left half empty."""
    for number, (one, other) in enumerate(pairwise(pages), start=1):
        first, section = _first(other._page_box)
        last = _last_section(one._page_box)
        goes_on = any(box.element is first for box in one._page_box.descendants())
        if first is None or goes_on or section is not last:
            continue
        filled = _filled(one._page_box)
        if filled < LEAST:
            yield number, filled, first.get("id")


def _first(page: Any) -> tuple[Any, Any]:
    """Return the figure or table that a page begins with, and the section that it is of."""
    box, section = page.children[0], None
    while isinstance(box, boxes.ParentBox) and box.children:
        element = box.element
        if box.element_tag == "section":
            section = element
        if box.element_tag in WHOLE and element.get("id"):
            return element, section
        box = box.children[0]
    return None, section


def _last_section(page: Any) -> Any:
    sections = [box for box in page.children[0].descendants() if box.element_tag == "section"]
    return sections[-1].element if sections else None


def _filled(page: Any) -> float:
    """Return how much of a page's height text and notes take."""
    top, height = page.content_box_y(), page.height
    text = text_bottom(page.children[0]) - top
    notes = sum(area.margin_height() for area in areas(page))
    return float(text + notes) / height if text > _SMALL else 1.0
