"""Notes in, their heights out, each laid out once; and notes cut where a page has no more room."""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes, build
from weasyprint.layout.block import block_level_layout

from reglet.formats.pdf.cutting import cut

if TYPE_CHECKING:
    from reglet.formats.pdf.layout import NotesContext

TOLERANCE = 0.01  # CSS px; sums of the same heights in another order differ by less


@dataclass(frozen=True, slots=True)
class Size:
    """A note's extent in CSS px: its border box and its margins.

    A note that is higher than a page is measured no further: its `height` is infinite, and `lines`,
    `inner` and `calls` are those of a page.
    `above` and `below` are the margins that remain at the edges of the area; `before` and `after`
    those towards other notes, with which they collapse (CSS 2 §8.3.1).
    """

    above: float
    height: float
    below: float
    before: float
    after: float
    lines: tuple[float, ...]  # bottoms from which on it might break, from the border box's top
    inner: tuple[Any, ...] = ()  # the notes called in it, in order
    calls: tuple[float, ...] = ()  # where their lines begin, from the border box's top


class Measure:
    """Lays notes out alone, as they will stand in the area of the page being made."""

    def __init__(self, context: "NotesContext") -> None:
        self.context = context
        self.box: Any = None  # the area of the page being made
        self.busy = False
        self._sizes: dict[tuple[int, float, float], tuple[Any, Size]] = {}
        self._least: dict[int, float] = {}
        self._made: dict[int, tuple[Any, Any]] = {}  # notes, and what the engine lays out of them

    def size(self, note: Any) -> Size:
        """Return the size of a note (or of a part of one) on a page like this."""
        key = (id(note), self.box.page.width, self.box.page.height)
        if key not in self._sizes:
            # holds the note, so that its id stays its own
            self._sizes[key] = (note, self._measure(note))
        return self._sizes[key][1]

    def forget(self, waiting: Container[Any]) -> None:
        """Forget what is measured, but for notes that wait."""
        self._sizes = {key: kept for key, kept in self._sizes.items() if kept[0] in waiting}
        self._made = {key: kept for key, kept in self._made.items() if kept[0] in waiting}
        self._least.clear()

    def least(self, note: Any) -> float:
        """Return how high a note's border box is that has only its first lines."""
        if id(note) not in self._least:
            size = self.size(note)
            cuts = (self.split(note, bottom) for bottom in (*size.lines, self.box.page.height))
            head = next((cut[0] for cut in cuts if cut), note)
            self._least[id(note)] = self.size(head).height
        return self._least[id(note)]

    def split(self, note: Any, room: float) -> tuple[Any, Any] | None:
        """Cut a note so that its head is at most `room` px high, as orphans and widows allow."""
        while room > 0:
            found = self._split(note, room)
            if found is None:
                return None
            head, tail, height = found
            if self.size(head).height <= room + TOLERANCE:
                return head, tail
            if height - 1.0 >= room:
                return None
            room = height - 1.0  # the head alone has come out higher: leave its last line out
        return None

    def _split(self, note: Any, room: float) -> tuple[Any, Any, float] | None:
        """Cut a note at `room` px; return its parts, and where the first one's last line ends."""
        size = self.size(note)
        longer = size.height > self.box.page.height  # has to break, even where it should not
        laid_out, stop = self._lay_out(note, size.above + room + TOLERANCE, anywhere=longer)
        lines = [line for line in _lines(laid_out) if line.height] if laid_out and stop else []
        if not lines:
            return None
        ((_, inner),) = stop.items()
        if inner is None:
            return None
        pieces = cut(self._ready(note), inner)
        if pieces is None:
            return None
        end = float(_bottom(lines[-1])) - laid_out.children[0].border_box_y()
        return *pieces, end

    def _measure(self, note: Any) -> Size:
        area, stop = self._lay_out(note, self.box.page.height)
        if area is None or (stop and not any(_lines(area))):  # higher than a page, and in one piece
            area, stop = self._lay_out(note, inf)
        (box,) = area.children
        above = box.border_box_y() - area.content_box_y()
        height = inf if stop else box.border_height()
        below = 0.0 if stop else max(area.height - above - height, 0.0)
        before, after = _margin(box, "top"), _margin(box, "bottom")
        calls = tuple(_calls(box, box.border_box_y())) if called_in(note) else ()
        inner = tuple(call for call, _ in calls)
        tops = tuple(top for _, top in calls)
        return Size(above, height, below, before, after, _breaks(box), inner, tops)

    def made(self, note: Any) -> Any:
        """Return a copy of a note (or of a part of one) that is ready to be laid out."""
        return self._ready(note).deepcopy()

    def _ready(self, note: Any) -> Any:
        """Return a note with all the boxes that the engine lays out; parts of notes have them."""
        if getattr(note, "is_ready", False):
            return note
        if id(note) not in self._made:
            area = self.box.copy()
            area.children = [note.deepcopy()]
            (made,) = build.create_anonymous_boxes(area).children
            made.is_ready = True
            self._made[id(note)] = note, made
        return self._made[id(note)][1]

    def _lay_out(self, note: Any, room: float, *, anywhere: bool = False) -> tuple[Any, Any]:
        """Lay a note out in an area, `room` px high at most; return that and where it stopped."""
        area = self.box.copy()
        area.children, area.height = [self.made(note)], "auto"
        top = area.position_y + area.margin_top + area.border_top_width + area.padding_top
        with self._apart():
            laid_out, stop, *_ = block_level_layout(
                self.context, area, self.context.page_bottom - top - room, None, area.page,
                page_is_empty=anywhere,
            )  # fmt: skip
        return laid_out, stop

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """Keep a trial layout from touching the page: no notes placed, no columns, no floats."""
        context = self.context
        in_column, context._in_column, self.busy = context.in_column, False, True
        broken, context.broken_out_of_flow = context.broken_out_of_flow, {}
        try:
            yield
        finally:
            context._in_column, self.busy = in_column, False
            context.broken_out_of_flow = broken


