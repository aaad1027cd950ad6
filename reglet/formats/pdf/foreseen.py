"""Lines that cannot fit, known from what is laid out already instead of being laid out to see.

Where a line ends, WeasyPrint 70.0 lays it out with the next word, and with each part of that word
that a hyphen may follow, the longest first. What Pango has of the next line says how long they are.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint.text import line_break as engine
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from reglet.formats.pdf.patching import in_place_of

DOUBT = 0.25  # ems that a text may be shorter for what follows it no longer

_UNSURE = re.compile("[\t\n\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]")
_PLACES = type(ffi)()
_PLACES.cdef("void pango_layout_line_index_to_x (void *line, int index, int trailing, int *x);")
_PANGO = _PLACES.dlopen("libpango-1.0.so.0")
_PLACE = _PLACES.new("int *")

_engine_creates = engine.create_layout


@dataclass(slots=True)
class Draft:
    """The first layout that the engine makes of a line, with the text after it."""

    layout: Any = None
    is_next: bool = False  # to be made


class _TooLong:
    """A layout of a text that does not fit on its line."""

    def __init__(self, line: Any) -> None:
        self.line = line

    def get_first_line(self) -> tuple[Any, int]:
        """Return a line that holds what fits, and that there is more."""
        return self.line, 1


@contextmanager
def foreseen_lines(draft: Draft) -> Iterator[None]:
    """Let no text be laid out that is seen from `draft` not to fit while the context lasts."""
    sets = engine.Layout.set_text

    def create(text: str, style: Any, context: Any, width: Any, spacing: Any) -> Any:
        """Lay a text out; called by the engine, for a draft and then for parts with hyphens."""
        if draft.layout is None:
            made = _engine_creates(text, style, context, width, spacing)
            draft.layout, draft.is_next = made if draft.is_next else None, False
            return made
        part = text.removesuffix(style["hyphenate_character"])
        line = _line_before(draft.layout, part) if part != text else None
        if line is not None:
            return _TooLong(line)
        return _engine_creates(text, style, context, width, spacing)

    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        """Lay another text out; called by the engine, for a line with the next word."""
        if layout is not draft.layout or justify or _line_before(layout, text) is None:
            sets(layout, text, justify)

    with (
        in_place_of(engine, "create_layout", create),
        in_place_of(engine.Layout, "set_text", set_text),
    ):
        yield


def _line_before(layout: Any, text: str) -> Any:
    """Return the first line of a layout if `text`, which goes on behind it, cannot be a line."""
    style, width = layout.style, layout.max_width
    most = style["font_size"] / 10  # that a space may be narrowed by
    if width is None or not layout.text.startswith(text) or _UNSURE.search(layout.text):
        return None
    if style["letter_spacing"] not in ("normal", 0) or style["word_spacing"] < -most:
        return None
    second = pango.pango_layout_get_line_readonly(layout.layout, 1)
    end = len(text.encode())
    if second == ffi.NULL or not second.start_index < end <= second.start_index + second.length:
        return None
    first = pango.pango_layout_get_line_readonly(layout.layout, 0)
    if first.resolved_dir or second.resolved_dir:
        return None
    _PANGO.pango_layout_line_index_to_x(second, end, 0, _PLACE)
    least = engine.line_size(first, style)[0] + _PLACE[0] * FROM_UNITS
    return first if least > width + DOUBT * style["font_size"] else None
