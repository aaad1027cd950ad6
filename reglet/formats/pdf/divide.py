"""A report's markup in, the stretches that can be set apart out.

A stretch begins with an element of the body that begins a page, whatever stands before it. Where
the style sheet counts or carries something through the whole report, the report is one stretch.
"""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reglet.formats.pdf.breaks import PIECE, name_pieces
from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.kept import ENGINE
from reglet.formats.pdf.slots import PAGE_OF
from reglet.model.document import Markup
from reglet.versions import made_by
from reglet.workshop import Keeping, Workshop

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_THROUGHOUT = re.compile(
    r"counter-(?:reset|increment|set)|target-|counters?\(\s*pages|\belement\(|running\("
    r"|:nth\((?![^)]*\bof\b)"
)
_NUMBER = re.compile(r"content:\s*counter\(\s*page\s*\)\s*[;}]")
_COUNTER = re.compile(r"\bcounters?\(")
_SIDED = re.compile(r":(?:left|right)\b|break-before:\s*(?:left|right|recto|verso)")
_SIDES = {"right": True, "left": False, "recto": True, "verso": False}
_STUB = "data-reglet-place"


_Outline = tuple[str, str]  # markup and style sheet


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch's markup; `side` tells whether it is to begin on a right page (or left, or any)."""

    name: str
    markup: str
    side: bool | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """How a report is divided: its head without pieces, and its parts in order.

    `blank` is markup without text. The report is `sided` where right and left pages differ.
    """

    head: str
    parts: tuple[Part, ...]
    blank: str = ""
    sided: bool = False

    @property
    def joins(self) -> bool:
        """Tell whether there is anything to be joined, so that pages get their numbers then."""
        return len(self.parts) > 1


def divide(markup: Markup, workshop: Workshop) -> Division:
    """Divide a report. Raises xml.etree.ElementTree.ParseError where its markup is no XML.

    Of numbers of pages that are put in later, its parts have noughts.
    """
    whole = _named(markup)
    body = whole.find("body")
    sheet = _COMMENT.sub("", markup.stylesheet)
    if body is None or not len(body) or _runs_through(sheet):
        text = ET.tostring(whole, encoding="unicode")
        return Division(_head(whole), (Part("report", text),))
    places = _places(whole, body, markup.stylesheet, workshop)
    begins = [place for place in range(len(body)) if place in places or not place]
    if len(begins) > 1:
        for element in whole.iterfind(f".//*[@{PAGE_OF}]"):
            element.text = "0" * len(element.text or "")
    parts: list[Part] = []
    for start, end in zip(begins, [*begins[1:], len(body)], strict=True):
        held = body[start:end]
        name = held[0].get(PIECE) or f"part-{start + 1}"
        parts.append(Part(name, _with(whole, body, held), places.get(start)))
    blank = _with(whole, body, ())
    return Division(_head(whole), tuple(parts), blank, bool(_SIDED.search(sheet)))


def named(markup: Markup) -> str:
    """Return a report's markup in which pieces say their names."""
    return ET.tostring(_named(markup), encoding="unicode")


def _named(markup: Markup) -> ET.Element:
    whole = ET.fromstring(markup.whole)  # noqa: S314 - our own templates' output, no entities
    name_pieces(whole, markup.pieces)
    return whole


def _runs_through(sheet: str) -> bool:
    """Tell whether a style sheet carries something on from one part to another.

    Page numbers that stand alone in a margin it may show: they are put in later.
    """
    numbers, counters = len(_NUMBER.findall(sheet)), len(_COUNTER.findall(sheet))
    return bool(_THROUGHOUT.search(sheet)) or counters != numbers


def _places(
    whole: ET.Element, body: ET.Element, stylesheet: str, workshop: Workshop
) -> dict[int, bool | None]:
    """Find the children of the body that begin a page, and on which side they are to.

    The engine itself says so, given them with a letter each.
    """
    stubs = [ET.Element(child.tag, child.attrib | {_STUB: str(n)}) for n, child in enumerate(body)]
    for stub in stubs:
        stub.text = "x"
    outline = _with(whole, body, stubs), stylesheet
    (found,) = workshop.make(_find_places, [outline], None, _PLACES)
    return found


def _find_places(outline: _Outline, _: None) -> dict[int, bool | None]:
    pages = lay_out(*outline, {}).document.pages
    found: dict[int, bool | None] = {}
    seen: set[int] = set()
    for page in pages:
        for number, box in enumerate(_stubs(page._page_box.children[0], seen)):
            side = box.style["break_before"]
            if number == 0:
                found[int(box.element.get(_STUB))] = _SIDES.get(side)
    return found


_PLACES: Keeping[_Outline, None, dict[int, bool | None]] = Keeping(
    key=lambda outline, _: f"places {made_by(ENGINE)} {outline!r}",
    pack=lambda places: json.dumps([*places.items()]).encode(),
    unpack=lambda data: dict(json.loads(data)),
)


def _stubs(root: Any, seen: set[int]) -> Iterator[Any]:
    """Yield the boxes of stubs that stand on a page for the first time."""
    for box in root.descendants():
        if box.element is not None and _STUB in box.element.attrib and id(box.element) not in seen:
            seen.add(id(box.element))
            yield box


def _with(whole: ET.Element, body: ET.Element, held: Sequence[ET.Element]) -> str:
    """Return the report's markup with these children of the body alone, and no metadata."""
    root = ET.Element(whole.tag, whole.attrib)
    head = ET.SubElement(root, "head")
    head.extend(child for child in whole.iterfind("head/*") if child.tag in ("style", "link"))
    ET.SubElement(root, body.tag, body.attrib).extend(held)
    return ET.tostring(root, encoding="unicode")


def _head(whole: ET.Element) -> str:
    """Return the report's markup without what is in its body."""
    root = ET.Element(whole.tag, whole.attrib)
    root.extend(whole.iterfind("head"))
    ET.SubElement(root, "body")
    return ET.tostring(root, encoding="unicode")
