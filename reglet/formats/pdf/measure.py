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

    `above` and `below` are the margins that remain at the edges of the area; `before` and `after`
    those towards other notes, with which they collapse (CSS 2 §8.3.1).
    """

    above: float
    height: float
    below: float
    before: float
    after: float
    least: float  # of the border box, when only the first lines are kept
    inner: tuple[Any, ...] = ()  # the notes called in it, in order
    calls: tuple[float, ...] = ()  # where their lines begin, from the border box's top


class Measure:
    """Lays notes out alone, as they will stand in the area of the page being made."""

    def __init__(self, context: "NotesContext") -> None:
        self.context = context
        self.box: Any = None  # the area of the page being made
        self.busy = False
        self._sizes: dict[tuple[int, float], tuple[Any, Size]] = {}

    def size(self, note: Any) -> Size:
        """Return the size of a note (or of a part of one) at this page's width."""
        key = (id(note), self.box.page.width)
        if key not in self._sizes:
            # holds the note, so that its id stays its own
            self._sizes[key] = (note, self._measure(note))
        return self._sizes[key][1]

    def forget(self, waiting: Container[Any]) -> None:
        """Forget what is measured, but for notes that wait."""
        self._sizes = {key: kept for key, kept in self._sizes.items() if kept[0] in waiting}

    def split(self, note: Any, room: float) -> tuple[Any, Any] | None:
        """Cut a note so that its head is at most `room` px high, as orphans and widows allow."""
        wanted = room
        while wanted > 0:
            pieces = self._split(note, wanted)
            if pieces is None:
                return None
            excess = self.size(pieces[0]).height - room
            if excess <= TOLERANCE:
                return pieces
            wanted -= max(excess, 1.0)
        return None

    def _split(self, note: Any, room: float) -> tuple[Any, Any] | None:
        area = self._alone(note)
        whole = area.deepcopy()
        size = self.size(note)
        top = area.position_y + area.margin_top + area.border_top_width + area.padding_top
        limit = top + size.above + room + TOLERANCE
        laid_out, stop = self._lay_out(area, self.context.page_bottom - limit)
        if laid_out is None or not stop or not any(line.height for line in _lines(laid_out)):
            return None
        ((_, inner),) = stop.items()
        if inner is None:
            return None
        return cut(whole.children[0], inner)

    def _measure(self, note: Any) -> Size:
        area, _ = self._lay_out(self._alone(note), -inf)
        (box,) = area.children
        above = box.border_box_y() - area.content_box_y()
        height = box.border_height()
        below = max(area.height - above - height, 0.0)
        before, after = _margin(box, "top"), _margin(box, "bottom")
        calls = tuple(_calls(box, box.border_box_y())) if called_in(note) else ()
        inner = tuple(call for call, _ in calls)
        tops = tuple(top for _, top in calls)
        return Size(above, height, below, before, after, self._least(box), inner, tops)

    def _least(self, box: Any) -> float:
        """Return how high the first lines are that may stand alone (CSS Fragmentation 3 §3.3)."""
        top = box.border_box_y()
        first = next((block for block in _line_blocks(box) if block.height), None)
        if first is None:
            return float(box.border_height())
        lines = [child for child in first.children if _is_line(child)]
        orphans, widows = first.style["orphans"], first.style["widows"]
        if len(lines) < orphans + widows:
            last = lines[-1] if first is not box else None
            return float(_bottom(last) - top if last else box.border_height())
        return float(_bottom(lines[orphans - 1]) - top)

    def _alone(self, note: Any) -> Any:
        """Return an area for this page that holds nothing but a copy of `note`."""
        area = self.box.copy()
        area.children, area.height = [note.deepcopy()], "auto"
        return build.create_anonymous_boxes(area)

    def _lay_out(self, area: Any, bottom_space: float) -> tuple[Any, Any]:
        with self._apart():
            laid_out, stop, *_ = block_level_layout(
                self.context, area, bottom_space, None, area.page, page_is_empty=False
            )
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
