"""The report's pictures: files come in, `Image` values out, or a reason why one is no use.

Read are those of `figures/` and those that a text of the report names. Nothing is decoded: Pillow
reads the headers of rasters.
"""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote

from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from reglet.model.diagnostic import Diagnostic, Outcome
from reglet.model.limits import LIMITS, Limits, raise_hint
from reglet.model.project import Image
from reglet.model.span import Span
from reglet.source.door import MEGABYTE, Door, RefusedError, relative
from reglet.source.drawings import UnusableError, read_svg

FIGURES = "figures"
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with a second picture behind it, as telephones write them
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
MILLION = 1_000_000

# Pillow warns of more pixels, and refuses twice as many; each report has a limit of its own.
Pillow.MAX_IMAGE_PIXELS = LIMITS["picture-pixels"].most * MILLION

_SUFFIX = re.compile(r"\.(?:png|jpe?g|gif|webp|svg)(?![\w-])", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"<([^<>\n]{1,200})\Z")
_BARE = re.compile(r"[^\s\"'<>()\[\]{}|:,`]{1,200}\Z")
_LONGEST_PATH = 200  # characters of a path in a text, without its suffix
_TURNED = frozenset({5, 6, 7, 8})  # EXIF orientations that lay the picture on its side
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Pictures:
    """What was found: usable pictures by path, and what is wrong with the others."""

    images: dict[str, Image] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)


def read_pictures(door: Door, texts: Iterable[str]) -> Outcome[Pictures]:
    """Read the pictures of `figures/`, and those elsewhere in the folder that the texts name."""
    listed = door.files(FIGURES, SUFFIXES, deep=True)
    pictures = Pictures()
    diagnostics: list[Diagnostic] = list(listed.diagnostics)
    total = 0
    for path in dict.fromkeys([*listed.value, *_named(texts)]):
        try:
            data = door.read(relative(path), "picture-size")
            total += len(data)
            if total > door.limits["pictures-size"] * MEGABYTE:
                worded = door.limits.worded("pictures-size")
                refused = RefusedError("file-limit", worded, "pictures-size")
                diagnostics.append(door.diagnose(refused, FIGURES, Span(door.label + FIGURES)))
                break
            image = read_picture(relative(path), data, door.limits)
            pictures.images[image.path] = image
        except RefusedError as refused:
            if refused.code != "missing-file":
                pictures.broken[path] = _refusal(refused)
        except UnusableError as error:
            pictures.broken[relative(path)] = str(error)
    return Outcome(pictures, tuple(diagnostics))


def _named(texts: Iterable[str]) -> list[str]:
    """Return what looks like a picture's path in the texts."""
    found: dict[str, None] = {}
    for text in texts:
        for written in _written_paths(text):
            path = unquote(written)
            if not path.startswith("//") and "://" not in path:
                found[path] = None
    return list(found)


def _written_paths(text: str) -> Iterator[str]:
    """Find what ends like a picture's name, and read each from there back to where it begins."""
    for match in _SUFFIX.finditer(text):
        before = text[max(match.start() - _LONGEST_PATH - 1, 0) : match.start()]
        bracketed = text.startswith(">", match.end()) and _IN_BRACKETS.search(before)
        if bracketed:
            yield bracketed[1] + match[0]
        elif bare := _BARE.search(before):
            yield bare[0] + match[0]


def _refusal(refused: RefusedError) -> str:
    if refused.code == "outside-folder":
        return "it lies outside the report's folder"
    if refused.code == "file-limit":
        return _over(refused.reason, refused.limit)
    return refused.reason


def _over(limit: str, key: str) -> str:
    return f"it is over the limit of {limit}; {raise_hint(key)}"


def read_picture(path: str, data: bytes, limits: Limits) -> Image:
    """Read one picture's headers; raises for one that cannot be set."""
    svg = path.lower().endswith(".svg") or data.lstrip()[:5] in (b"<?xml", b"<svg ")
    image = read_svg(path, data) if svg else _read_raster(path, data, limits)
    if image.width * image.height > limits["picture-pixels"] * MILLION:
        raise UnusableError(_over_pixels(limits))
    return image


def _read_raster(path: str, data: bytes, limits: Limits) -> Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Pillow.open(BytesIO(data))
            form, (width, height) = picture.format or "", picture.size
            turned = _is_turned(picture.info.get("exif"))
            dpi = _dpi(picture.info.get("dpi"))
            if width * height <= limits["picture-pixels"] * MILLION:
                picture.verify()
    except Pillow.DecompressionBombError as error:
        raise UnusableError(_over_pixels(limits)) from error
    except UnidentifiedImageError as error:
        raise UnusableError(
            "it is no picture that reglet knows" if data else "it is empty"
        ) from error
    except Exception as error:  # Pillow's readers raise almost anything for broken files
        raise UnusableError("it is broken") from error
    if form not in MEDIA_TYPES:
        raise UnusableError(f"it is {form}")
    if form in ("JPEG", "MPO") and data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda"):
        raise UnusableError("it is cut short")
    if turned:
        width, height = height, width
    return Image(path, MEDIA_TYPES[form], width, height, data, dpi)


def _is_turned(data: object) -> bool:
    """Tell whether a picture's EXIF data (CIPA DC-008 §4.6.5) lay it on its side."""
    if not isinstance(data, bytes):
        return False
    exif = Pillow.Exif()
    exif.load(data)
    return exif.get(_ORIENTATION) in _TURNED


def _over_pixels(limits: Limits) -> str:
    return _over(limits.worded("picture-pixels"), "picture-pixels")


def _dpi(value: object) -> float:
    """Return the horizontal resolution in dots per inch; 0 where the file gives none."""
    try:
        return round(float(value[0]), 2) if isinstance(value, tuple) else 0.0
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return 0.0
