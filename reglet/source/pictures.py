"""The report's pictures: files come in, `Image` values out, or a reason why one is no use.

Read are those of `figures/` and those that a text of the report names. Nothing is decoded: Pillow
reads the headers, lxml the SVG; what would run or fetch something is refused.
"""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from math import inf
from urllib.parse import unquote

from lxml import etree
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from reglet.model.diagnostic import Diagnostic, Outcome
from reglet.model.limits import Limits, raise_hint
from reglet.model.project import Image
from reglet.model.span import Span
from reglet.safety import faults_of_style
from reglet.source.door import MEGABYTE, Door, RefusedError, relative

FIGURES = "figures"
SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with a second picture behind it, as telephones write them
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
SVG_LIMIT = 5 * MEGABYTE
MILLION = 1_000_000

_SUFFIX = re.compile(r"\.(?:png|jpe?g|gif|webp|svg)(?![\w-])", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"<([^<>\n]{1,200})\Z")
_BARE = re.compile(r"[^\s\"'<>()\[\]{}|:,`]{1,200}\Z")
_LONGEST_PATH = 200  # characters of a path in a text, without its suffix
_SVG = "http://www.w3.org/2000/svg"
_PIXELS = {  # CSS Values 4 §6.2: px in each unit
    "": 1.0, "px": 1.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6,
    "pt": 96 / 72, "pc": 16.0, "em": 16.0, "rem": 16.0, "ex": 8.0,
}  # fmt: skip
_LENGTH = re.compile(r"\s*\+?([0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)\s*([a-z]*)\s*", re.IGNORECASE)
_FETCHED = re.compile(r"url\(\s*['\"]?(?!#|data:image/)|@import|\\", re.IGNORECASE)
_LINKED = re.compile(r"\s*(?:https?:|mailto:|#|$)", re.IGNORECASE)
_SUBSET = re.compile(r"<!DOCTYPE[^>\[]*\[")
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "handler", "listener"})
_TURNED = frozenset({5, 6, 7, 8})  # EXIF orientations that lay the picture on its side
_ORIENTATION = 0x0112


@dataclass(frozen=True, slots=True)
class Pictures:
    """What was found: usable pictures by path, and what is wrong with the others."""

    images: dict[str, Image] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)


class _UnusableError(Exception):
    """A picture that cannot be set; its words say why."""


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
        except _UnusableError as error:
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
    image = _read_svg(path, data) if svg else _read_raster(path, data, limits)
    if image.width * image.height > limits["picture-pixels"] * MILLION:
        raise _UnusableError(_over_pixels(limits))
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
        raise _UnusableError(_over_pixels(limits)) from error
    except UnidentifiedImageError as error:
        raise _UnusableError(
            "it is no picture that reglet knows" if data else "it is empty"
        ) from error
    except Exception as error:  # Pillow's readers raise almost anything for broken files
        raise _UnusableError("it is broken") from error
    if form not in MEDIA_TYPES:
        raise _UnusableError(f"it is {form}")
    if form in ("JPEG", "MPO") and data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda"):
        raise _UnusableError("it is cut short")
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


def _read_svg(path: str, data: bytes) -> Image:
    if len(data) > SVG_LIMIT:
        raise _UnusableError(f"it is over the limit of {SVG_LIMIT // MEGABYTE} MB for drawings")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f" (line {line})" if line else ""
        raise _UnusableError(f"it is not well-formed XML{where}") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise _UnusableError(f'it has no `<svg xmlns="{_SVG}">`')
    if root.getroottree().docinfo.doctype and _SUBSET.search(_written(root)):
        raise _UnusableError("its document type declares more than a name")
    if any(True for _ in root.itersiblings(etree.ProcessingInstruction, preceding=True)):
        raise _UnusableError("it holds a processing instruction")
    for element in root.iter(etree.Element):
        _refuse_active(element)
    width, height = _svg_size(root)
    return Image(path, "image/svg+xml", width, height, data)


def _written(root: etree._Element) -> str:
    return str(etree.tostring(root.getroottree(), encoding="unicode"))


def _refuse_active(element: etree._Element) -> None:
    """Raise for an element of an SVG that would run a script or fetch a file."""
    name = etree.QName(element).localname
    if name in _ACTIVE:
        raise _UnusableError(f"it holds `<{name}>`")
    if name == "style" and _fetches("".join(element.itertext()), inline=False):
        raise _UnusableError("its style fetches a file")
    for key, value in element.attrib.items():
        attribute, words = etree.QName(key).localname, str(value)
        if attribute.lower().startswith("on"):
            raise _UnusableError(f"it holds the script `{attribute}`")
        if attribute in ("href", "src"):
            allowed = _LINKED.match(words) if name == "a" else _is_inner(words)
            if not allowed:
                raise _UnusableError(f"it refers to `{words[:60]}`")
        elif attribute == "base" or (attribute == "attributeName" and "href" in words.lower()):
            raise _UnusableError(f"it holds `{attribute}`, which changes addresses")
        elif _is_style(key) and _fetches(words):
            raise _UnusableError(f"its `{attribute}` fetches a file")


def _fetches(style: str, *, inline: bool = True) -> bool:
    """Tell whether CSS may fetch something, or hides what it does."""
    hidden = _FETCHED.search(style) is not None
    return hidden or any(faults_of_style(style, _is_inner, inline=inline))


def _is_style(key: str) -> bool:
    """Tell whether an attribute can hold CSS, in which a backslash can hide a `url(`."""
    return not key.startswith(("{", "aria-", "data-")) and key not in ("id", "class")


def _is_inner(address: str) -> bool:
    return address.strip().lower().startswith(("#", "data:image/")) or not address.strip()


def _svg_size(root: etree._Element) -> tuple[int, int]:
    """Return width and height in CSS px: as given, else from the view box (SVG 2 §8.2)."""
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        sides = [float(side) for side in box[2:4]] if len(box) == 4 else []
    except ValueError as error:
        raise _UnusableError("its viewBox is not four numbers") from error
    if sides and min(sides) > 0:
        across, down = sides
        width = width or (height * across / down if height else across)
        height = height or width * down / across
    if not width or not height:
        raise _UnusableError("it has neither width and height nor a viewBox")
    if not width * height < inf:
        raise _UnusableError("it has no end")
    return max(round(width), 1), max(round(height), 1)


def _pixels(length: str) -> float:
    match = _LENGTH.fullmatch(length)
    unit = _PIXELS.get(match[2].lower()) if match else None
    return float(match[1]) * unit if match and unit else 0.0
