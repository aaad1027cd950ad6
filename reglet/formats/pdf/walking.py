"""A box in, it and all boxes in it out, however deep, for the price of one step each.

WeasyPrint 70.0 hands each box on through all that it stands in.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from weasyprint.formatting_structure import boxes

from reglet.formats.pdf.patching import in_place_of


def flat_walks() -> AbstractContextManager[None]:
    """Let the engine's boxes be walked by `_descendants` while the context lasts."""
    return in_place_of(boxes.Box, "descendants", _descendants)


def _descendants(box: Any, placeholders: bool = False) -> Iterator[Any]:
    """Yield a box, and those in it in order; called by the engine."""
    yield box
    open_boxes = [iter(box.children)]
    while open_boxes:
        for child in open_boxes[-1]:
            if isinstance(child, boxes.Box):
                yield child
                open_boxes.append(iter(child.children))
                break
            if placeholders:
                yield from child.descendants(placeholders)
            else:
                yield child
        else:
            open_boxes.pop()
