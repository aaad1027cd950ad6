"""A table as drawn in the text: rows of cells with their text and its places."""

from dataclasses import dataclass, field

from reglet.text.positions import Pieces


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's inline text."""

    text: str = ""
    pieces: Pieces = Pieces()


@dataclass(frozen=True, slots=True)
class Row:
    """One row, and the first of the lines that it takes."""

    cells: tuple[Cell, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table; `last` is the line after it, `aligns` has one of "", left, right, center a column."""

    aligns: tuple[str, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    last: int
    widths: tuple[float, ...] = field(default=())
