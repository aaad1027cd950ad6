"""Lays a block's lines out one below the other, with the notes that they call.

Takes the place of WeasyPrint 70.0's function for the same, whose branch for orphans puts off notes
of lines that stay, and which lays a note out before it knows whether its line can stay.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from weasyprint.layout import block
from weasyprint.layout.block import _break_line, collapse_margin, remove_placeholders
from weasyprint.layout.inline import iter_line_boxes

Laid = tuple[bool, bool, Any, float, list[Any], int | None]
"""Whether to abort the block, whether to stop, where to resume, y, notes begun, lines allowed."""

_engine_lines = block._linebox_layout


@contextmanager
def own_lines() -> Iterator[None]:
    """Let the engine call `lay_out_lines` while the context lasts."""
    block._linebox_layout = lay_out_lines
    try:
        yield
    finally:
        block._linebox_layout = _engine_lines


def lay_out_lines(*call: Any) -> Laid:
    """Lay the lines of a block's child out until it ends or the page does; called by the engine."""
    return _Lines(*call).lay_out()


@dataclass(slots=True)
class _Lines:
    """What the engine hands over, in its order, and what has become of it so far."""

    context: Any
    box: Any
    index: int
    child: Any
    new_children: list[Any]
    page_is_empty: bool
    absolute_boxes: list[Any]
    fixed_boxes: list[Any]
    adjoining_margins: list[Any]
    bottom_space: float
    position_y: float
    skip_stack: Any
    first_letter_style: Any
    first_line_style: Any
    draw_bottom_decoration: bool
    max_lines: int | None
    abort: bool = False
    stop: bool = False
    resume_at: Any = None
    begun: list[Any] = field(default_factory=list)

    def lay_out(self) -> Laid:
        """Take line after line, as many as may stand here."""
        if self.adjoining_margins:
            self.position_y += collapse_margin(self.adjoining_margins)
        lines = iter_line_boxes(
            self.context, self.child, self.position_y, self.bottom_space, self.skip_stack,
            self.box, self.absolute_boxes, self.fixed_boxes, self.first_letter_style,
            self.first_line_style,
        )  # fmt: skip
        for line, after in lines:
            self.resume_at = after
            if self.max_lines is not None:
                if self.max_lines == 0:
                    self.new_children[-1].block_ellipsis = self.box.style["block_ellipsis"]
                    break
                self.max_lines -= 1
            line.resume_at = after
            if not self._take(line):
                self._break(line, lines)
                break
        if self.new_children:
            self.resume_at = {self.index: self.new_children[-1].resume_at}
        laid = self.abort, self.stop, self.resume_at
        return (*laid, self.position_y, self.begun, self.max_lines)

    def _take(self, line: Any) -> bool:
        """Let a line stand, and its notes begin; tell whether there is room for both."""
        context, box = self.context, self.box
        bottom = line.position_y + line.height
        self.draw_bottom_decoration |= self.resume_at is None
        decoration = box.border_bottom_width + box.padding_bottom
        below = decoration if self.draw_bottom_decoration else 0
        first = self.page_is_empty and not self.new_children
        if not first and context.overflows_page(self.bottom_space, bottom + below):
            return False
        if first and context.overflows_page(self.bottom_space, bottom):
            # a first line higher than its page has to stand there all the same
            bottom -= box.margin_top
            line.translate(0, -box.margin_top)
            box.margin_top = 0
        notes = context.called(line, self.bottom_space)
        if notes and not context.begin(notes, bottom + below, self.bottom_space, must=first):
            return False
        self.begun += notes
        self.new_children.append(line)
        self.position_y = bottom
        self.skip_stack = self.resume_at
        return True

    def _break(self, line: Any, lines: Iterator[Any]) -> None:
        """Go on overleaf with `line`, or with lines before it that have to stay with it."""
        needed = _widows(self.context, self.box, lines, self.absolute_boxes, self.fixed_boxes)
        self.abort, self.stop, self.resume_at = _break_line(
            self.context, self.box, line, self.new_children, needed, self.page_is_empty,
            self.index, self.skip_stack, self.resume_at, self.absolute_boxes, self.fixed_boxes,
        )  # fmt: skip


def _widows(
    context: Any, box: Any, lines: Iterator[Any], absolute_boxes: list[Any], fixed_boxes: list[Any]
) -> int:
    """Return how many lines more the next page needs to have its widows, looking no further."""
    needed: int = box.style["widows"] - 1
    while needed > 0 and (following := next(lines, None)):
        needed -= 1
        remove_placeholders(context, following[0].children, absolute_boxes, fixed_boxes)
    return needed
