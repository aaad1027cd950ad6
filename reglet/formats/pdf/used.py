"""Used values of boxes whose style has lengths alone, found once for all boxes of the style.

WeasyPrint 70.0 resolves some twenty percentages for each box each time that it lays it out, and
four radii and a background for each that it has laid out; most boxes have none.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import (
    absolute,
    background,
    block,
    column,
    grid,
    inline,
    page,
    percent,
    table,
)
from weasyprint.layout import float as floating

from reglet.formats.pdf.patching import in_place_of
from reglet.formats.pdf.styles import facts_of

_RESOLVING = (absolute, block, column, floating, grid, inline, page, table)
_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"{least}{axis}" for least in ("", "min_", "max_") for axis in ("width", "height")),
)
_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")
_SQUARE = {f"border_{corner}_radius": (0, 0) for corner in _CORNERS}
_NOTHING = (0, "px")

_engine_resolves = percent.resolve_percentages
_engine_paints = background.layout_box_backgrounds
_engine_flows = boxes.Box.is_in_normal_flow


@contextmanager
def used_values() -> Iterator[None]:
    """Keep what is found of boxes' styles while the context lasts."""
    with ExitStack() as stack:
        for module in _RESOLVING:
            stack.enter_context(in_place_of(module, "resolve_percentages", _resolve))
        stack.enter_context(in_place_of(background, "layout_box_backgrounds", _paint))
        stack.enter_context(in_place_of(boxes.Box, "is_in_normal_flow", _flows))
        yield


def _resolve(box: Any, containing_block: Any) -> None:
    """Set the used values of a box; called by the engine."""
    facts = facts_of(box.style)
    values = facts.get("used")
    if values is None:
        values = facts["used"] = _values(box.style)
    if values and isinstance(box, boxes.Box):
        vars(box).update(values)
    else:
        _engine_resolves(box, containing_block)


class _Any:
    """A box of a style, without anything of its own."""

    def __init__(self, style: Any) -> None:
        self.style = style


def _values(style: Any) -> dict[str, Any]:
    """Return the used values of a style where they do not depend on what is round the box."""
    lengths = [style[name] for name in _LENGTHS]
    if style["border_collapse"] == "collapse" or not all(map(_is_absolute, lengths)):
        return {}
    box = _Any(style)
    _engine_resolves(box, (0, "auto"))
    found = vars(box).copy()
    del found["style"]
    return found


def _is_absolute(length: Any) -> bool:
    return length == "auto" or getattr(length, "unit", None) == "px"


def _paint(
    page_box: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:  # fmt: skip
    """Find the background of a box and of those in it; called by the engine."""
    if style is not None or box is page_box or not isinstance(box, boxes.Box):
        _engine_paints(page_box, box, get_image, layout_children, style)
        return
    facts = facts_of(box.style)
    if "bare" not in facts:
        facts["bare"] = _is_bare(box.style)
    if not facts["bare"]:
        _engine_paints(page_box, box, get_image, layout_children)
        return
    vars(box).update(_SQUARE, background=None)
    if layout_children:
        for child in box.all_children():
            _paint(page_box, child, get_image)


def _is_bare(style: Any) -> bool:
    """Tell whether a style gives a box nothing to be painted behind its content."""
    return (
        style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
        and style["visibility"] != "hidden"
        and all(kind == "none" for kind, _ in style["background_image"])
        and not style["box_shadow"]
        and get_color(style, "background_color").alpha == 0
        and all(_NOTHING in style[name] for name in _SQUARE)
    )


def _flows(box: Any) -> bool:
    """Tell whether a box stands in the flow of its parent's content."""
    style = box.style
    if style["float"] == "none" and style["position"] in ("static", "relative"):
        return True
    flows: bool = _engine_flows(box)
    return flows
