"""A line of text laid out in, what shows it in a PDF out, each run of glyphs put in words once.

WeasyPrint 70.0 asks Pango for each glyph of each line one by one, and for its font. Most runs are
words that have been shown before.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from reglet.formats.pdf.patching import in_place_of

MOST = 8192  # runs of a font that are kept

_GLYPH = struct.Struct("=Iiii4x")  # its number, width, and distances; in units of Pango
_GLYPH_SIZE = ffi.sizeof("PangoGlyphInfo")
_COUNTED = type(ffi)()
_COUNTED.cdef("void *g_object_ref (void *); void g_object_unref (void *);")
_OBJECTS = _COUNTED.dlopen("libgobject-2.0.so.0")

_engine_adds = Stream.add_font
_engine_draws = drawing.draw_first_line


@contextmanager
def known_runs() -> Iterator[None]:
    """Know fonts, and runs of their glyphs, that have been shown while the context lasts."""
    known: dict[tuple[int, Any], tuple[tuple[Any, float], Any, Any]] = {}

    def add(stream: Any, pango_font: Any) -> tuple[Any, float]:
        key = id(stream._fonts), pango_font
        found = known.get(key)
        if found is None:
            # held, so that nothing else takes their place in memory
            address = _COUNTED.cast("void *", int(ffi.cast("intptr_t", pango_font)))
            held = _COUNTED.gc(_OBJECTS.g_object_ref(address), _OBJECTS.g_object_unref)
            found = known[key] = _engine_adds(stream, pango_font), held, stream._fonts
        return found[0]

    with (
        in_place_of(Stream, "add_font", add),
        in_place_of(drawing, "draw_first_line", _draw),
    ):
        yield


def _draw(stream: Any, textbox: Any, overflow: str, ellipsis: Any, matrix: Any) -> Any:
    """Draw a line of text; called by the engine."""
    call = (stream, textbox, overflow, ellipsis, matrix)
    more = overflow == "ellipsis" or ellipsis != "none" or textbox.style["font_size"] < 1e-6
    if more or not textbox.text.strip():
        return _engine_draws(*call)
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    shown = _shown(stream, textbox)
    if shown is None:
        return _engine_draws(*call)
    stream.set_text_matrix(*matrix.values)
    last, waiting = None, ""
    for pango_font, font, size, operand in shown:
        if pango_font != last:
            if waiting:
                stream.show_text(waiting)
            last, waiting = pango_font, ""
            stream.set_font_size(font.hash, size)
        waiting += operand
    stream.show_text(waiting)
    return []


def _shown(stream: Any, textbox: Any) -> list[tuple[Any, Any, float, str]] | None:
    """Return each run's font, as Pango and the engine have it, size and operand; None for more."""
    line, _ = textbox.pango_layout.get_first_line()
    old = pango.pango_version() < 14802
    shown: list[tuple[Any, Any, float, str]] = []
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        font, size = stream.add_font(pango_font)
        if font.bitmap or font.svg or font.png or font.colr:
            return None
        size = textbox.style["font_size"] if old else size
        glyphs = bytes(ffi.buffer(item.glyphs.glyphs, item.glyphs.num_glyphs * _GLYPH_SIZE))
        runs = vars(font).setdefault("known_runs", {})
        operand = runs.get((size, glyphs))
        if operand is None:
            operand = _operand(_Run(item, font, size, glyphs), textbox, stream)
            if operand is None:
                return None
            if len(runs) >= MOST:
                runs.clear()
            runs[size, glyphs] = operand
        shown.append((pango_font, font, size, operand))
    return shown


@dataclass(frozen=True, slots=True)
class _Run:
    """Glyphs of one font: Pango's item, and its numbers and distances as bytes."""

    item: Any
    font: Any
    size: float
    glyphs: bytes


def _operand(run: _Run, textbox: Any, stream: Any) -> str | None:
    """Return a run of glyphs as an operand of TJ (ISO 32000-1 §9.4.3); None where it takes more.

    Lets the font know the width of each glyph, and the text that it stands for first.
    """
    font, size, shown = run.font, run.size, "<"
    infos = list(_GLYPH.iter_unpack(run.glyphs))
    if any(high or number & pango.PANGO_GLYPH_UNKNOWN_FLAG for number, _, _, high in infos):
        return None
    for place, (number, width, aside, _) in enumerate(infos):
        if number == pango.PANGO_GLYPH_EMPTY:
            shown += f">{-width / size}<"
            continue
        if number not in font.to_unicode:
            font.to_unicode[number] = _text(run.item, place, textbox)
        offset = aside / size
        shown += f">{-offset}<{number:04x}" if offset else f"{number:04x}"
        if number not in font.widths:
            pango.pango_font_get_glyph_extents(
                run.item.item.analysis.font, number, stream.ink_rect, stream.logical_rect
            )
            font.widths[number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        kerning = font.widths[number] + offset - width * 1000 * FROM_UNITS / size
        if kerning:
            shown += f">{int(kerning)}<"
    return shown[:-1] if shown[-1] == "<" else f"{shown}>"


def _text(item: Any, place: int, textbox: Any) -> str:
    """Return the text that a glyph of a run stands for."""
    clusters, start, length = item.glyphs.log_clusters, item.item.offset, item.item.length
    first, last = (0, -1) if item.item.analysis.level % 2 else (item.glyphs.num_glyphs - 1, 1)
    end = length if place == first else clusters[place + last]
    text: bytes = textbox.pango_layout.text.encode()[start + clusters[place] : start + end]
    return text.decode()
