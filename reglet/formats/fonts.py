"""The typefaces that reglet brings along, as declared dependencies, and their files.

System fonts are shut out, so that every machine sets the same pages.
"""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: `weight` as CSS writes it, a range for variable fonts."""

    family: str
    style: str
    weight: str
    package: str
    file: str


FACES = (
    Face("Source Serif 4", "normal", "200 900", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    Face("Source Serif 4", "italic", "200 900", "fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf"),
    Face("Source Sans 3", "normal", "200 900", "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    Face("Source Sans 3", "italic", "200 900", "fontpkg_source_sans_3", "SourceSans3-Italic[wght].ttf"),
    Face("IBM Plex Mono", "normal", "400", "fontpkg_ibm_plex_mono", "IBMPlexMono-Regular.ttf"),
    Face("IBM Plex Mono", "normal", "600", "fontpkg_ibm_plex_mono", "IBMPlexMono-SemiBold.ttf"),
    Face("IBM Plex Mono", "italic", "400", "fontpkg_ibm_plex_mono", "IBMPlexMono-Italic.ttf"),
    Face("Noto Naskh Arabic", "normal", "400 700", "pylopdf_fonts_ar", "NotoNaskhArabic-Variable.ttf"),
)  # fmt: skip


@cache
def font_path(face: Face) -> Path:
    """Return the file of a face. Raises ModuleNotFoundError where its package is missing."""
    spec = find_spec(face.package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no module named {face.package!r}", name=face.package)
    folder = Path(spec.origin).parent
    return next(
        path for path in (folder / "files" / face.file, folder / face.file) if path.exists()
    )


@cache
def coverage(face: Face) -> frozenset[int]:
    """Return the code points that a face has glyphs for."""
    from fontTools.ttLib import TTFont  # heavy, and needed only by builds

    with TTFont(font_path(face), lazy=True) as font:
        return frozenset(font.getBestCmap())
