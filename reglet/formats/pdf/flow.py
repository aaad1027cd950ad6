"""A page's text out, with the notes that it calls below it, and below nothing else.

Where text stands side by side, in cells, columns or floats, a note may take room from text that
is there already: then the page's text is laid out again with that room kept free.
"""

from contextlib import AbstractContextManager
from math import inf
from typing import TYPE_CHECKING, Any

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page as engine

from reglet.formats.pdf.deferred import left_by, put_in, shown_on_top
from reglet.formats.pdf.grid import filled
from reglet.formats.pdf.measure import TOLERANCE
from reglet.formats.pdf.patching import in_place_of

if TYPE_CHECKING:
    from reglet.formats.pdf.layout import NotesContext

MOST_ROUNDS = 6  # layouts of one page's text

_engine_block = engine.block_level_layout


def own_flow() -> AbstractContextManager[None]:
    """Let the engine lay out a page's text and its notes by `_lay_out` while the context lasts."""
    return in_place_of(engine, "block_level_layout", _lay_out)


def _lay_out(context: Any, box: Any, *call: Any, **named: Any) -> Any:
    """Lay out one of a page's boxes; called by the engine."""
    if isinstance(box, boxes.FootnoteAreaBox):
        context.at_foot = True
        # not as if it began a page, which would take the margin above its first note from it
        laid_out = _engine_block(context, _filled(context), **named | {"page_is_empty": False})
        context.at_foot = False
        return laid_out
    if box.is_for_root_element:
        return _lay_out_text(context, box, *call)
    return _engine_block(context, box, *call, **named)


def _lay_out_text(context: "NotesContext", box: Any, *call: Any) -> Any:
    """Lay out the document's part on a page, clear of the notes called in it."""
    state, lists = context.state(), [item for item in call if isinstance(item, list)]
    before, place = [item.copy() for item in lists], (box.position_x, box.position_y)
    lowest = inf
    for _ in range(MOST_ROUNDS):
        laid_out = _below_deferred(context, box, *call)
        if laid_out[0] is None:
            return laid_out
        bottom = max(text_bottom(laid_out[0]), context.area.box.page.content_box_y())
        _settle(context, laid_out[0], bottom)
        height = context.area.composed.height
        clear = not height or bottom <= context.page_end - height + TOLERANCE
        if clear or bottom >= lowest:  # what cannot be moved up stays: the proof will tell
            break
        lowest = bottom
        for item, kept in zip(lists, before, strict=True):
            item[:] = kept
        box.position_x, box.position_y = place
        context.again(state, max(height, context.reserve + 1))
    context.area.fill(context.page_end - bottom)
    if laid_out[1] is not None:
        _end_at(laid_out[0], bottom)
    left = left_by(laid_out[0])
    waiting = context.deferred.get(context.current_page - 1, ())
    later = (item for item in waiting if item.shown is None)
    context.deferred[context.current_page] = (*later, *left)
    return laid_out


def _below_deferred(context: "NotesContext", box: Any, *call: Any) -> Any:
    """Lay a page's text out below the figures that the page before has left to it."""
    context.leaving.clear()
    waiting = context.deferred.get(context.current_page - 1, ())
    for item in waiting:
        item.shown = None
    if not waiting:
        return _engine_block(context, box, *call)
    bottom_space, skip, parent, _, absolute, fixed, *margins = call
    shown, top = shown_on_top(context, waiting, box.position_y, (absolute, fixed))
    box.position_y = top
    laid_out = _engine_block(
        context, box, bottom_space, skip, parent, not shown, absolute, fixed, *margins
    )
    if laid_out[0] is None:  # the page has room for no line below them
        bare = _bare(box, skip)
        laid_out = _engine_block(context, bare, 0, skip, parent, True, absolute, fixed, *margins)
        laid_out = laid_out[0], skip, *laid_out[2:]
    put_in(laid_out[0], shown)
    return laid_out


def _bare(box: Any, skip: Any) -> Any:
    """Return a box that has nothing to go on with, but is to, down to the block that does."""
    ((place, within),) = skip.items()
    child, bare = box.children[place], box.copy()
    bare.children, bare.force_fragmentation = list(box.children[:place]), True
    if within and len(within) == 1 and not isinstance(child, boxes.LineBox):
        bare.children.append(_bare(child, within))
    return bare


def _settle(context: "NotesContext", root: Any, bottom: float) -> None:
    """Let the notes of a page be those that are called in it.

    The engine lays out heads of tables, among others, as if they had all the room, and they begin
    no notes.
    """
    called = {id(box.footnote): box.footnote for box in root.descendants(True) if box.footnote}
    for note in context.area.begun:
        if id(note) not in called:
            context.unlayout_footnote(note)
    missing = [note for note in called.values() if note in context.footnotes]
    if missing:
        context.begin(missing, bottom, 0, must=True)


def _filled(context: "NotesContext") -> Any:
    """Return the page's footnote area with its notes, not laid out yet."""
    entries = context.area.composed.entries
    area = context.area.box.copy()
    area.children = [context.measure.made(entry.shown) for entry in entries]
    area.position_y = context.page_end
    area.style = _continued(area.style) if entries and entries[0].carried else area.style.copy()
    area.style["height"] = "auto"
    area.style["max_height"] = Dimension(inf, "px")
    return area


def _continued(style: Any) -> Any:
    """Let each custom property `--continued-x` of the area's style stand for its `--x`."""
    prefix = "__continued_"
    given = {name: value for name, value in style.cascaded.items() if name.startswith(prefix)}
    instead = {f"__{name.removeprefix(prefix)}": value for name, value in given.items()}
    fresh = style.copy()
    if instead:
        fresh.clear()
        fresh.cascaded = style.cascaded | instead
    return fresh


def text_bottom(box: Any) -> float:
    """Return how far down a laid-out box is printed, in px from the page's top.

    A box that goes on overleaf is drawn to the end of its page, and counts as far as its lines.
    """
    if isinstance(box, boxes.LineBox):
        return float(box.position_y + box.height)
    if not isinstance(box, boxes.ParentBox) or isinstance(box, boxes.ReplacedBox):
        return _border_bottom(box)
    inner = [text_bottom(child) for child in box.children if _counts(child)]
    lowest = max(inner, default=-inf) + filled(box)
    if (not inner or box.style["height"] != "auto") and _shows(box):
        lowest = max(lowest, _border_bottom(box))
    return lowest + float(box.padding_bottom + box.border_bottom_width)


def _counts(box: Any) -> bool:
    return isinstance(box, boxes.Box) and not box.is_absolutely_positioned()


def _shows(box: Any) -> bool:
    """Tell whether a box without content can be seen."""
    style = box.style
    borders = box.border_bottom_width or box.border_top_width
    filled = getattr(style["background_color"], "alpha", 0)
    return bool(borders or filled or style["background_image"] != (("none", None),))


def _border_bottom(box: Any) -> float:
    return float(box.position_y + box.margin_top + box.border_height())


def _end_at(box: Any, bottom: float) -> None:
    """Let boxes that go on overleaf end with the text of their page.

    WeasyPrint 70.0 draws them to the page's end, with their borders and backgrounds.
    """
    if isinstance(box, boxes.LineBox | boxes.ReplacedBox) or not isinstance(box, boxes.ParentBox):
        return
    excess = _border_bottom(box) - bottom
    if excess > 0 and box.style["height"] == "auto":
        box.height = max(0.0, box.height - excess)
    for child in box.children:
        if _counts(child):
            _end_at(child, bottom)
