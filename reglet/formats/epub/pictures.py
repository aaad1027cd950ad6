"""The report's pictures as an EPUB holds them: checked bytes under names that every reader takes.

In come the paths used and the files read; out come `Picture`s, and markup that points at them.
"""

import html
import io
import posixpath
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from PIL import Image as Raster

from reglet.formats.epub.content import parse
from reglet.formats.names import slug
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.project import Image
from reglet.model.span import Span
from reglet.safety import SVG, unsafe

SUFFIXES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/svg+xml": "svg",
    "image/webp": "webp",
}
"""The picture formats that every reading system must show (EPUB 3.3 §3.2), and their suffixes."""

_FORMATS = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with a second picture behind it, as telephones write them
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}

_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_SRC = re.compile(r'(\ssrc=")([^"]*)(")')


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the EPUB: where the report has it, where the package has it, its bytes."""

    path: str
    href: str
    media_type: str
    data: bytes


def pack(paths: Iterable[str], files: Mapping[str, Image]) -> Outcome[tuple[Picture, ...]]:
    """Check the pictures at `paths` and name each `images/…` after its file."""
    pictures: list[Picture] = []
    diagnostics: list[Diagnostic] = []
    taken = {"cover"}
    for path in dict.fromkeys(paths):
        image = files.get(path)
        if image is None:
            diagnostics.append(diagnose("missing-image", Span(path), path=path))
            continue
        reason = fault(image)
        if reason:
            diagnostics.append(diagnose("bad-image", Span(path), path=path, reason=reason))
            continue
        stem = _free(slug(posixpath.splitext(posixpath.basename(path))[0]) or "picture", taken)
        taken.add(stem)
        href = f"images/{stem}.{SUFFIXES[image.media_type]}"
        pictures.append(Picture(path, href, image.media_type, image.data))
    return Outcome(tuple(pictures), tuple(diagnostics))


def _free(stem: str, taken: set[str]) -> str:
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def fault(image: Image) -> str:
    """Say why a picture cannot be shown, or return an empty string."""
    if image.media_type not in SUFFIXES:
        return f"e-readers do not show {image.media_type}"
    if image.media_type == "image/svg+xml":
        return _vector_fault(image)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Raster.open(io.BytesIO(image.data)) as picture:
                picture.load()
                found = _FORMATS.get(picture.format or "", f"{picture.format}")
    except (OSError, SyntaxError, ValueError, Raster.DecompressionBombError) as error:
        return (str(error).splitlines() or ["its data is damaged"])[0]
    return "" if found == image.media_type else f"it is {found}, not {image.media_type}"


def moves(picture: Picture) -> bool:
    """Tell whether a picture that has no fault moves by itself."""
    if picture.media_type == "image/svg+xml":
        return False
    with Raster.open(io.BytesIO(picture.data)) as opened:
        return getattr(opened, "n_frames", 1) > 1 and picture.media_type != "image/jpeg"


def _vector_fault(image: Image) -> str:
    try:
        root = parse(image.data)
    except ValueError as error:
        return f"it is not well-formed XML: {error}"
    if root.tag != f"{SVG}svg":
        return "its outermost element is not <svg>"
    wrong = next(unsafe(root, picture=True), "")
    return f"e-readers do not show {wrong}" if wrong else ""


def relink(markup: str, pictures: Iterable[Picture], folder: str) -> str:
    """Point every `src` at the picture's place in the package, as seen from `folder`."""
    places = {picture.path: posixpath.relpath(picture.href, folder) for picture in pictures}

    def address(match: re.Match[str]) -> str:
        path = html.unescape(match[2]).removeprefix("../")
        place = places.get(unquote(path)) or places.get(path)
        return f"{match[1]}{place}{match[3]}" if place else match[0]

    return _TAG.sub(lambda tag: _SRC.sub(address, tag[0]), markup)
