"""A figure that its page has no room for in, the text behind it there and it overleaf out.

WeasyPrint 70.0 has no floats of pages: what cannot be parted goes overleaf, and its page stays
empty below the text before it. Where that would be more than `MOST_EMPTY`, an empty box takes its
place, the text goes on, and the figure stands at the top of the next page. It passes no heading,
no other figure or table and no end of a section.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block
from weasyprint.layout.percent import percentage

from reglet.formats.pdf.grid import lay_out
from reglet.formats.pdf.measure import TOLERANCE
from reglet.formats.pdf.patching import in_place_of

if TYPE_CHECKING:
    from reglet.formats.pdf.layout import NotesContext

MOST_EMPTY = 0.2  # of a page's height that a figure may leave

WHOLE = ("figure", "table")
"""The elements of what may be deferred."""

_NOT_PASSED = {*WHOLE, "section", "h1", "h2", "h3", "h4", "h5", "h6"}
_HOLDERS = ("section", "body")
_STANDS_FOR = "deferred"  # the name by which an empty box knows what it stands for
_MARGINS = 6  # place in the engine's call of those that a block's own may collapse with


@dataclass(slots=True)
class Deferred:
    """A figure of `parent`, not laid out yet, that is to stand at the top of the next page.

    `holder` is `parent` as laid out on the page left, `shown` the figure as laid out overleaf.
    """

    box: Any
    parent: Any
    holder: Any = None
    shown: Any = None


def deferring() -> AbstractContextManager[None]:
    """Let the engine lay out blocks by `_lay_out`, on the grid, while the context lasts."""
    return in_place_of(block, "block_level_layout", _lay_out)


def deferred_at(box: Any) -> Deferred | None:
    """Return what an empty box stands for; None of any other."""
    found: Deferred | None = getattr(box, _STANDS_FOR, None)
    return found


def _lay_out(context: "NotesContext", box: Any, *call: Any, **named: Any) -> Any:
    """Lay a block out, or an empty box instead of it; called by the engine."""
    if len(call) <= _MARGINS:
        return lay_out(context, box, *call, **named)
    bottom_space, skip, parent, page_is_empty, *_ = call
    if _is_behind(box, parent, context.leaving):
        if not _NOT_PASSED & _tags(box):
            return lay_out(context, _following(box, context.leaving), *call, **named)
        if not _may_leave(context, box, parent):
            return None, None, {"break": "any", "page": box.page_values()[0]}, [], False, None
        return _leave(context, box, call)
    if page_is_empty or skip or not _may_leave(context, box, parent):
        return lay_out(context, box, *call, **named)
    place, margins = (box.position_x, box.position_y), list(call[_MARGINS])
    laid_out = lay_out(context, box, *call)
    page = context.area.box.page
    taken = place[1] - page.content_box_y() + context.notes_height()
    if _fits(context, laid_out[0], bottom_space) or taken > (1 - MOST_EMPTY) * page.height:
        return laid_out
    box.position_x, box.position_y = place
    call[_MARGINS][:] = margins
    return _leave(context, box, call)


def _is_behind(box: Any, parent: Any, leaving: Iterable[Deferred]) -> bool:
    """Tell whether a box stands behind one of its siblings that leaves the page, or is one."""
    for item in leaving:
        if item.parent is parent:
            siblings = [id(child) for child in parent.children]
            return id(box) in siblings[siblings.index(id(item.box)) :]
    return False


def _following(box: Any, leaving: Iterable[Deferred]) -> Any:
    """Return a paragraph behind one that leaves as if it followed the paragraph before that."""
    for item in leaving:
        run = [child for child in item.parent.children if child.is_in_normal_flow()]
        pairs = [(one, other) for one, other in pairwise(run) if _are_paragraphs(one, other)]
        place = [id(child) for child in run].index(id(item.box))
        if (
            pairs
            and place
            and run[place + 1 : place + 2] == [box]
            and _are_paragraphs(run[place - 1], box)
        ):
            lines = [child.copy() for child in box.children]
            for child in lines:
                child.style = child.style.copy()
                child.style["text_indent"] = pairs[0][1].style["text_indent"]
            return box.copy_with_children(lines)
    return box


def _are_paragraphs(*found: Any) -> bool:
    return all(box.element_tag == "p" for box in found)


def _tags(box: Any) -> set[str]:
    return set() if box.element is None else {each.tag for each in box.element.iter()}


def _may_leave(context: "NotesContext", box: Any, parent: Any) -> bool:
    """Tell whether a box is a figure of a section that calls no note, of the kind of its pages."""
    if box.element_tag not in WHOLE or getattr(parent, "element_tag", None) not in _HOLDERS:
        return False
    id, pages = box.element.get("id"), ("auto", parent.style["page"])
    if not id or id in context.in_place or context.in_column or context.measure.busy:
        return False
    whole = box.style["break_inside"] != "auto" and box.style["page"] in pages
    return whole and not any(part.footnote for part in box.descendants())


def _fits(context: "NotesContext", laid_out: Any, bottom_space: float) -> bool:
    if laid_out is None:
        return False
    return not context.overflows_page(bottom_space, _bottom(laid_out))


def _bottom(box: Any) -> float:
    return float(box.border_box_y() + box.border_height())


def _leave(context: "NotesContext", box: Any, call: tuple[Any, ...]) -> Any:
    """Lay out an empty box instead of one that leaves, which text before may not be parted from."""
    parent = call[2]
    if all(item.box is not box for item in context.leaving):
        context.leaving.append(Deferred(box, parent))
    empty = boxes.BlockBox(None, parent.style.anonymous_style, None, ())
    empty.style = empty.style.copy()
    empty.style["break_after"], empty.style["page"] = "avoid", box.style["page"]
    empty.position_x, empty.position_y = box.position_x, box.position_y
    laid_out = lay_out(context, empty, *call)
    if laid_out[0] is not None:
        setattr(laid_out[0], _STANDS_FOR, Deferred(box, parent))
    return laid_out


def left_by(root: Any) -> Iterator[Deferred]:
    """Yield what leaves a page, given its root's box."""
    for holder in root.descendants():
        for child in getattr(holder, "children", ()):
            if (found := deferred_at(child)) is not None:
                found.holder = holder
                yield found


