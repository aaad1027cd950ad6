"""A text handed to Pango with the width of its spaces, in as few steps as there are spaces.

A theme that spaces words has WeasyPrint 70.0 do so for each text that it tries, not for those
alone that it draws.
"""

import re
from contextlib import AbstractContextManager
from typing import Any

from weasyprint.text import line_break as engine
from weasyprint.text.ffi import TO_UNITS, ffi, pango

from reglet.formats.pdf.patching import in_place_of
from reglet.formats.pdf.styles import facts_of

_SPACE = re.compile(" |\u00a0".encode())
_MORE = re.compile("[\0\t\n]")

_engine_sets = engine.Layout.set_text


def quick_spaces() -> AbstractContextManager[None]:
    """Let the engine hand texts to Pango by `_set_text` while the context lasts."""
    return in_place_of(engine.Layout, "set_text", _set_text)


def _set_text(layout: Any, text: str, justify: bool = False) -> None:
    """Lay another text out; called by the engine."""
    style = layout.style
    facts = facts_of(style)
    if "words alone" not in facts:
        facts["words alone"] = style["letter_spacing"] in ("normal", 0) and (
            style["overflow_wrap"] not in ("anywhere", "break-word")
        )
    if not facts["words alone"] or text in ("", " ") or _MORE.search(text):
        _engine_sets(layout, text, justify)
        return
    data = text.encode()
    layout.text = text
    pango.pango_layout_set_text(layout.layout, data, len(data))
    spacing = style["word_spacing"] + (layout.justification_spacing if justify else 0)
    if spacing:
        _space(layout.layout, data, int(spacing * TO_UNITS))


def _space(layout: Any, data: bytes, width: int) -> None:
    """Widen the spaces of a text by `width` units of Pango; at its ends Pango gives half of it."""
    attributes = pango.pango_layout_get_attributes(layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    ends = 0, len(data) - 1
    for match in _SPACE.finditer(data):
        start, end = match.span()
        attribute = pango.pango_attr_letter_spacing_new(2 * width if start in ends else width)
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout, attributes)
