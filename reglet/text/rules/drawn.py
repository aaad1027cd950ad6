"""A table as drawn in the text: rows of cells with their text and its places."""

from collections.abc import Iterable
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

from reglet.text.positions import Pieces, join


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's inline text."""

    text: str
    pieces: Pieces

    @property
    def span(self) -> tuple[int, int]:
        """Return where the text begins and ends in the source."""
        return self.pieces.start(0), self.pieces.end(len(self.text))


@dataclass(frozen=True, slots=True)
class Row:
    """One row, the first of the lines that it takes, and how many cells are written in it."""

    cells: tuple[Cell, ...]
    line: int
    written: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table: for each column "", "left", "right" or "center"; rows; the line after it.

    `problem` says what of it cannot be read.
    """

    aligns: tuple[str, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    last: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of one source line; `at` is the offset where it begins."""

    text: str
    at: int

    def cut(self, start: int, end: int | None) -> "Strip":
        """Return the characters from `start` up to `end`."""
        return Strip(self.text[start:end], self.at + min(start, len(self.text)))


def strip_of(state: StateBlock, line: int) -> Strip:
    """Return a line from the left edge of its file, with blanks for what lies before the block."""
    at, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    edge = state.src.rfind("\n", 0, at) + 1
    return Strip(" " * (at - edge) + state.src[at:stop], edge)


def cell_of(strips: Iterable[Strip]) -> Cell:
    """Join the lines of a cell, without the white space around them."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length, first = 0, 0
    for strip in strips:
        text = strip.text.strip(" \t")
        first = first or strip.at
        if text:
            length += bool(parts)
            places.append((length, strip.at + strip.text.index(text)))
            parts.append(text)
            length += len(text)
    return Cell("\n".join(parts), join(places or [(0, first)]))