def shown_on_top(
    context: "NotesContext", waiting: Sequence[Deferred], top: float, lists: Sequence[Any]
) -> tuple[list[Deferred], float]:
    """Lay out as many as there is room for from `top` on; return them, and where they end.

    The first stands at the top itself, without the margin above it.
    """
    shown: list[Deferred] = []
    for item in waiting:
        item.box.position_x, item.box.position_y = item.holder.content_box_x(), top
        if not shown:
            item.box.position_y -= _margin_above(item)
        new, rest, *_ = lay_out(context, item.box, 0, None, item.holder, not shown, *lists)
        if rest is not None or not _fits(context, new, 0):
            break
        item.shown = new
        shown.append(item)
        top = _bottom(new) + float(new.margin_bottom)
    return shown, top


def _margin_above(item: Deferred) -> float:
    margin = item.box.style["margin_top"]
    used = percentage(margin, item.box.style, item.holder.width)
    return 0.0 if used == "auto" else float(used)


def put_in(root: Any, shown: Iterable[Deferred]) -> None:
    """Put what stands on top of a page into what it is of: read behind what goes on there."""
    for number, item in enumerate(shown):
        parts = (part for part in root.descendants() if part.element is item.parent.element)
        holder = next((part for part in parts if part.element_tag == item.parent.element_tag), None)
        if holder is None or abs(holder.width - item.holder.width) > TOLERANCE:
            item.shown = None
            continue
        item.shown.translate(dx=holder.content_box_x() - item.holder.content_box_x())
        place = number + int(_goes_on(item.holder, holder))
        holder.children = [*holder.children[:place], item.shown, *holder.children[place:]]


def _goes_on(before: Any, after: Any) -> bool:
    """Tell whether the last child of a box goes on in the box's next part."""
    if not (before.children and after.children):
        return False
    last, first = before.children[-1], after.children[0]
    return last.element is not None and last.element is first.element


def never_shown(pages: Iterable[Any]) -> frozenset[str]:
    """Return the identifiers of figures that have left a page and stand on none."""
    found, shown = set(), set()
    for page in pages:
        for box in page._page_box.descendants():
            if (item := deferred_at(box)) is not None:
                found.add(item.box.element.get("id"))
            elif box.element_tag in WHOLE:
                shown.add(box.element.get("id"))
    return frozenset(found - shown)
