"""Markup of an address in, the same with the places where lines may end out.

An address ends its line before a mark and not behind it, so that nobody takes the mark for the end
of a sentence (Chicago Manual of Style §7.46); behind `/` and `:` the line may end as it is. In
a PDF these places are characters that are not drawn, so that what is copied is the address; on an
e-reader, which would copy them, they are elements.
"""

import re
from collections.abc import Callable

from markupsafe import Markup as Safe
from markupsafe import escape

from reglet.model.document import Node
from reglet.model.words import shows_address

Marks = tuple[str, str]

PAPER = ("\u200b", "\u2060")
"""What lets a line end, and what keeps one together, in a PDF; a hyphen before a break would be
taken for one that parts a word."""

SCREEN = ("<wbr />", "")
"""The same on an e-reader."""

_PIECE = re.compile(r"<[^>]*>|&(?P<entity>#?\w+);|(?P<mark>(?<=[\w/])[.,?#%=_~+-](?=\w))")


def address_shown(marks: Marks) -> Callable[[str], Safe]:
    """Return what makes an address one within which lines may end, for templates."""
    return lambda address: Safe(with_breaks(escape(address), marks))  # noqa: S704 - escaped


def link_shown(marks: Marks) -> Callable[[Node, str], Safe]:
    """Return what does so with what a link shows, where that is the address it leads to."""

    def shown(link: Node, content: str) -> Safe:
        named = link.attrs.get("href", "").startswith("http") and shows_address(link)
        return Safe(with_breaks(content, marks) if named else content)  # noqa: S704 - rendered

    return shown


def with_breaks(markup: str, marks: Marks) -> str:
    """Let lines end before `.`, `?`, `&`, `=`, `-` and their like between letters."""
    may, joined = marks

    def broken(found: re.Match[str]) -> str:
        piece = found[0]
        if found["mark"] or found["entity"] in ("amp", "#38"):
            return may + piece + (joined if piece == "-" else "")
        return piece

    return _PIECE.sub(broken, markup)
