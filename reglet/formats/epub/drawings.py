"""Drawings with words in an EPUB's pages: markup in, the same drawings as pictures out.

Kindle shows no words in SVG; it alone shows the picture that stands beside each such drawing.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from reglet.formats.epub import fonts
from reglet.formats.epub.pictures import Picture

FOLDER = "drawings"
ZOOM = 3  # pixels of the picture to one CSS px of the drawing

_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_WORDS = re.compile(r"<text\b")
_LABEL = re.compile(r"<svg\b[^>]*?\saria-label=\"([^\"]*)\"")
_FACES = ("sans.ttf", "sans-bold.ttf", "naskh.ttf", "naskh-bold.ttf")
_FAMILY = "Reglet Sans"


def draw(markups: Iterable[str]) -> dict[str, Picture]:
    """Draw each `<svg>` of the pages that has `<text>` as a PNG on white; map the one to the other.

    One that cannot be drawn has no picture. Set in the faces that reglet brings along, which the
    drawing program reads from a folder that is there for as long as it draws.
    """
    found = [svg for markup in markups for svg in _DRAWING.findall(markup) if _WORDS.search(svg)]
    drawings = list(dict.fromkeys(found))
    if not drawings:
        return {}
    pictures: dict[str, Picture] = {}
    with TemporaryDirectory() as folder:
        faces = []
        for name, data in fonts.cut(_FACES, "".join(drawings)).items():
            place = Path(folder, name)
            place.write_bytes(data)
            faces.append(str(place))
        for number, svg in enumerate(drawings, 1):
            if data := _png(svg, faces):
                href = f"{FOLDER}/{number}.png"
                pictures[svg] = Picture("", href, "image/png", data)
    return pictures


def _png(svg: str, faces: list[str]) -> bytes:
    from resvg_py import svg_to_bytes  # heavy

    try:
        return svg_to_bytes(
            svg_string=svg,
            background="#ffffff",
            dpi=96,
            zoom=ZOOM,
            skip_system_fonts=True,
            font_files=faces,
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
        )
    except ValueError:  # the check of every page says what is wrong
        return b""


def beside(markup: str, pictures: Mapping[str, Picture]) -> str:
    """Put each picture, hidden, behind its drawing in a page that stands in a folder."""
    return _DRAWING.sub(lambda found: found[0] + _image(found[0], pictures.get(found[0])), markup)


def _image(svg: str, picture: Picture | None) -> str:
    if picture is None:
        return ""
    label = _LABEL.match(svg)
    alt = label[1] if label else ""
    return f'<img class="drawn" hidden="hidden" src="../{picture.href}" alt="{alt}" />'
