"""What a PDF says of its glyphs' text, mended where WeasyPrint 70.0 gets it wrong.

A letter of Arabic script may be drawn by several glyphs: its body, and dots that other letters
have too. The engine tells the first letter for a glyph, of all that have it, and nothing for the
others of a letter, which PDF/UA-1 forbids. Such letters are told one by one. So are hyphens that
divide words at line ends; and lines end with the spaces that they have in the text.
"""

import re
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pydyf
from weasyprint.draw import text as drawing
from weasyprint.text.ffi import ffi, pango

from reglet.formats.pdf.fontfile import glyph_of, text_of
from reglet.formats.pdf.line_ends import (
    SOFT_HYPHEN,
    is_divided,
    show_lone_space,
    space_shown,
)
from reglet.formats.pdf.patching import in_place_of

_EMPTY = re.compile(rb"^(<[0-9a-f]{4}>) <>$")
_SILENT = "\u2060"  # WORD JOINER: prints nothing, parts and joins no letters
_JOINERS = ("\u200c", "\u200d")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
# an operand of TJ: glyphs in angle brackets, and distances between these
_SHOWN = re.compile(r"(?P<glyph>[0-9a-f]{4})(?=[0-9a-f]*>)|(?<=>)[^<]+|^[^<]+|[<>]")


def own_letters() -> AbstractContextManager[None]:
    """Let the engine tell letters of Arabic script one by one while the context lasts."""
    return in_place_of(drawing, "draw_first_line", partial(_draw, drawing.draw_first_line))


def fill_maps(pdf: Any) -> None:
    """Give each glyph a text in the maps of a `pydyf.PDF` that is about to be written."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and b"begincmap" in item.stream:
            item.stream = [_EMPTY.sub(rb"\1 <2060>", line) for line in item.stream]


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A glyph and the text that it stands for: a letter's on its widest glyph, none on the rest."""

    number: int
    text: str
    font: Any  # None where the font has no glyph for it
    is_drawn: bool = True  # by the engine

    @property
    def told(self) -> bool:
        """Tell whether the font's map says so."""
        if self.font is None:
            return True
        return bool(self.text) and self.font.to_unicode[self.number] == self.text


def _draw(draws: Any, stream: Any, textbox: Any, *call: Any) -> Any:
    """Draw a line of text in place of the function `draws`."""
    overflow, ellipsis, matrix = call
    if overflow == "ellipsis" or ellipsis != "none":
        return draws(stream, textbox, *call)
    if not textbox.text.strip():
        show_lone_space(stream, textbox, matrix)
        return []
    # as the engine does later: what is laid out before would have to be laid out again
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    with space_shown(stream, textbox, matrix):
        if not (_ARABIC.search(textbox.text) or is_divided(textbox)):
            return draws(stream, textbox, *call)
        glyphs = deque(_told(stream, textbox))
        stream.show_text = partial(_show, stream, glyphs)
        try:
            return draws(stream, textbox, *call)
        finally:
            del stream.show_text


def _told(stream: Any, textbox: Any) -> list[_Glyph]:
    """Return the glyphs of a line with what each is to be told for, and let their fonts know."""
    glyphs = list(_glyphs(stream, textbox))
    if is_divided(textbox) and not textbox.pango_layout.first_line_direction % 2:
        glyphs[-1] = replace(glyphs[-1], text=SOFT_HYPHEN)
    for glyph in glyphs:
        if glyph.font is not None and glyph.number not in glyph.font.to_unicode:
            glyph.font.to_unicode[glyph.number] = _mapped(glyph)
    return glyphs


def _mapped(glyph: _Glyph) -> str:
    """Return what a font's map is to say of a glyph, wherever in a report it stands.

    Parts of a report that are set apart know nothing of each other, and share the map.
    """
    if glyph.text and glyph.text != SOFT_HYPHEN and not _ARABIC.search(glyph.text):
        return glyph.text
    return text_of(glyph.font.file_content, glyph.number) or _SILENT


def _show(stream: Any, glyphs: deque[_Glyph], shown: str) -> None:
    """Show the operand of TJ, glyphs in hexadecimal and distances, and say what the maps do not.

    A glyph's text is said by a span round it (ISO 32000-1 §14.9.4).
    """
    show = partial(type(stream).show_text, stream)
    waiting = ""
    for part in _SHOWN.finditer(shown):
        if part["glyph"]:
            waiting += _joiners(glyphs)
        glyph = glyphs.popleft() if part["glyph"] else None
        if glyph is None or glyph.told:
            waiting += f"<{part['glyph']}>" if glyph else part[0].strip("<>") + " "
            continue
        if waiting:
            show(waiting)
        waiting = ""
        said = pydyf.Dictionary({"ActualText": pydyf.String(glyph.text)})
        stream.begin_marked_content("Span", said)
        show(f"<{part['glyph']}>")
        stream.end_marked_content()
    if waiting := waiting + _joiners(glyphs):
        show(waiting)


def _joiners(glyphs: deque[_Glyph]) -> str:
    """Take joiners, which the engine does not draw, from the glyphs to come, to be shown here."""
    shown = ""
    while glyphs and not glyphs[0].is_drawn:
        shown += f"<{glyphs.popleft().number:04x}>"
    return shown


def _glyphs(stream: Any, textbox: Any) -> Iterator[_Glyph]:
    """Yield the glyphs of a line in the order in which the engine draws them."""
    line, _ = textbox.pango_layout.get_first_line()
    text = textbox.pango_layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, _ = stream.add_font(item.item.analysis.font)
        letters: dict[int, list[Any]] = {}
        for index in range(item.glyphs.num_glyphs):
            letters.setdefault(item.glyphs.log_clusters[index], []).append(
                item.glyphs.glyphs[index]
            )
        ends = dict(zip(sorted(letters), [*sorted(letters)[1:], item.item.length], strict=True))
        for start, glyphs in letters.items():
            offset = item.item.offset
            letter = text[offset + start : offset + ends[start]].decode()
            widest = max(range(len(glyphs)), key=lambda n: glyphs[n].geometry.width)
            for n, glyph in enumerate(glyphs):
                missing = glyph.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG
                said = letter if n == widest else ""
                if glyph.glyph != pango.PANGO_GLYPH_EMPTY:
                    yield _Glyph(glyph.glyph, said, None if missing else font)
                elif letter in _JOINERS and (number := _number(font, letter)):
                    yield _Glyph(number, letter, font, is_drawn=False)


def _number(font: Any, joiner: str) -> int:
    """Return the glyph that a font has for a joiner, or 0; it has no width."""
    glyph = glyph_of(font.file_content, joiner)
    if glyph:
        font.widths.setdefault(glyph, 0)
    return glyph