def _breaks(box: Any) -> tuple[float, ...]:
    """Return where a laid-out box may break at the earliest, and the bottoms of lines below.

    The first lines that may stand alone are those that its orphans ask for (CSS Fragmentation 3
    §3.3), and all of a block that is too short to break.
    """
    blocks = [block for block in _line_blocks(box) if block.height]
    lines = [[child for child in block.children if _is_line(child)] for block in blocks]
    bottoms = [_bottom(line) - box.border_box_y() for block in lines for line in block]
    if not blocks:
        return ()
    style, first = blocks[0].style, len(lines[0])
    orphans, widows = style["orphans"], style["widows"]
    kept = orphans if first >= orphans + widows else first
    return tuple(bottoms[kept - 1 : -1])


def _margin(box: Any, side: str) -> float:
    """Return the margin on a side, collapsed with that of the child which stands there."""
    margin = float(getattr(box, f"margin_{side}"))
    closed = getattr(box, f"padding_{side}") or getattr(box, f"border_{side}_width")
    inner = [child for child in box.children if isinstance(child, boxes.BlockBox)]
    if closed or not inner or len(inner) < len(box.children):
        return margin
    return max(margin, _margin(inner[0 if side == "top" else -1], side))


def _line_blocks(box: Any) -> Iterator[Any]:
    """Yield the blocks that hold a laid-out box's own lines, from top to bottom."""
    children = getattr(box, "children", ())
    if any(_is_line(child) for child in children):
        yield box
        return
    for child in children:
        if child.is_in_normal_flow():
            yield from _line_blocks(child)


def _is_line(box: Any) -> bool:
    return isinstance(box, boxes.LineBox)


def _bottom(line: Any) -> Any:
    return line.position_y + line.height


def _lines(box: Any) -> Iterator[Any]:
    """Yield the line boxes of a laid-out box, from top to bottom."""
    return (child for block in _line_blocks(box) for child in block.children if _is_line(child))


def called_in(note: Any) -> list[Any]:
    """List the notes that are called in a note (or part of one), in order."""
    return [box.footnote for box in note.descendants() if box.footnote is not None]


def _calls(box: Any, top: float) -> Iterator[tuple[Any, float]]:
    """Yield the notes called in a laid-out box, and how far below `top` their lines begin."""
    for line in _lines(box):
        for note in called_in(line):
            yield note, line.position_y - top
