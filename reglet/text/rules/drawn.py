"""A table as drawn in the text: rows of cells with their text and its places."""

from dataclasses import dataclass, field

from reglet.text.positions import Pieces


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
    """A table: for each column "", "left", "right" or "center"; rows; the line after it."""

    aligns: tuple[str, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    last: int
    widths: tuple[float, ...] = field(default=())
