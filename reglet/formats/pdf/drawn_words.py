"""Words in drawings: those of scripts written from right to left are set whole.

WeasyPrint 70.0 sets the words of a drawing letter by letter, from left to right, which parts what
is joined and turns words round.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import svg

from reglet.formats.pdf.patching import in_place_of

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PLACED = ("x", "y", "dx", "dy", "rotate")  # of which each letter may have its own

_engine_sets = svg.TAGS["text"]


class _Whole(str):
    """A text that the engine takes for one letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextmanager
def whole_words() -> Iterator[None]:
    """Let the engine set such words whole while the context lasts."""
    tags = {tag: _set if set_by is _engine_sets else set_by for tag, set_by in svg.TAGS.items()}
    with in_place_of(svg, "TAGS", tags), in_place_of(svg, "text", _set):
        yield


def _set(drawing: Any, node: Any, font_size: float) -> None:
    """Set the words of an element in place of the engine's function."""
    words = node.text
    each_placed = any(len(node.attrib.get(name, "").split()) > 1 for name in _PLACED)
    if words and not each_placed and _RIGHT_TO_LEFT.search(words):
        node._etree_node.text = _Whole(words)
    _engine_sets(drawing, node, font_size)
