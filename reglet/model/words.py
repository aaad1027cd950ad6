"""Nodes in, their words out."""

import re
from collections.abc import Iterable

from reglet.model.document import Kind, Node

_SPACES = re.compile(r"[ \t\n]+")


def plain(nodes: Iterable[Node]) -> str:
    """Return the words of inline nodes without note calls, white space folded."""
    return _SPACES.sub(" ", "".join(map(_words, nodes))).strip(" ")


def _words(node: Node) -> str:
    if node.kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
        return " "
    if node.kind in (Kind.CALL, Kind.CITATION, Kind.RAW, Kind.IMAGE):
        return ""
    return node.text + "".join(map(_words, node.children))
