"""The faces an EPUB carries: cut from the pinned variable fonts to the characters that it uses.

In come names that the style sheet asks for and the characters; out come TrueType files. "Source"
is a reserved font name, so what is cut is called Reglet; copyright and licence (SIL OFL 1.1) stay
inside each file.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reglet.formats.fonts import FACES, Face, coverage, font_path, tag

FOLDER = "fonts"
MEDIA_TYPE = "font/ttf"

_KEPT_NAMES = [*range(7), 13, 14]  # of the `name` table; 0: copyright, 13 and 14: the licence
_ALWAYS = {chr(code) for code in range(0x20, 0x7F)} | set("\N{NO-BREAK SPACE}©§¶·–—‘’“”†‡•…")
_FEATURES = ("lnum", "onum", "pnum", "smcp", "tnum")


@dataclass(frozen=True, slots=True)
class Cut:
    """A static face to be: the typeface it is cut from, where on its axes, and its new name."""

    typeface: str
    slope: str
    axes: tuple[tuple[str, float], ...]
    family: str
    style: str

    @property
    def face(self) -> Face:
        """Find the typeface among those that reglet brings along."""
        return next(f for f in FACES if (f.family, f.style) == (self.typeface, self.slope))


_SERIF, _SANS, _NASKH = "Source Serif 4", "Source Sans 3", "Noto Naskh Arabic"

CUTS: Mapping[str, Cut] = {
    "serif.ttf": Cut(_SERIF, "normal", (("opsz", 12), ("wght", 400)), "Reglet Serif", "Regular"),
    "serif-italic.ttf": Cut(
        _SERIF, "italic", (("opsz", 12), ("wght", 400)), "Reglet Serif", "Italic"
    ),
    "serif-bold.ttf": Cut(_SERIF, "normal", (("opsz", 12), ("wght", 650)), "Reglet Serif", "Bold"),
    "sans.ttf": Cut(_SANS, "normal", (("wght", 400),), "Reglet Sans", "Regular"),
    "sans-bold.ttf": Cut(_SANS, "normal", (("wght", 600),), "Reglet Sans", "Bold"),
    "naskh.ttf": Cut(_NASKH, "normal", (("wght", 400),), "Reglet Naskh", "Regular"),
    "naskh-bold.ttf": Cut(_NASKH, "normal", (("wght", 700),), "Reglet Naskh", "Bold"),
}
"""The faces that a style sheet can name as `url(fonts/…)`."""


def cut(names: Iterable[str], characters: Iterable[str]) -> dict[str, bytes]:
    """Return each named face with the glyphs for `characters` and the commonest, and no others.

    With the commonest in it a face stays the same, and is not cut again, while a text is edited.
    """
    asked = {ord(character) for character in {*characters} | _ALWAYS}
    return {
        name: _cut(CUTS[name], tuple(sorted(asked & coverage(CUTS[name].face)))) for name in names
    }


@lru_cache(maxsize=64)
def _cut(shape: Cut, wanted: tuple[int, ...]) -> bytes:
    import uharfbuzz
    from fontTools.ttLib import TTFont  # heavy

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font_path(shape.face))))
    asked = uharfbuzz.SubsetInput()
    asked.unicode_set.set(wanted)
    asked.name_id_set.set(_KEPT_NAMES)
    asked.layout_feature_tag_set.update(set(map(tag, _FEATURES)))
    asked.flags |= uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    for axis, place in shape.axes:
        asked.pin_axis_location(face, axis, place)
    cut = uharfbuzz.subset(face, asked).blob.data
    with TTFont(io.BytesIO(cut), recalcTimestamp=False, lazy=True) as font:
        _rename(font, shape)
        buffer = io.BytesIO()
        font.save(buffer, reorderTables=None)
    return buffer.getvalue()


def _rename(font: Any, shape: Cut) -> None:
    """Give the face a name of its own in the font's `name` table."""
    plain = f"{shape.family.replace(' ', '')}-{shape.style}"
    full = f"{shape.family} {shape.style}"
    for identifier, word in (
        (1, shape.family),
        (2, shape.style),
        (3, plain),
        (4, full),
        (6, plain),
    ):
        font["name"].setName(word, identifier, 3, 1, 0x409)
