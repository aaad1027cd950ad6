"""Lays a block's lines out one below the other, with the notes that they call.

Takes the place of WeasyPrint 70.0's function for the same, whose branch for orphans puts off notes
of lines that stay, and which lays a note out before it knows whether its line can stay.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from weasyprint.layout import block
from weasyprint.layout.block import _break_line, collapse_margin, remove_placeholders
from weasyprint.layout.inline import iter_line_boxes

from reglet.formats.pdf.calls import in_head, row_of
from reglet.formats.pdf.patching import in_place_of

Laid = tuple[bool, bool, Any, float, list[Any], int | None]
"""Whether to abort the block, whether to stop, where to resume, y, notes begun, lines allowed."""

AVOID = ("avoid", "avoid-page")
HEADED = 5  # ems kept free below a heading that calls a note, for the text that it stands over

_engine_lines = block._linebox_layout


def own_lines() -> AbstractContextManager[None]:
    """Let the engine call `lay_out_lines` while the context lasts."""
    return in_place_of(block, "_linebox_layout", lay_out_lines)


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
    rest: Iterator[tuple[Any, Any]] = field(default_factory=lambda: iter(()))
    coming: deque[tuple[Any, Any]] = field(default_factory=deque)  # lines looked at in advance

    def lay_out(self) -> Laid:
        """Take line after line, as many as may stand here."""
        if self.adjoining_margins:
            self.position_y += collapse_margin(self.adjoining_margins)
        self.rest = iter_line_boxes(
            self.context, self.child, self.position_y, self.bottom_space, self.skip_stack,
            self.box, self.absolute_boxes, self.fixed_boxes, self.first_letter_style,
            self.first_line_style,
        )  # fmt: skip
        while self._look(1):
            line, self.resume_at = self.coming.popleft()
            if self.max_lines is not None:
                if self.max_lines == 0:
                    self.new_children[-1].block_ellipsis = self.box.style["block_ellipsis"]
                    break
                self.max_lines -= 1
            line.resume_at = self.resume_at
            if not self._take(line):
                self._break(line)
                break
        if self.new_children:
            self.resume_at = {self.index: self.new_children[-1].resume_at}
        laid = self.abort, self.stop, self.resume_at
        return (*laid, self.position_y, self.begun, self.max_lines)

    def _look(self, count: int) -> list[tuple[Any, Any]]:
        """Return the next lines and where each stops, as many as there are up to `count`."""
        while len(self.coming) < count and (found := next(self.rest, None)):
            self.coming.append(found)
        return list(self.coming)[:count]

    def _take(self, line: Any) -> bool:
        """Let a line stand, and its notes begin; tell whether there is room for both."""
        context = self.context
        bottom = line.position_y + line.height
        self.draw_bottom_decoration |= self.resume_at is None
        below = self._decoration() if self.draw_bottom_decoration else 0
        first = self.page_is_empty and not self.new_children
        if not first and context.overflows_page(self.bottom_space, bottom + below):
            return False
        if first and context.overflows_page(self.bottom_space, bottom):
            # a first line higher than its page has to stand there all the same
            bottom -= self.box.margin_top
            line.translate(0, -self.box.margin_top)
            self.box.margin_top = 0
        notes = context.called(line, self.bottom_space)
        row = row_of(self.box)
        beside = row is not None and row == context.first_row
        must = first or beside or not context.text_begun
        if notes and not self._begin(notes, bottom + below, must=must):
            return False
        self.new_children.append(line)
        if not context.text_begun and self._begins_text():
            context.text_begun, context.first_row = True, row
        self.position_y = bottom
        self.skip_stack = self.resume_at
        return True

    def _begins_text(self) -> bool:
        """Tell whether the page's text has begun, since this block could end here."""
        style = self.box.style
        stays = style["break_after"] in AVOID or in_head(self.box)
        enough = self.resume_at is None or len(self.new_children) >= style["orphans"]
        return enough and not (stays or self.context.measure.busy)

    def _begin(self, notes: list[Any], bottom: float, *, must: bool) -> bool:
        """Begin a line's notes, leaving room for lines that have to stay with it, and theirs."""
        context = self.context
        for end, further in self._ends(bottom):
            together = [*notes, *further]
            if not context.overflows_page(self.bottom_space, end) and context.begin(
                together, end, self.bottom_space, must=False
            ):
                self.begun += together
                return True
        if not (self.page_is_empty or must) or not context.begin(
            notes, bottom, self.bottom_space, must=must
        ):
            return False
        self.begun += notes
        return True

    def _ends(self, bottom: float) -> Iterator[tuple[float, list[Any]]]:
        """Yield how far down lines reach that stay together, and the notes called in these."""
        bound = self._bound()
        further = [
            note for line, _ in bound for note in self.context.called(line, self.bottom_space)
        ]
        if bound:
            line, after = bound[-1]
            bottom = line.position_y + line.height + (0 if after else self._decoration())
        if self.box.style["break_after"] in AVOID:
            yield bottom + HEADED * self.box.style["font_size"], further
        yield bottom, further

    def _bound(self) -> list[tuple[Any, Any]]:
        """Return the lines that must stand on the same page as the one being taken."""
        orphans = max(self.box.style["orphans"] - len(self.new_children) - 1, 0)
        wanted = orphans + self.box.style["widows"]
        coming = self._look(wanted)
        return coming[:orphans] if len(coming) == wanted else coming

    def _decoration(self) -> float:
        return float(self.box.border_bottom_width + self.box.padding_bottom)

    def _break(self, line: Any) -> None:
        """Go on overleaf with `line`, or with lines before it that have to stay with it."""
        widows = self.box.style["widows"] - 1
        needed = widows - len(self._look(widows))
        boxes = self.absolute_boxes, self.fixed_boxes
        remove_placeholders(self.context, [line for line, _ in self.coming], *boxes)
        self.abort, self.stop, self.resume_at = _break_line(
            self.context, self.box, line, self.new_children, needed, self.page_is_empty,
            self.index, self.skip_stack, self.resume_at, *boxes,
        )  # fmt: skip
