"""Fonts as stretches use them in, fonts of one file out, each with the glyphs of all stretches.

Of several texts for a glyph, that of the first stretch holds.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import uharfbuzz
from weasyprint.pdf.fonts import Font

from reglet.formats.fonts import tag
from reglet.formats.pdf.stretch import FontUsed

_DROPPED = (
    *("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GDEF", "GPOS", "GSUB", "JSTF"),
    *("LTSH", "PCLT", "STAT", "SVG", "avar", "fvar", "gvar"),
)


def joined(used: Iterable[FontUsed], files: Mapping[str, bytes]) -> dict[str, Any]:
    """Join what is used of each font; `files` are those of fonts, by their digests."""
    by_key: dict[str, list[FontUsed]] = {}
    for font in used:
        by_key.setdefault(font.key, []).append(font)
    return {key: _Joined(fonts, files[fonts[0].file]) for key, fonts in by_key.items()}


class _Joined(Font):  # type: ignore[misc]
    """A font for the engine to write, as it is used in several stretches."""

    def __init__(self, used: list[FontUsed], file: bytes) -> None:
        first = used[0]
        self.hash, self.name, self.family = first.key, first.name, first.family
        self.flags, self.italic_angle = first.flags, first.italic_angle
        self.ascent, self.descent = first.ascent, first.descent
        self.stemv = self.stemh = 80  # as the engine has it
        self.file_content, self.index = file, 0
        self.bitmap = self.used_in_forms = False
        self.missing: dict[int, int] = {}
        self.widths = {glyph: width for font in used for glyph, width in font.widths.items()}
        self.to_unicode = {
            glyph: text for font in reversed(used) for glyph, text in font.to_unicode.items()
        }

    def clean(self, to_unicode: Mapping[int, str], hinting: object) -> None:  # noqa: ARG002
        """Keep the glyphs in use alone, under the numbers that they have."""
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.set(sorted({0, *to_unicode}))
        wanted.drop_table_tag_set.set([tag(name) for name in _DROPPED])
        flags = uharfbuzz.SubsetFlags
        wanted.flags = flags.RETAIN_GIDS | flags.NO_HINTING | flags.NOTDEF_OUTLINE
        face = uharfbuzz.Face(uharfbuzz.Blob(self.file_content))
        self.file_content = uharfbuzz.subset(face, wanted).blob.data
