"""Tables whose heads leave no room for a row out, nothing of them lost.

WeasyPrint 70.0 leaves a head out where a page or column has no room for it and a row, with what it
says and the notes that it calls. Where a table begins so, its head is taken for rows like others:
they are not repeated, and may end a page.
"""

from typing import Any

from weasyprint.layout import block

_TAKEN = "taken_for_rows"  # the name by which a head knows that it is

_engine_table = block.table_layout


def lay_out(context: Any, table: Any, bottom_space: float, skip_stack: Any, *call: Any) -> Any:
    """Lay a table out, or what of it goes on overleaf, as the engine would, with its head."""
    head = next(iter(table.children), None)
    if head is None or not (head.is_header or getattr(head, _TAKEN, False)):
        return _engine_table(context, table, bottom_space, skip_stack, *call)
    if skip_stack is None:
        head.is_header = True
    laid_out = _engine_table(context, table, bottom_space, skip_stack, *call)
    new = laid_out[0]
    if skip_stack or new is None or any(group.is_header for group in new.children):
        return laid_out
    head.is_header = False
    setattr(head, _TAKEN, True)
    return _engine_table(context, table, bottom_space, skip_stack, *call)
