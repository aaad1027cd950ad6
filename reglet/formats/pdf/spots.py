"""Laid-out pages in, the places of their words and pictures out, with where they come from."""

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from reglet.dress import PLACE
from reglet.model.document import Spot

_PT = 0.75  # of a CSS px


def spots(pages: Sequence[Any]) -> tuple[Spot, ...]:
    """Read the engine's pages in the order of their boxes, but for what comes from no source."""
    return tuple(
        spot for number, page in enumerate(pages, start=1) for spot in _read(page._page_box, number)
    )


def _read(page: Any, number: int) -> Iterator[Spot]:
    pending = [(page, "")]
    while pending:
        box, place = pending.pop()
        box = getattr(box, "_box", box)  # of a placeholder for what is out of the flow
        if box.element is not None:
            place = box.element.get(PLACE, place)
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            words = getattr(box, "text", "")
            if place and (words.strip() or isinstance(box, boxes.ReplacedBox)):
                yield _spot(box, number, place, words)
        pending += [(child, place) for child in reversed(getattr(box, "children", ()))]


def _spot(box: Any, page: int, place: str, words: str) -> Spot:
    px = (box.content_box_x(), box.content_box_y(), box.width, box.height)
    left, top, width, height = (round(side * _PT, 2) for side in px)
    return Spot(page, left, top, width, height, place, words)
