"""Page numbers left out when pages are drawn, and put in when it is known which pages they are.

So a stretch need not be set again because those before it have grown.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout

from reglet.formats.pdf.patching import in_place_of
from reglet.formats.pdf.stretch import Folio

_NUMBER = ("counter()", ("page", "decimal"))
_SHIFTS = {"left": 0.0, "start": 0.0, "center": 0.5, "right": 1.0, "end": 1.0}
_DIGITS = "0123456789"


@contextmanager
def left_out(pages: Sequence[Any]) -> Iterator[list[Folio]]:
    """Draw no margin box that shows the page's number and nothing else; collect their places."""
    found: list[Folio] = []
    numbered = enumerate(pages, start=1)
    texts = {id(text): place for number, page in numbered for text, place in _numbers(page, number)}
    engine = drawing.draw_first_line

    def draw(stream: Any, textbox: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
        if id(textbox) not in texts:
            return engine(stream, textbox, overflow, ellipsis, matrix)
        found.append(_folio(stream, textbox, matrix, *texts[id(textbox)]))
        return []

    with in_place_of(drawing, "draw_first_line", draw):
        yield found


def _numbers(page: Any, number: int) -> Iterator[tuple[Any, tuple[int, float]]]:
    """Yield the texts of a page that are its number: its page, from 1, and what shifts it."""
    for margin in page._page_box.children:
        if not isinstance(margin, boxes.MarginBox) or margin.style["content"] != (_NUMBER,):
            continue
        align = margin.style["text_align_all"]
        mirrored = margin.style["direction"] == "rtl" and align in ("start", "end")
        shift = _SHIFTS.get(align, 0.0)
        for box in margin.descendants():
            if isinstance(box, boxes.TextBox):
                yield box, (number, 1.0 - shift if mirrored else shift)


def _folio(stream: Any, textbox: Any, matrix: Any, page: int, shift: float) -> Folio:
    """Say how the engine would draw a page's number."""
    font, size, glyphs = _digits(stream, textbox.style)
    operators, stream.stream = stream.stream, []
    _forget_state(stream)
    stream.set_color(textbox.style["color"])
    before = b"\n".join(
        item if isinstance(item, bytes) else str(item).encode() for item in stream.stream
    )
    stream.stream = operators
    _forget_state(stream)
    *turned, x, y = matrix.values
    at = stream.ctm @ stream._ctm_stack[0].invert  # which is in force when the page is drawn
    values = " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in at.values)
    x += shift * textbox.width
    return Folio(
        page,
        f"{values} cm\n".encode() + before,
        font.hash,
        size,
        tuple(turned),
        x,
        y,
        shift,
        glyphs,
    )


def _forget_state(stream: Any) -> None:
    """Let the stream say colours anew."""
    stream._current_color = stream._current_alpha = None


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


def written(folio: Folio, number: int) -> bytes:
    """Write a page's number as PDF operators: an artifact, in a state of its own."""
    glyphs = [folio.glyphs[int(digit)] for digit in str(number)]
    width = sum(width for _, width in glyphs) * folio.size / 1000
    place = (*folio.matrix, folio.x - folio.shift * width, folio.y)
    values = " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in place)
    shown = "".join(f"{glyph:04x}" for glyph, _ in glyphs)
    return b"\n".join(
        (
            b"/Artifact <</Type /Pagination>> BDC",
            b"q",
            folio.before,
            b"BT",
            f"/{folio.font} {folio.size:.6f}".rstrip("0").rstrip(".").encode() + b" Tf",
            values.encode() + b" Tm",
            f"<{shown}> Tj".encode(),
            b"ET",
            b"Q",
            b"EMC",
        )
    )
