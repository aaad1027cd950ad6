"""The typefaces that reglet brings along, as declared dependencies, and their files.

System fonts are shut out, so that every machine sets the same pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from reglet.store import Store, cache_folder

CACHE_LIMIT = 64_000_000  # bytes of faces; those of a page have a quarter of a million


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


INSTANCES: dict[str, tuple[str, dict[str, float]]] = {
    "serif.ttf": ("SourceSerif4[opsz,wght].ttf", {"opsz": 11, "wght": 400}),
    "serif-small.ttf": ("SourceSerif4[opsz,wght].ttf", {"opsz": 8.5, "wght": 400}),
    "serif-small-italic.ttf": ("SourceSerif4-Italic[opsz,wght].ttf", {"opsz": 8.5, "wght": 400}),
    "serif-semibold.ttf": ("SourceSerif4[opsz,wght].ttf", {"opsz": 11, "wght": 600}),
    "serif-italic.ttf": ("SourceSerif4-Italic[opsz,wght].ttf", {"opsz": 11, "wght": 400}),
    "serif-display.ttf": ("SourceSerif4[opsz,wght].ttf", {"opsz": 36, "wght": 400}),
    "sans.ttf": ("SourceSans3[wght].ttf", {"wght": 400}),
    "sans-semibold.ttf": ("SourceSans3[wght].ttf", {"wght": 600}),
    "sans-italic.ttf": ("SourceSans3-Italic[wght].ttf", {"wght": 400}),
    "naskh.ttf": ("NotoNaskhArabic-Variable.ttf", {"wght": 400}),
}
"""Static cuts of the variable faces: the page engine does not embed all weights of those rightly."""


@lru_cache(maxsize=64)
def instance(name: str) -> bytes:
    """Return a static cut of a variable face, or a static face, whole, as TrueType.

    It depends on no text, so that a glyph has the same number wherever it is set.
    """
    file, axes = INSTANCES.get(name, (name, {}))
    face = next(face for face in FACES if face.file == file)
    path = font_path(face)
    return _cut(name, path, axes) if axes else path.read_bytes()


@cache
def instances() -> dict[str, bytes]:
    """Return all files that pages are set in, by their digests."""
    names = [*INSTANCES, *(face.file for face in FACES if " " not in face.weight)]
    return {sha256(file).hexdigest(): file for file in map(instance, names)}


def tag(name: str) -> int:
    """Return the number that a table's, an axis's or a feature's name is in a font."""
    return int.from_bytes(name.ljust(4).encode(), "big")


def kept(key: object, make: Callable[[], bytes]) -> bytes:
    """Return what was made before under `key`, which stands for all it depends on, or make it.

    To compress a face takes longer than to set a short report.
    """
    from fontTools import version

    return Store(cache_folder() / "fonts", CACHE_LIMIT).made_once(repr((key, version)), make)


def _cut(name: str, path: Path, axes: dict[str, float]) -> bytes:
    """Cut a variable face at `axes`, under a name of its own."""
    from io import BytesIO

    import uharfbuzz
    from fontTools.ttLib import TTFont

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.flags |= uharfbuzz.SubsetFlags.NO_HINTING
    for axis, place in axes.items():
        wanted.pin_axis_location(face, axis, place)
    cut = uharfbuzz.subset(face, wanted).blob.data
    with TTFont(BytesIO(cut), recalcTimestamp=False, lazy=True) as font:
        stem = name.removesuffix(".ttf")
        names = {1: f"Reglet {stem}", 3: stem, 4: f"Reglet {stem}", 6: stem}
        for identifier, word in names.items():
            font["name"].setName(word, identifier, 3, 1, 0x409)
        for identifier in (16, 17, 25):
            font["name"].removeNames(nameID=identifier)
        buffer = BytesIO()
        font.save(buffer, reorderTables=None)
    return buffer.getvalue()
