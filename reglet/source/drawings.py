"""Drawings in SVG: bytes come in, an `Image` goes out, or a reason why a drawing is no use.

lxml reads them; what would run, fetch something or draw without end is refused.
"""

import re
from collections.abc import Iterator, Mapping
from math import inf

from lxml import etree

from reglet.model.project import Image
from reglet.safety import faults_of_style
from reglet.source.door import MEGABYTE

SVG_LIMIT = 5 * MEGABYTE
MOST_PARTS = 1_000_000  # elements that a drawing draws, each as often as it is used

_SVG = "http://www.w3.org/2000/svg"
_PIXELS = {  # CSS Values 4 §6.2: px in each unit
    "": 1.0, "px": 1.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6,
    "pt": 96 / 72, "pc": 16.0, "em": 16.0, "rem": 16.0, "ex": 8.0,
}  # fmt: skip
_LENGTH = re.compile(r"\s*\+?([0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)\s*([a-z]*)\s*", re.IGNORECASE)
_FETCHED = re.compile(r"url\(\s*['\"]?(?!#|data:image/)|@import|\\", re.IGNORECASE)
_TELLING = re.compile(r"[(@\\]")  # without one of these, CSS fetches nothing
_LINKED = re.compile(r"\s*(?:https?:|mailto:|#|$)", re.IGNORECASE)
_SUBSET = re.compile(r"<!DOCTYPE[^>\[]*\[")
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "handler", "listener"})
_AIM = re.compile(r"\A\s*#(\S+)\s*\Z")
_AIMED = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)")


class UnusableError(Exception):
    """A picture that cannot be set; its words say why."""


def read_svg(path: str, data: bytes) -> Image:
    """Read a drawing; raises UnusableError for one that cannot be set."""
    if len(data) > SVG_LIMIT:
        raise UnusableError(f"it is over the limit of {SVG_LIMIT // MEGABYTE} MB for drawings")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f" (line {line})" if line else ""
        raise UnusableError(f"it is not well-formed XML{where}") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise UnusableError(f'it has no `<svg xmlns="{_SVG}">`')
    if root.getroottree().docinfo.doctype and _SUBSET.search(_written(root)):
        raise UnusableError("its document type declares more than a name")
    if any(True for _ in root.itersiblings(etree.ProcessingInstruction, preceding=True)):
        raise UnusableError("it holds a processing instruction")
    for element in root.iter(etree.Element):
        _refuse_active(element)
    _refuse_swelling(root)
    width, height = _svg_size(root)
    return Image(path, "image/svg+xml", width, height, data)


def _written(root: etree._Element) -> str:
    return str(etree.tostring(root.getroottree(), encoding="unicode"))


def _refuse_active(element: etree._Element) -> None:
    """Raise for an element of an SVG that would run a script or fetch a file."""
    name = etree.QName(element).localname
    if name in _ACTIVE:
        raise UnusableError(f"it holds `<{name}>`")
    if name == "style" and _fetches("".join(element.itertext()), inline=False):
        raise UnusableError("its style fetches a file")
    for key, value in element.attrib.items():
        attribute, words = etree.QName(key).localname, str(value)
        if attribute.lower().startswith("on"):
            raise UnusableError(f"it holds the script `{attribute}`")
        if attribute in ("href", "src"):
            allowed = _LINKED.match(words) if name == "a" else _is_inner(words)
            if not allowed:
                raise UnusableError(f"it refers to `{words[:60]}`")
        elif attribute == "base" or (attribute == "attributeName" and "href" in words.lower()):
            raise UnusableError(f"it holds `{attribute}`, which changes addresses")
        elif _is_style(key) and _fetches(words):
            raise UnusableError(f"its `{attribute}` fetches a file")


def _fetches(style: str, *, inline: bool = True) -> bool:
    """Tell whether CSS may fetch something, or hides what it does."""
    if not _TELLING.search(style):
        return False
    hidden = _FETCHED.search(style) is not None
    return hidden or any(faults_of_style(style, _is_inner, inline=inline))


def _refuse_swelling(root: etree._Element) -> None:
    """Raise for a drawing whose parts use themselves, or one another into the large."""
    named = {element.get("id"): element for element in root.iter(etree.Element)}
    sizes: dict[etree._Element, int] = {}  # 0 while an element's parts are being counted
    waiting = [(root, _parts(root, named))]
    opened = {root}
    sizes[root] = 0
    while waiting:
        element, parts = waiting[-1]
        part = next(parts, None)
        if part is None:
            waiting.pop()
            opened.remove(element)
            sizes[element] += 1
            part = element
            if not waiting:
                return
            element = waiting[-1][0]
        elif part not in sizes:
            waiting.append((part, _parts(part, named)))
            opened.add(part)
            sizes[part] = 0
            continue
        elif part in opened:
            raise UnusableError("a part of it uses itself")
        sizes[element] += sizes[part]
        if sizes[element] > MOST_PARTS:
            raise UnusableError(f"its parts use one another: more than {MOST_PARTS:,} are drawn")


def _parts(
    element: etree._Element, named: Mapping[str | None, etree._Element]
) -> Iterator[etree._Element]:
    """Yield what is drawn as a part of an element: its children, and what it uses."""
    yield from element.iterchildren(etree.Element)
    yield from _used(element, named)


def _used(
    element: etree._Element, named: Mapping[str | None, etree._Element]
) -> list[etree._Element]:
    """Return the elements that one draws once more, by its address or by its style."""
    if etree.QName(element).localname == "a":
        return []
    names = [
        name
        for key, value in element.attrib.items()
        for name in (_AIM if etree.QName(key).localname == "href" else _AIMED).findall(str(value))
    ]
    return [named[name] for name in names if name in named]


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
        raise UnusableError("its viewBox is not four numbers") from error
    if sides and min(sides) > 0:
        across, down = sides
        width = width or (height * across / down if height else across)
        height = height or width * down / across
    if not width or not height:
        raise UnusableError("it has neither width and height nor a viewBox")
    if not width * height < inf:
        raise UnusableError("it has no end")
    return max(round(width), 1), max(round(height), 1)


def _pixels(length: str) -> float:
    match = _LENGTH.fullmatch(length)
    unit = _PIXELS.get(match[2].lower()) if match else None
    return float(match[1]) * unit if match and unit else 0.0
