"""What a font's file says of its characters and glyphs."""

from functools import lru_cache

import uharfbuzz


def glyph_of(file: bytes, character: str) -> int:
    """Return the glyph that a font has for a character, or 0."""
    return _glyphs(file).get(ord(character), 0)


def text_of(file: bytes, glyph: int) -> str:
    """Return the first character that a font has a glyph for; nothing for one without any."""
    return _texts(file).get(glyph, "")


@lru_cache(maxsize=64)
def _glyphs(file: bytes) -> dict[int, int]:
    face = uharfbuzz.Face(uharfbuzz.Blob(file))
    font = uharfbuzz.Font(face)
    return {code: font.get_nominal_glyph(code) or 0 for code in sorted(face.unicodes)}


@lru_cache(maxsize=64)
def _texts(file: bytes) -> dict[int, str]:
    return {glyph: chr(code) for code, glyph in reversed(_glyphs(file).items())}
