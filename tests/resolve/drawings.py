"""Drawings as the templates of themes make them, for tests."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from reports import templates

from reglet.figures.canvas import breadth
from reglet.model.document import Kind, Node
from reglet.model.report import Edition
from reglet.theme import load_theme


def svg_of(
    template: str,
    geometry: Mapping[str, object],
    *,
    alt: str = "A drawing",
    form: str = "pdf",
    theme: str = "inquiry",
) -> str:
    """Draw a geometry with a theme's template for an edition of a format."""
    edition = Edition("any", form, theme=theme)
    found = load_theme(edition, templates(), "en").value
    assert found is not None
    node = Node(Kind.DRAWING, attrs={"alt": alt, "title": ""})
    context = {"drawing": geometry, "node": node, "tokens": found.tokens, "edition": edition}
    return found.page(f"figures/{template}.svg", context)


Box = tuple[float, float, float, float]


def boxes_of(words: Iterable[Mapping[str, Any]], *, rtl: bool = False) -> list[Box]:
    """Return the room that words take, by the estimate that they are placed with."""
    found = []
    for item in words:
        text = f"{item['text']} {item['tail']}".strip()
        wide = breadth(text) + (0.8 * len(text) if item["tone"] == "country" else 0)
        start = item["x"] - wide if rtl else item["x"]
        end = item["x"] if rtl else item["x"] - wide
        left = {"start": start, "end": end, "middle": item["x"] - wide / 2}[item["anchor"]]
        found.append((left, item["y"] - 6.5, left + wide, item["y"] + 2.0))
    return found


def clashes(boxes: Iterable[Box]) -> list[tuple[Box, Box]]:
    """Return the pairs that lie upon each other."""
    return [
        (one, other)
        for one, other in combinations(boxes, 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
