"""Settings of a report's stretches in, put into the one PDF that the engine is about to write."""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import pydyf
from weasyprint.pdf.anchors import add_outlines

from reglet.formats.pdf.harvest import DOCUMENT, FONTS, PAGES
from reglet.formats.pdf.slots import filled
from reglet.formats.pdf.stretch import Objects, Setting

_SCALE = 0.75  # pt in a px
_BETWEEN = b"\x00\xff\x00"  # in no text of an object
_MOVED = re.compile(
    rb"\((?:[^()\\]|\\.)*\)|(?P<object>\d+) 0 R|(?P<key>/StructParents? )(?P<number>\d+)", re.DOTALL
)
_SHARED = re.compile(rb"^<<(?:/Type /XObject|/N \d)")  # pictures, profiles of colour
_REFERENCE = re.compile(rb"\d 0 R")
_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")


class _Text(pydyf.Object):  # type: ignore[misc]
    """An object that is written already."""

    def __init__(self, text: bytes) -> None:
        super().__init__()
        self.text = text

    @property
    def data(self) -> bytes:
        return self.text


class _Stream(pydyf.Stream):  # type: ignore[misc]
    """A stream that is written already."""

    def __init__(self, text: bytes) -> None:
        super().__init__()
        self.text = text

    @property
    def data(self) -> bytes:
        return self.text


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as the engine makes an outline of it."""

    height: float
    bookmarks: list[tuple[int, str, tuple[float, float], str]]


@dataclass(slots=True)
class _Joint:
    """What the stretches share, as it grows: a PDF, its tree, and its names."""

    pdf: Any
    fonts: bytes  # reference to their dictionary
    pages_of: Mapping[str, int]  # by identifier, from 1
    base: Any = None
    key: int = 0  # the parent tree's next
    streams: dict[bytes, int] = field(default_factory=dict)  # those that stretches may share
    names: dict[str, bytes] = field(default_factory=dict)
    places: dict[str, bytes] = field(default_factory=dict)

    def at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def add(self, setting: Setting, first_page: int) -> None:
        """Add the pages of a stretch, which begin with page `first_page`."""
        objects = setting.objects
        move, numbers = self._mover(objects)
        texts = move(_BETWEEN.join(objects.parts)).split(_BETWEEN)
        owners = _owners(objects, first_page)
        for number, text in enumerate(texts):
            if number not in numbers:
                continue
            if number in objects.drawn:
                shown = filled(objects.drawn[number], owners[number], self.pages_of)
                self._put(_Stream(_compressed(shown)), numbers[number])
            elif number in objects.bodies:
                self._put(_Stream(text + objects.bodies[number]), numbers[number])
            else:
                self._put(_Text(text), numbers[number])
        for number in objects.pages:
            self.pdf.pages["Count"] += 1
            self.pdf.pages["Kids"].extend([numbers[number], 0, "R"])
        self._add_tree(objects, move)
        for name, place in objects.places:
            self.places.setdefault(name, move(place))

    def _put(self, item: Any, number: int) -> None:
        item.number = number
        self.pdf.objects[number] = item

    def _mover(self, objects: Objects) -> tuple[Callable[[bytes], bytes], dict[int, int]]:
        """Number a stretch's objects anew; return what changes references, and the numbers."""
        shared: dict[bytes, bytes] = {
            PAGES: self.pdf.pages.reference,
            FONTS: self.fonts,
            DOCUMENT: self.base["K"][0] if self.base is not None else b"",
        }
        table = {b"%d" % number: shared[name] for number, name in objects.shared.items()}
        numbers: dict[int, int] = {}
        for number, text in enumerate(objects.parts):
            if not text:
                continue
            place = len(self.pdf.objects)
            if _SHARED.search(text) and not _REFERENCE.search(text):
                place = self.streams.setdefault(_digest(text + objects.bodies[number]), place)
            if place == len(self.pdf.objects):
                numbers[number] = place
                self.pdf.objects.append(None)
            table[b"%d" % number] = b"%d 0 R" % place
        base = self.key

        def moved(match: re.Match[bytes]) -> bytes:
            if (number := match["object"]) is not None:
                return table[number]
            if (key := match["key"]) is not None:
                return key + b"%d" % (base + int(match["number"]))
            return match[0]

        return (lambda text: _MOVED.sub(moved, text)), numbers

    def _add_tree(self, objects: Objects, move: Callable[[bytes], bytes]) -> None:
        """Hang a stretch's part of the tree of tags into that of the file."""
        if self.base is None:
            return
        self.at(self.base["K"][0])["K"].extend(map(move, objects.kids))
        entries = self.at(self.base["ParentTree"])["Nums"]
        for key, owner in objects.owners:
            entries.extend((self.key + key, move(owner)))
        self.key += max((key for key, _ in objects.owners), default=-1) + 1
        self.names |= {name: move(part) for name, part in objects.names}
        if objects.roles:
            self.base.setdefault("RoleMap", pydyf.Dictionary()).update(objects.roles)


def join(pdf: Any, settings: Sequence[Setting], anchors: Mapping[str, int], document: Any) -> None:
    """Put the pages of all settings into a `pydyf.PDF` without any, of an engine's `document`."""
    joint = _Joint(pdf, pdf.shared_fonts.reference, anchors)
    if "StructTreeRoot" in pdf.catalog:
        joint.base = joint.at(pdf.catalog["StructTreeRoot"])
    page = 1
    for setting in settings:
        joint.add(setting, page)
        page += len(setting.seen.heights)
    if joint.names:
        joint.base["IDTree"] = _name_tree(joint.names)
    if joint.places:
        held = pdf.catalog.setdefault("Names", pydyf.Dictionary())
        held["Dests"] = _name_tree(joint.places)
    document.pages = list(_outlined(settings))
    add_outlines(pdf, document.make_bookmark_tree(_SCALE, transform_pages=True))


def _owners(objects: Objects, first_page: int) -> dict[int, int]:
    """Return on which page each content stream is drawn."""
    found: dict[int, int] = {}
    for page, number in enumerate(objects.pages, start=first_page):
        if (content := _CONTENTS.search(objects.parts[number])) is not None:
            found[int(content[1])] = page
    return found


def _compressed(shown: bytes) -> bytes:
    """Write a stream; behind one that ends with a carriage return no line feed may stand alone."""
    packed = zlib.compress(shown, 6)
    end = b"\r" if packed.endswith(b"\r") else b""
    head = b"<</Filter /FlateDecode/Length %d>>" % len(packed)
    return head + b"\nstream\n" + packed + end + b"\nendstream"


def _digest(data: bytes) -> bytes:
    return sha256(data).digest()


def _name_tree(names: dict[str, bytes]) -> Any:
    items = (item for name in sorted(names) for item in (pydyf.String(name), names[name]))
    return pydyf.Dictionary({"Names": pydyf.Array(list(items))})


def _outlined(settings: Sequence[Setting]) -> Iterator[_Page]:
    for setting in settings:
        for number, height in enumerate(setting.seen.heights, start=1):
            yield _Page(
                height,
                [
                    (mark.level, mark.label, (mark.x, mark.y), mark.state)
                    for mark in setting.seen.bookmarks
                    if mark.page == number
                ],
            )
