"""Lays a block's lines out one below the other, with the notes that they call.

Takes the place of WeasyPrint 70.0's function for the same, whose branch for orphans puts off notes
of lines that stay, and which lays a note out before it knows whether its line can stay.
"""

from collections.abc import Iterator
from contextlib import contextmanager
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


def lay_out_lines(  # noqa: PLR0913, PLR0917 - the engine's call
    context: Any,
    box: Any,
    index: int,
    child: Any,
    new_children: list[Any],
    page_is_empty: bool,
    absolute_boxes: list[Any],
    fixed_boxes: list[Any],
    adjoining_margins: list[Any],
    bottom_space: float,
    position_y: float,
    skip_stack: Any,
    first_letter_style: Any,
    first_line_style: Any,
    draw_bottom_decoration: bool,
    max_lines: int | None,
) -> Laid:
    """Lay the lines of `child` out in `box` until it ends or the page does."""
    abort = stop = False
    resume_at = None
    begun: list[Any] = []
    if adjoining_margins:
        position_y += collapse_margin(adjoining_margins)
    lines = iter_line_boxes(
        context, child, position_y, bottom_space, skip_stack, box,
        absolute_boxes, fixed_boxes, first_letter_style, first_line_style,
    )  # fmt: skip
    for line, after in lines:
        resume_at = after
        if max_lines is not None:
            if max_lines == 0:
                new_children[-1].block_ellipsis = box.style["block_ellipsis"]
                break
            max_lines -= 1
        line.resume_at = resume_at
        bottom = line.position_y + line.height
        draw_bottom_decoration |= resume_at is None
        below = box.border_bottom_width + box.padding_bottom if draw_bottom_decoration else 0
        first = page_is_empty and not new_children
        overflows = not first and context.overflows_page(bottom_space, bottom + below)
        if first and context.overflows_page(bottom_space, bottom):
            # a first line higher than its page has to stand there all the same
            bottom -= box.margin_top
            line.translate(0, -box.margin_top)
            box.margin_top = 0
        notes = [] if overflows else context.called(line, bottom_space)
        if notes and not context.begin(notes, bottom + below, bottom_space, must=first):
            overflows = True
        if overflows:
            needed = _widows(context, box, lines, absolute_boxes, fixed_boxes)
            abort, stop, resume_at = _break_line(
                context, box, line, new_children, needed, page_is_empty, index,
                skip_stack, resume_at, absolute_boxes, fixed_boxes,
            )  # fmt: skip
            break
        begun += notes
        new_children.append(line)
        position_y = bottom
        skip_stack = resume_at
    if new_children:
        resume_at = {index: new_children[-1].resume_at}
    return abort, stop, resume_at, position_y, begun, max_lines


def _widows(
    context: Any, box: Any, lines: Iterator[Any], absolute_boxes: list[Any], fixed_boxes: list[Any]
) -> int:
    """Return how many lines more the next page needs to have its widows, looking no further."""
    needed: int = box.style["widows"] - 1
    while needed > 0 and (following := next(lines, None)):
        needed -= 1
        remove_placeholders(context, following[0].children, absolute_boxes, fixed_boxes)
    return needed
