"""Nodes in, their words out."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from reglet.model.document import Kind, Node

_SPACES = re.compile(r"[ \t\n]+")

_SCHEME = re.compile(r"https?://(www\.)?")

FOLDED = re.compile(r"[\s\-\u00ad\u2010\u200b\u2060]+")
"""What hyphenation, line ends, their places and, between two elements, the page engine change."""


def folded(text: str) -> str:
    """Return a text's letters alone, without what its lines, hyphens and capitals change."""
    return FOLDED.sub("", text).casefold()


def plain(nodes: Iterable[Node]) -> str:
    """Return the words of inline nodes without note calls, white space folded."""
    return _SPACES.sub(" ", "".join(map(_words, nodes))).strip(" ")


def shows_address(link: Node) -> bool:
    """Tell whether a link prints the address in the web that it leads to, or leads to none."""
    address = link.attrs.get("href", "")
    if not address.startswith(("https://", "http://")):
        return True
    return _bare(address) in _bare(plain(link.children))


def _bare(address: str) -> str:
    """Return an address without what is left out in print."""
    return unquote(_SCHEME.sub("", address)).rstrip("/")


def _words(node: Node) -> str:
    if node.kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
        return " "
    if node.kind in (Kind.CALL, Kind.CITATION, Kind.RAW, Kind.IMAGE):
        return ""
    return node.text + "".join(map(_words, node.children))
