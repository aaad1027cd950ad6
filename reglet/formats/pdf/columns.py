"""Columns out, with room kept below them for the notes that are called in them.

The engine sets columns down to the page's end and finds only then that notes stand there; columns
that fill their page would go overleaf as a whole. They are laid out again instead, with that room
kept free from the start.
"""

from contextlib import AbstractContextManager
from typing import Any

from weasyprint.layout import block
from weasyprint.layout.block import remove_placeholders

from reglet.formats.pdf.measure import TOLERANCE
from reglet.formats.pdf.patching import in_place_of

MOST_ROUNDS = 4  # layouts of the same columns

_engine_columns = block.columns_layout


def own_columns() -> AbstractContextManager[None]:
    """Let the engine lay columns out by `_lay_out` while the context lasts."""
    return in_place_of(block, "columns_layout", _lay_out)


def _lay_out(context: Any, box: Any, bottom_space: float, *call: Any) -> Any:
    """Lay a box with columns out; called by the engine."""
    absolute_boxes, fixed_boxes = call[3:5]
    laid_out = _engine_columns(context, box, bottom_space, *call)
    for _ in range(MOST_ROUNDS):
        new, height = laid_out[0], context.notes_height()
        if new is None or context.column_reserve >= height:
            break
        bottom = new.border_box_y() + new.border_height()
        if bottom <= context.page_bottom - bottom_space + TOLERANCE:
            break
        remove_placeholders(context, [new], absolute_boxes, fixed_boxes)
        context.column_reserve = height
        laid_out = _engine_columns(context, box, bottom_space, *call)
    context.column_reserve = 0.0
    return laid_out
