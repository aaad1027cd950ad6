"""Blocks that end between two lines of the text out, on the grid of lines again.

Tables, pictures and whatever else is not set line by line would push the text after them off the
lines of the facing page. A style sheet gives such blocks `--grid: on`: their height is then filled
up to the next line of their page. The lines count from the page's top and are as far apart as
those of the document's own text.
"""

from typing import Any

from weasyprint.layout import block
from weasyprint.text.line_break import strut

from reglet.formats.pdf.measure import TOLERANCE

GRID = "__grid"  # the engine's name for the custom property `--grid`

_FILLED = "filled_up"  # the name by which a block knows by how much

_engine_level = block.block_level_layout


def lay_out(context: Any, box: Any, bottom_space: float, *call: Any, **named: Any) -> Any:
    """Lay a block out as the engine would, and fill it up to the grid, unless a note holds it."""
    laid_out = _engine_level(context, box, bottom_space, *call, **named)
    new, resume_at = laid_out[:2]
    if new is not None and resume_at is None and GRID in getattr(box.style, "cascaded", ()):
        page = context.area.box
        if page is not None and not (context.at_foot or context.measure.busy):
            _fill(context, new, bottom_space)
    return laid_out


def _fill(context: Any, box: Any, bottom_space: float) -> None:
    """Make a block end where a line ends, unless its page ends before that."""
    line = float(strut(box.style.root_style)[0])
    bottom = float(box.border_box_y() + box.border_height())
    over = (bottom - context.area.box.page.content_box_y()) % line
    lacking = line - over if TOLERANCE < over < line - TOLERANCE else 0.0
    if lacking and not context.overflows_page(bottom_space, bottom + lacking):
        box.height += lacking
        setattr(box, _FILLED, lacking)


def filled(box: Any) -> float:
    """Return by how much a laid-out block has been filled up, in px."""
    return float(getattr(box, _FILLED, 0.0))
