"""What ends the lines of a laid-out text: a space, a hyphen that divides a word, or neither.

Of a line that goes on in the next, the page shows neither the space that it ends with, nor
whether its hyphen is a writer's. WeasyPrint 70.0 forgets both, so that whoever copies text, or
has it read aloud, gets words run together and words in two. What a line ends with is kept here
while it is laid out, and said where it is drawn.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline as engine
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from reglet.formats.pdf.fontfile import glyph_of
from reglet.formats.pdf.patching import in_place_of
from reglet.language import direction

SOFT_HYPHEN = "\u00ad"

_engine_split = engine.split_text_box
_engine_remove = engine.remove_last_whitespace


@contextmanager
def kept_ends() -> Iterator[None]:
    """Keep what lines end with while the context lasts."""
    with (
        in_place_of(engine, "split_text_box", _split),
        in_place_of(engine, "remove_last_whitespace", _remove),
    ):
        yield


def _split(context: Any, box: Any, width: Any, skip: int, *call: Any, **named: Any) -> Any:
    """Take as much text as a line has room for; the next line begins with the text's `resume`.

    Less than was taken is behind it where a hyphen was added; and more, where white space or the
    end of a line stands between both. What a text was cut at says itself.
    """
    taken, resume, newline = _engine_split(context, box, width, skip, *call, **named)
    if resume is None:
        at = vars(box).get("cut_at", "")
        spaced, divided = at == " ", at == SOFT_HYPHEN
    else:
        length = len(taken.text.encode()) if taken is not None else 0
        spaced, divided = resume - (skip or 0) > length, resume - (skip or 0) < length
    context.at_space = spaced
    if taken is not None:
        taken.is_divided = divided
    return taken, resume, newline


def _remove(context: Any, line: Any) -> None:
    """Take the white space from a line's end."""
    last = _last_text(line)
    text, line.is_spaced = last.text if last is not None else "", context.at_space
    _engine_remove(context, line)
    line.is_spaced |= last is not None and last.text != text
    context.at_space = False


def mark_ends(roots: Iterable[Any]) -> None:
    """Let the last text on each line know whether it is followed by a space."""
    for root in roots:
        for box in root.descendants():
            if isinstance(box, boxes.LineBox) and vars(box).get("is_spaced"):
                seen = [text for text in _texts(box) if text.text.strip()]
                if seen:
                    seen[-1].is_followed = True


def is_divided(textbox: Any) -> bool:
    """Tell whether a text ends with a hyphen that is not its own."""
    return bool(vars(textbox).get("is_divided"))


@contextmanager
def space_shown(stream: Any, textbox: Any, matrix: Any) -> Iterator[None]:
    """Show the space that a line ends with beside its last text, which the context draws.

    Right of it, or before it and left of it where that is where the line ends.
    """
    lacking = vars(textbox).get("is_followed") and not textbox.pango_layout.text.endswith(" ")
    space = _space(stream, textbox) if lacking else None
    if space is None:
        yield
        return
    glyph, font, size = space
    leftward = direction(textbox.style["lang"] or "") == "rtl"
    if leftward:
        width = font.widths[glyph] * size / 1000
        stream.set_text_matrix(*matrix.values[:4], matrix.values[4] - width, matrix.values[5])
    else:
        yield
    stream.set_font_size(font.hash, size)
    stream.show_text(f"<{glyph:04x}>")
    if leftward:
        yield


def show_lone_space(stream: Any, textbox: Any, matrix: Any) -> None:
    """Show a text that is white space alone, as between two links, which the engine leaves out.

    In drawings, whose letters are texts of their own, it stays out.
    """
    in_text = isinstance(textbox, boxes.TextBox) and textbox.width > 0
    space = _space(stream, textbox) if in_text else None
    if space is not None:
        glyph, font, size = space
        stream.set_text_matrix(*matrix.values)
        stream.set_font_size(font.hash, size)
        stream.show_text(f"<{glyph:04x}>")


def _space(stream: Any, textbox: Any) -> tuple[int, Any, float] | None:
    """Return the glyph of a space in a font of a drawn text, that font and its size."""
    line, _ = textbox.pango_layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        pango_font, run = run.data.item.analysis.font, run.next
        font, size = stream.add_font(pango_font)
        if not (glyph := glyph_of(font.file_content, " ")):
            continue
        if pango.pango_version() < 14802:  # as the engine does
            size = textbox.style["font_size"]
        font.to_unicode.setdefault(glyph, " ")
        if glyph not in font.widths:
            rectangles = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(pango_font, glyph, *rectangles)
            font.widths[glyph] = round(rectangles[1].width * 1000 * FROM_UNITS / size)
        return glyph, font, size
    return None


def _last_text(line: Any) -> Any:
    """Return the text that a line ends with, or None where it ends with something else."""
    box = line
    while isinstance(box, boxes.LineBox | boxes.InlineBox):
        if not box.children:
            return None
        box = box.children[-1]
    return box if isinstance(box, boxes.TextBox) else None


def _texts(box: Any) -> Iterator[Any]:
    """Yield the texts of a line, without those of floats and of lines within it."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox) and child.is_in_normal_flow():
            yield from _texts(child)
