"""Numbers of pages left out when pages are drawn, and put in when it is known what they are.

So a stretch need not be set again because those before it have grown.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout

from reglet.formats.pdf.line_ends import space_shown
from reglet.formats.pdf.patching import in_place_of
from reglet.formats.pdf.stretch import Slot

PAGE_OF = "data-page-of"
"""The attribute of elements whose text is the number of the page that an identifier is on."""

STYLE = f'[{PAGE_OF}] {{ font-feature-settings: "tnum" 1 }}\n'
"""Lets such numbers be as wide as any of as many figures."""

_NUMBER = ("counter()", ("page", "decimal"))
_SHIFTS = {"left": 0.0, "start": 0.0, "center": 0.5, "right": 1.0, "end": 1.0}
_DIGITS = "0123456789"


@contextmanager
def left_open(pages: Sequence[Any]) -> Iterator[None]:
    """Draw slots for margin boxes that show their page's number alone, and for pages of others."""
    texts = {id(text): shift for page in pages for text, shift in _folios(page)}
    engine = drawing.draw_first_line

    def draw(stream: Any, textbox: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
        element = getattr(textbox, "element", None)  # texts in drawings come from none
        target = "" if element is None else element.get(PAGE_OF, "")
        if not target and id(textbox) not in texts:
            return engine(stream, textbox, overflow, ellipsis, matrix)
        with space_shown(stream, textbox, matrix):
            slot = _slot(stream, textbox, matrix, target, texts.get(id(textbox), 0.0))
            stream.stream.append(slot)
            stream._current_font = None
        return []

    with in_place_of(drawing, "draw_first_line", draw):
        yield


def _folios(page: Any) -> Iterator[tuple[Any, float]]:
    """Yield the texts of a page that are its number, and what part of each stands left."""
    for margin in page._page_box.children:
        if not isinstance(margin, boxes.MarginBox) or margin.style["content"] != (_NUMBER,):
            continue
        align = margin.style["text_align_all"]
        mirrored = margin.style["direction"] == "rtl" and align in ("start", "end")
        shift = _SHIFTS.get(align, 0.0)
        for box in margin.descendants():
            if isinstance(box, boxes.TextBox):
                yield box, 1.0 - shift if mirrored else shift


def _slot(stream: Any, textbox: Any, matrix: Any, target: str, shift: float) -> Slot:
    """Say how the engine would draw a number."""
    font, size, glyphs = _digits(stream, textbox.style)
    *turned, x, y = matrix.values
    return Slot(target, font.hash, size, tuple(turned), x + shift * textbox.width, y, shift, glyphs)


def _digits(stream: Any, style: Any) -> tuple[Any, float, tuple[tuple[int, float], ...]]:
    """Return font and size of a style's digits, and the glyph and the width of each."""
    layout = create_layout(_DIGITS, style, None, None, 0)
    line, _ = layout.get_first_line()
    glyphs: list[tuple[int, float]] = []
    run = line.runs[0]
    font, size = None, 0.0
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, size = stream.add_font(item.item.analysis.font)
        for place in range(item.glyphs.num_glyphs):
            glyph = item.glyphs.glyphs[place].glyph
            font.to_unicode.setdefault(glyph, _DIGITS[len(glyphs)])
            glyphs.append((glyph, _width(item.item.analysis.font, font, size, glyph)))
    return font, size, tuple(glyphs)


def _width(pango_font: Any, font: Any, size: float, glyph: int) -> float:
    if glyph not in font.widths:
        rectangles = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
        pango.pango_font_get_glyph_extents(pango_font, glyph, *rectangles)
        font.widths[glyph] = round(rectangles[1].width * 1000 * FROM_UNITS / size)
    return float(font.widths[glyph])


def filled(drawn: Sequence[bytes | Slot], page: int, pages: Mapping[str, int]) -> bytes:
    """Write what is drawn on a page with the numbers of it, and of the pages of identifiers."""
    parts = [
        part if isinstance(part, bytes) else _written(part, pages.get(part.target, page))
        for part in drawn
    ]
    return b"\n".join(parts)


def _written(slot: Slot, number: int) -> bytes:
    glyphs = [slot.glyphs[int(digit)] for digit in str(number)]
    width = sum(width for _, width in glyphs) * slot.size / 1000
    place = (*slot.matrix, slot.x - slot.shift * width, slot.y)
    shown = "".join(f"{glyph:04x}" for glyph, _ in glyphs)
    lines = f"{_joined(place)} Tm", f"/{slot.font} {_joined((slot.size,))} Tf", f"<{shown}> Tj"
    return "\n".join(lines).encode()


def _joined(values: Sequence[float]) -> str:
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in values)
