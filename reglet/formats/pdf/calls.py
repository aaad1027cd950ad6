"""A document's boxes in, the same boxes out, each note tied to the call that is printed.

Boxes in tables tell their row, and whether it is of the head: that may stand above the first line
of a page, and cells stand beside it.
"""

from typing import Any

from weasyprint.formatting_structure import boxes


def tie_calls(box: Any) -> None:
    """Let the inline box just before a note's empty call box stand for it, in `box` and its notes.

    WeasyPrint 70.0 may begin the next line, and so the next page, with an empty call box: the note
    would part from the number that is printed in front of it.
    """
    pending = [box]
    while pending:
        box = pending.pop()
        if box.footnote is not None:
            _drop_marker(box.footnote)
            pending.append(box.footnote)
        if isinstance(box, boxes.ParentBox):
            box.children = _tied(box.children)
            row = id(box) if isinstance(box, boxes.TableRowBox) else row_of(box)
            for child in box.children:
                child.in_head, child.table_row = in_head(box), row
            pending += box.children


def in_head(box: Any) -> bool:
    """Tell whether a box is a table's head, or within one."""
    return getattr(box, "is_header", False) or getattr(box, "in_head", False)


def row_of(box: Any) -> int | None:
    """Return what the boxes of one table row have in common; None outside of tables."""
    found: int | None = getattr(box, "table_row", None)
    return found


def _tied(children: list[Any]) -> list[Any]:
    """Return children without the empty call boxes that another box could stand for."""
    kept: list[Any] = []
    for child in children:
        before = kept[-1] if kept else None
        empty = child.footnote is not None and not child.children
        if empty and isinstance(before, boxes.InlineBox) and before.footnote is None:
            before.footnote = child.footnote
        else:
            kept.append(child)
    return kept


def _drop_marker(note: Any) -> None:
    """Take out a marker without content, which would make a line of no height before a block."""
    first = note.children[0] if note.children else None
    if first is not None and first.element_tag.endswith("::footnote-marker") and not first.children:
        del note.children[0]
