"""Tables that go on overleaf out, saying so there: "Table 2, continued" above their heads.

The engine repeats a table's head on every page. A row of class `continued` in it is left empty
where the table begins.
"""

from contextlib import AbstractContextManager
from typing import Any

from weasyprint.layout import block

from reglet.formats.pdf.heads import lay_out
from reglet.formats.pdf.patching import in_place_of

CONTINUED = "continued"


def continued_heads() -> AbstractContextManager[None]:
    """Let the engine lay tables out by `_lay_out` while the context lasts."""
    return in_place_of(block, "table_layout", _lay_out)


def _lay_out(context: Any, table: Any, bottom_space: float, skip_stack: Any, *call: Any) -> Any:
    """Lay a table out, or what of it goes on overleaf; called by the engine."""
    emptied = [] if skip_stack else [(cell, cell.children) for cell in _cells(table)]
    for cell, _ in emptied:
        cell.children = []
    try:
        return lay_out(context, table, bottom_space, skip_stack, *call)
    finally:
        for cell, children in emptied:
            cell.children = children


def _cells(table: Any) -> list[Any]:
    """Return the cells that say that a table goes on."""
    head = next((group for group in table.children[:1] if group.is_header), None)
    rows = head.children if head is not None else ()
    marked = [row for row in rows if CONTINUED in row.element.get("class", "").split()]
    return [cell for row in marked for cell in row.children]
