"""A note's box tree and the place where its layout stopped in, two box trees out.

WeasyPrint 70.0 never breaks a note. A tree that is not laid out yet can be cut where a trial
layout had to stop: the head is set on this page, the tail carried to the next.
"""

from typing import Any

from weasyprint.css.properties import ZERO_PIXELS
from weasyprint.formatting_structure import boxes

Stop = dict[int, Any]
"""Where a layout stopped: index of a child, or byte offset in a text, to what stops inside it."""


def cut(box: Any, stop: Stop) -> tuple[Any, Any]:
    """Cut `box` at `stop`: (head, tail), both without the line boxes that a layout wraps."""
    head, tail = _cut(box, stop)
    return unwrap(head), unwrap(tail)


def unwrap(box: Any) -> Any:
    """Take line boxes out again, since the engine wraps inline content anew before each layout."""
    if isinstance(box, boxes.ParentBox):
        children: list[Any] = []
        for child in box.children:
            children.extend(child.children if isinstance(child, boxes.LineBox) else [child])
        box.children = [unwrap(child) for child in children]
    return box


def _cut(box: Any, stop: Stop) -> tuple[Any, Any]:
    ((index, inner),) = stop.items()
    head, tail = box.copy(), box.copy()
    if isinstance(box, boxes.TextBox):
        head.text, tail.text = _cut_text(box, index)
        return head, tail
    children = list(box.children)
    head.children, tail.children = children[:index], children[index:]
    if inner is not None:
        before, after = _cut(children[index], inner)
        head.children, tail.children = [*children[:index], before], [after, *children[index + 1 :]]
    if not isinstance(box, boxes.LineBox):
        _close(head)
        _reopen(tail)
    return head, tail


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
