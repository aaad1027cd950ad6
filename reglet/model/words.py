"""Nodes in, their words out."""

import re
from collections.abc import Iterable

from reglet.model.document import Kind, Node

_SPACES = re.compile(r"[ \t\n]+")

FOLDED = re.compile(r"[\s\-\u00ad\u2010\u200b]+")
"""What hyphenation, line ends and the page engine, between two elements, change in a text."""


def folded(text: str) -> str:
    """Return a text's letters alone, without what its lines, hyphens and capitals change."""
    return FOLDED.sub("", text).casefold()


def plain(nodes: Iterable[Node]) -> str:
    """Return the words of inline nodes without note calls, white space folded."""
    return _SPACES.sub(" ", "".join(map(_words, nodes))).strip(" ")


def _words(node: Node) -> str:
    if node.kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
        return " "
    if node.kind in (Kind.CALL, Kind.CITATION, Kind.RAW, Kind.IMAGE):
        return ""
    return node.text + "".join(map(_words, node.children))
