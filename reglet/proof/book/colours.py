"""A read EPUB in, colours of its style sheets out that are too near to what they stand on."""

from collections.abc import Iterator
from typing import Any

import tinycss2
from tinycss2.color3 import parse_color

from reglet.proof.book.reading import Book
from reglet.proof.structure.content import LEAST_CONTRAST
from reglet.speak.ink import WHITE, Colour, contrast

_GROUNDS = ("background", "background-color")
_GROUPS = ("media", "supports", "layer")


def colours(book: Book) -> Iterator[str]:
    """Find rules with a colour of text that does not show on their background, or on white."""
    for item in book.items:
        if item.media_type == "text/css" and item.path in book.files:
            sheet = book.files[item.path].decode("utf-8", "replace")
            for selector, declared in _rules(tinycss2.parse_stylesheet(sheet, True, True)):
                yield from (f"{item.path}: `{selector}` {fault}" for fault in _faint(declared))
    for path, root in book.pages.items():
        for element in root.iter():
            style = element.get("style") if isinstance(element.tag, str) else None
            if style:
                declared = tinycss2.parse_blocks_contents(style)
                yield from (f"{path}: `{style}` {fault}" for fault in _faint(declared))


def _rules(nodes: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    for node in nodes:
        if node.type == "qualified-rule":
            selector = " ".join(tinycss2.serialize(node.prelude).split())
            yield selector, tinycss2.parse_blocks_contents(node.content)
        elif node.type == "at-rule" and node.at_keyword in _GROUPS and node.content:
            yield from _rules(tinycss2.parse_rule_list(node.content, True, True))


def _faint(declared: list[Any]) -> Iterator[str]:
    ink, ground = None, WHITE
    for one in declared:
        if one.type == "declaration" and one.name == "color":
            ink = _colour(one.value)
        elif one.type == "declaration" and one.name in _GROUNDS:
            ground = _colour(one.value) or ground
    if ink is not None and (ratio := contrast(ink, ground)) < LEAST_CONTRAST:
        yield f"has a contrast of {ratio:.1f}:1, less than {LEAST_CONTRAST:g}:1"


def _colour(value: list[Any]) -> Colour | None:
    """Return the first opaque colour of a value; None for words such as `currentColor`."""
    for token in value:
        found = parse_color(token) if token.type not in ("whitespace", "comment") else None
        if found is not None and not isinstance(found, str) and found.alpha == 1:
            return found.red, found.green, found.blue
    return None
