"""A note's box tree and the place where its layout stopped in, two box trees out.

WeasyPrint 70.0 never breaks a note. A tree that is not laid out yet can be cut where a trial
layout had to stop: the head is set on this page, the tail carried to the next.
"""

from typing import Any

from weasyprint.css.properties import ZERO_PIXELS
from weasyprint.formatting_structure import boxes

Stop = dict[int, Any]
"""Where a layout stopped: index of a child, or byte offset in a text, to what stops inside it.

Of a table's row every cell may stop, else there is one index.
"""


def cut(box: Any, stop: Stop) -> tuple[Any, Any] | None:
    """Cut `box` at `stop`: (head, tail), which share what is not cut with it.

    None where nothing would be left of the head.
    """
    head, tail = _cut(box, stop)
    return None if head is None else (head, tail)


def _cut(box: Any, stop: Stop) -> tuple[Any, Any]:
    """Cut a box; the head is None where it would have nothing to show, and the tail then all."""
    if isinstance(box, boxes.TableRowBox):
        return _cut_row(box, stop)
    ((index, inner),) = stop.items()
    head, tail = box.copy(), box.copy()
    if isinstance(box, boxes.TextBox):
        head.text, tail.text = _cut_text(box, index)
        return head, tail
    children = list(box.children)
    head.children, tail.children = children[:index], children[index:]
    if inner is not None:
        before, after = _cut(children[index], inner)
        head.children += [before] if before is not None else []
        tail.children = [after, *children[index + 1 :]]
    if not head.children or (box.is_table_wrapper and head.get_wrapped_table() is None):
        return None, box
    if isinstance(box, boxes.TableBox):
        _share_rows(box, head, tail)
    if not isinstance(box, boxes.LineBox):
        _close(head)
        _reopen(tail)
    return head, tail


def _cut_row(row: Any, stop: Stop) -> tuple[Any, Any]:
    """Cut the cells of a row that go on; of the others nothing is left for the tail."""
    head, tail = row.copy(), row.copy()
    head.children, tail.children = [], []
    for index, cell in enumerate(row.children):
        before, after = _cut(cell, stop[index]) if index in stop else (cell, None)
        head.children.append(before if before is not None else _emptied(cell))
        tail.children.append(after if after is not None else _emptied(cell))
    return head, tail


def _emptied(cell: Any) -> Any:
    empty = cell.copy()
    empty.children = []
    return empty


def _share_rows(table: Any, head: Any, tail: Any) -> None:
    """Give the tail the borders of its own rows, and no cell more rows than its part has."""
    rows, left = (sum(len(group.children) for group in part.children) for part in (table, tail))
    if table.style["border_collapse"] == "collapse":
        tail.collapsed_border_grid = tuple(
            grid[rows - left :] for grid in table.collapsed_border_grid
        )
    for group in head.children[-1:]:
        for place, row in enumerate(group.children):
            row.children = [_spanning(cell, len(group.children) - place) for cell in row.children]


def _spanning(cell: Any, rows: int) -> Any:
    if cell.rowspan <= rows:
        return cell
    fewer = cell.copy()
    fewer.rowspan = rows
    return fewer


def _cut_text(box: Any, offset: int) -> tuple[str, str]:
    """Cut a text at a byte offset, with a hyphen where the cut divides a word."""
    raw = box.text.encode()
    before, after = raw[:offset].decode(), raw[offset:].decode()
    if before[-1:].isalpha() and after[:1].isalpha():
        return before + box.style["hyphenate_character"], after
    return before.rstrip(" ").removesuffix("\u00ad"), after.lstrip(" ")


def _close(head: Any) -> None:
    """Style the part before the break: no margin at the break, its last line set like any."""
    head.style = head.style.copy()
    head.style["margin_bottom"] = ZERO_PIXELS
    if head.style["text_align_all"] == "justify":
        head.style["text_align_last"] = "justify"


def _reopen(tail: Any) -> None:
    """Style the part after the break: no margin or indent at its start, and no second anchor."""
    tail.style = tail.style.copy()
    tail.style["margin_top"] = tail.style["text_indent"] = ZERO_PIXELS
    tail.style["anchor"] = None
    tail.bookmark_label = None
