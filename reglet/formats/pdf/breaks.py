"""Laid-out pages in, what they print of each piece out, and where in it each page begins.

Notes at the foot, running heads, what a style sheet adds, and tables' heads that stand on a page
again are no part of it.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from itertools import islice
from typing import Any

from weasyprint.formatting_structure import boxes

from reglet.formats.pdf.deferred import deferred_at
from reglet.model.document import LOCATORS, PICTURE, Piece, Printed
from reglet.model.words import folded

_ADDED = ("::before", "::after", "::marker", "::footnote-call", "::footnote-marker")


PIECE = "data-reglet-piece"
"""The attribute by which elements that pieces begin with say their names."""


def name_pieces(whole: ET.Element, pieces: Sequence[Piece]) -> None:
    """Let the element that each piece begins with say the piece's name."""
    elements = whole.iter()
    for piece in pieces:
        own = next(iter(ET.fromstring(f"<div>{piece.markup}</div>")), None)  # noqa: S314 - ours
        if own is None:
            continue
        like = (each for each in elements if (each.tag, each.attrib) == (own.tag, own.attrib))
        root = next(like, None)
        if root is not None:
            root.set(PIECE, piece.name)
            below = sum(1 for _ in own.iter()) - 1
            next(islice(elements, below, below), None)


def printed(pages: Sequence[Any]) -> tuple[Printed, ...]:
    """Read the text of the engine's pages, piece by piece; labels are the numbers of pages.

    A page without text of its own, as one that goes on with a long note, shares its place with
    the page after it.
    """
    reader = _Reader()
    for number, page in enumerate(pages, start=1):
        reader.waiting.append(str(number))
        reader.read(page._page_box.children[0])
    return reader.close()


class _Reader:
    """Reads boxes in order; `waiting` are the labels of pages that no letter stands on yet."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.piece = ""
        self.letters: dict[str, list[str]] = {}
        self.count: dict[str, int] = {}
        self.pages: dict[str, dict[str, int]] = {}
        self.read_before: set[int] = set()  # figures that stand overleaf from where they are read
        self.heads: dict[int, int] = {}  # the page's box that a table's head first stands in

    def read(self, root: Any) -> None:
        """Read the text of one page, given the box of its root element."""
        pending = [root]
        while pending:
            box = pending.pop()
            if (left := deferred_at(box)) is not None and left.shown is not None:
                box = left.shown
                self.read_before.add(id(box))
            elif id(box) in self.read_before:
                continue
            if box.element is not None:
                self.piece = box.element.get(PIECE, self.piece)
            if self._is_added(box, root):
                continue
            if isinstance(box, boxes.TextBox):
                self._take(folded(box.text))
            elif isinstance(box, boxes.ReplacedBox):
                self._take(PICTURE)
            pending += reversed(getattr(box, "children", ()))

    def _is_added(self, box: Any, root: Any) -> bool:
        if (box.element_tag or "").endswith(_ADDED):
            return True
        if box.element is not None and LOCATORS in box.element.get("class", "").split():
            return True
        again = getattr(box, "is_header", False) or getattr(box, "is_footer", False)
        return again and self.heads.setdefault(id(box.element), id(root)) != id(root)

    def _take(self, letters: str) -> None:
        if not letters:
            return
        pages, count = self.pages.setdefault(self.piece, {}), self.count.get(self.piece, 0)
        pages |= dict.fromkeys(self.waiting, count)
        self.waiting.clear()
        self.letters.setdefault(self.piece, []).append(letters)
        self.count[self.piece] = count + len(letters)

    def close(self) -> tuple[Printed, ...]:
        """Return all that was read; pages that no text follows begin at the end of the last.

        Where there is no text at all, they stand alone.
        """
        if self.waiting and self.piece not in self.pages:
            return (Printed("", "", dict.fromkeys(self.waiting, 0)),)
        if self.waiting:
            self.pages[self.piece] |= dict.fromkeys(self.waiting, self.count[self.piece])
        return tuple(
            Printed(piece, "".join(letters), self.pages[piece])
            for piece, letters in self.letters.items()
        )
