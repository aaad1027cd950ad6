"""Page boxes of the engine in, what is printed on each page out: lines, colours, places, in px."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from theme_reports import Case, laid_out
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import strut

from reglet.colours import RGB

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
OFF_GRID = {"table", "figure", "pre", *HEADINGS}
OFF_GRID_CLASSES = {"side-note", "key-figures", "pull-quote", "note", "notes"}
EDGE = 24.0  # px of white that every page keeps
MADE = {
    *("cover", "half-title", "title-page", "imprint", "contents", "lists", "sources", "index"),
    *("colophon", "endnotes"),
}


@dataclass(frozen=True)
class Line:
    """A line of text: where it stands, what it is within, and its letters' colours."""

    words: str
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float
    tags: tuple[str, ...]  # of the boxes around it, from the outermost
    classes: frozenset[str]
    colours: tuple[tuple[RGB, RGB], ...]  # of letters, of what they stand on


@dataclass(frozen=True)
class Sheet:
    """A page: its text area, its lines, its notes' lines, and those in its margins."""

    number: int
    width: float  # of the paper
    left: float
    top: float
    right: float
    bottom: float
    grid: float  # from line to line
    first: float  # from the area's top to the first baseline
    size: float
    text: tuple[Line, ...]
    notes: tuple[Line, ...]
    margins: tuple[Line, ...]
    figures: tuple[float, ...]  # bottoms of pictures

    @property
    def fill(self) -> float:
        """How much of the page's height is taken, by text from above and notes from below."""
        bottoms = [*(line.bottom for line in self.text), *self.figures]
        taken = max(bottoms, default=self.top) - self.top
        if self.notes:
            taken += self.bottom - min(line.top for line in self.notes)
        return taken / (self.bottom - self.top)

    def holds(self, line: Line) -> bool:
        """Tell whether a line is where it may be: in the text's area, or in the margin if asked."""
        left, right = self.left, self.right
        if {"side-note", "margin", "full-width"} & line.classes:
            left, right = EDGE, self.width - EDGE
        across = line.left >= left - 1 and line.right <= right + 1
        return across and line.top >= self.top - 1 and line.baseline <= self.bottom + 1

    def body(self) -> list[Line]:
        """The lines that have to be on the grid."""
        return [
            line
            for line in self.text
            if abs(line.size - self.size) < 0.01
            and not OFF_GRID & set(line.tags)
            and not (OFF_GRID_CLASSES | MADE) & line.classes
        ]

    def off(self, line: Line) -> float:
        """How far a line is from the next one of the grid."""
        over = (line.baseline - self.top - self.first) % self.grid
        return min(over, self.grid - over)


@cache
def sheets(case: Case) -> tuple[Sheet, ...]:
    return tuple(_sheet(page, number) for number, page in enumerate(laid_out(case), start=1))


def _sheet(page: Any, number: int) -> Sheet:
    root, *others = page.children
    paper = page.style["background_color"]
    grid, first = strut(root.style)
    left, top = page.content_box_x(), page.content_box_y()
    areas = [box for box in others if isinstance(box, boxes.FootnoteAreaBox)]
    margins = [box for box in others if isinstance(box, boxes.MarginBox)]
    return Sheet(
        number, float(page.margin_width()), left, top, left + page.width, top + page.height,
        float(grid), float(first),
        float(root.style["font_size"]),
        text=tuple(_lines(root, paper)),
        notes=tuple(line for area in areas for line in _lines(area, paper)),
        margins=tuple(line for box in margins for line in _lines(box, paper)),
        figures=tuple(
            float(box.position_y + box.margin_height())
            for box in root.descendants() if isinstance(box, boxes.ReplacedBox)
        ),
    )  # fmt: skip


def _lines(
    box: Any, ground: Any, tags: tuple[str, ...] = (), classes: frozenset[str] = frozenset()
) -> Iterator[Line]:
    """Walk boxes down to their lines, knowing what they stand on."""
    colour = box.style["background_color"]
    ground = colour if getattr(colour, "alpha", 0) else ground
    if isinstance(box, boxes.LineBox):
        line = _line(box, ground, tags, classes)
        if line.words.strip("\u200b \xa0"):
            yield line
        return
    if isinstance(box, boxes.Box) and box.element is not None and box.element_tag:
        tags = (*tags, box.element_tag)
        names = box.element.get("class", "") if hasattr(box.element, "get") else ""
        classes |= frozenset(names.split())
    for child in getattr(box, "children", ()):
        yield from _lines(child, ground, tags, classes)


def _line(box: Any, ground: Any, tags: tuple[str, ...], classes: frozenset[str]) -> Line:
    texts = [part for part in box.descendants() if isinstance(part, boxes.TextBox)]
    shown = [part for part in texts if part.text.strip("\u200b \xa0")]
    return Line(
        words="".join(part.text for part in texts),
        left=min((part.position_x for part in shown), default=box.position_x),
        right=max((part.position_x + part.width for part in shown), default=box.position_x),
        top=float(box.position_y),
        bottom=float(box.position_y + box.height),
        baseline=float(box.position_y + box.baseline),
        size=float(box.style["font_size"]),
        tags=tags,
        classes=classes,
        colours=tuple((_rgb(part.style["color"]), _rgb(ground)) for part in shown),
    )


def _rgb(colour: Any) -> RGB:
    """Write a colour of the engine's as bytes; paper is white."""
    if not getattr(colour, "alpha", 0):
        return (255, 255, 255)
    return tuple(round(part * 255) for part in colour.to("srgb").coordinates)
