"""Pages as laid out in, the pictures that are too coarse to print at their size there out."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any
from urllib.parse import unquote

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.document import Document, Kind
from reglet.model.project import Image
from reglet.model.span import NOWHERE, Span

ENOUGH = 300  # dots an inch; what a screen of 150 lines an inch can show
NEAR = 0.995  # of it: sizes are rounded

_PIXELS_AN_INCH = 96  # CSS Values 4 §6.2


def picture_widths(pages: Sequence[Any], base: str) -> dict[str, tuple[float, int]]:
    """Return how wide each picture is at its largest, in inches, and the page that it is so on.

    `base` is what the engine's addresses of pictures begin with.
    """
    largest: dict[str, tuple[float, int]] = {}
    for number, page in enumerate(pages, start=1):
        for path, width in _pictures(page._page_box, base):
            largest[path] = wider((width, number), largest.get(path))
    return largest


def wider(one: tuple[float, int], other: tuple[float, int] | None) -> tuple[float, int]:
    """Return the greater of two widths, each with its page; the earlier page of equal ones."""
    return one if other is None else max(other, one, key=lambda item: (item[0], -item[1]))


def coarse_pictures(
    widths: Mapping[str, tuple[float, int]], document: Document, images: Mapping[str, Image]
) -> tuple[Diagnostic, ...]:
    """Tell of each picture that has fewer than 300 dpi where it is largest."""
    spans = _places(document)
    return tuple(
        _told(images[path], width, page, spans.get(path, NOWHERE))
        for path, (width, page) in sorted(widths.items())
        if path in images and images[path].media_type != "image/svg+xml"
        if images[path].width < ENOUGH * NEAR * width
    )


def _told(image: Image, width: float, page: int, span: Span) -> Diagnostic:
    dpi, needed = round(image.width / width), ceil(ENOUGH * width)
    hint = f"use one {needed:,} pixels wide, or make it narrower"
    return diagnose("coarse-image", span, hint, path=image.path, dpi=dpi, page=page)


def _pictures(box: Any, base: str) -> Iterator[tuple[str, float]]:
    """Yield the path of each picture below a box, and how wide it is in inches."""
    element = getattr(box, "element", None)
    source = "" if element is None or element.tag != "img" else element.get("src", "")
    if source.startswith(base) and getattr(box, "replacement", None) is not None:
        yield unquote(source.removeprefix(base)), _drawn_width(box) / _PIXELS_AN_INCH
    for child in getattr(box, "children", ()):
        yield from _pictures(child, base)


def _drawn_width(box: Any) -> float:
    """Return how wide a picture is with what is cut off it, in px (CSS Images 3 §5.5)."""
    _, _, ratio = box.replacement.get_intrinsic_size(1, box.style["font_size"])
    if box.style["object_fit"] != "cover" or not ratio:
        return float(box.width)
    return max(float(box.width), float(box.height * ratio))


def _places(document: Document) -> dict[str, Span]:
    """Return where each picture first stands in the report's text."""
    trees = [node for section in document.sections for node in section.blocks]
    trees += [node for note in document.notes.values() for node in note.blocks]
    cover = document.report.cover
    found = {cover.picture: cover.span} if cover else {}
    for node in (node for tree in trees for node in tree.walk()):
        if node.kind is Kind.IMAGE:
            found.setdefault(node.attrs.get("src", ""), node.span)
    return found
