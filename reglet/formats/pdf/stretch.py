"""A stretch: a part of a report that begins and ends with its pages, and so can be set apart.

What goes to the page engine for one, and what comes back: plain values, which can be kept and sent
to another process. Pages count from 1 within the stretch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reglet.model.document import Clash, Printed, Spot
from reglet.model.limits import USUAL, Limits
from reglet.model.project import Image


@dataclass(frozen=True, slots=True)
class Task:
    """A stretch to be set: markup with the report's head, in which pieces say their names.

    Where `tagged`, it is to be in a PDF with tags; notes stand `at_foot` or in lists. `first`,
    `right`, `strings` and `blank` are as in `reglet.formats.pdf.entry.Entry`. `open` says that
    numbers of pages are to be left out, for the pages to get them when they are joined.
    """

    name: str
    markup: str
    stylesheet: str
    listed: frozenset[str] = frozenset()  # notes that may stand in lists
    lost: frozenset[str] = frozenset()  # targets of links that are nowhere in the report
    tagged: bool = True
    at_foot: bool = True
    open: bool = False
    first: bool = True
    right: bool = True
    strings: tuple[tuple[str, str], ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Supplies:
    """What all stretches of an edition share: the report's pictures, and the time that each has."""

    images: Mapping[str, Image]
    limits: Limits = USUAL
    edition: str = ""


@dataclass(frozen=True, slots=True)
class NoteSeen:
    """What a stretch holds of a note: where, how much of its words, and what it stands over."""

    page: int | None
    last_page: int | None
    words_missing: int
    words_astray: str
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class FontUsed:
    """A font as pages use it: the glyphs drawn, their widths (1/1000 em) and their texts.

    `key` and `name` are what PDFs call it, `file` is the digest of its file; the rest goes into
    its descriptor (ISO 32000-1 §9.8).
    """

    key: str
    name: bytes
    family: str
    file: str
    flags: int
    ascent: int
    descent: int
    italic_angle: int
    widths: Mapping[int, float]
    to_unicode: Mapping[int, str]
    missing: bool  # whether characters are drawn that it has no glyph for


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a page's number goes: that of the page of `target`, or its own where that is empty.

    Its place is `x` and `y` under a text `matrix`, its font and `size` those of PDF operators;
    `shift` is the part of its width that stands left of `x`: 0, 0.5 or 1.
    """

    target: str
    font: str
    size: float
    matrix: tuple[float, ...]
    x: float
    y: float
    shift: float
    glyphs: tuple[tuple[int, float], ...]  # of 0 to 9: number and width, 1/1000 em


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: `x` and `y` are px from the page's top left corner."""

    page: int
    level: int
    label: str
    x: float
    y: float
    state: str


@dataclass(frozen=True, slots=True)
class Objects:
    """A stretch's pages as objects of a PDF, whose numbers are to be changed when it is joined.

    `parts` are the objects' texts by number, empty for those left out; `bodies` are what follows
    the texts of streams, `drawn` is what streams draw in which numbers are lacking. `shared` names
    what the numbers of some of those left out stand for.
    """

    parts: tuple[bytes, ...] = ()
    bodies: Mapping[int, bytes] = field(default_factory=dict)
    drawn: Mapping[int, tuple[bytes | Slot, ...]] = field(default_factory=dict)
    shared: Mapping[int, bytes] = field(default_factory=dict)
    pages: tuple[int, ...] = ()
    kids: tuple[bytes, ...] = ()  # references to the parts of the tree below its Document
    owners: tuple[tuple[int, bytes], ...] = ()  # the parent tree: key, reference or array
    names: tuple[tuple[str, bytes], ...] = ()  # identifiers of parts of the tree
    places: tuple[tuple[str, bytes], ...] = ()  # named destinations
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the pages of a stretch hold.

    `strings` are as its last page leaves them; `lacking` names those that pages show unset.
    """

    heights: tuple[float, ...]  # of each page, px
    anchors: Mapping[str, int]  # identifier -> first page
    notes: Mapping[str, NoteSeen]
    printed: tuple[Printed, ...]
    pictures: Mapping[str, tuple[float, int]]  # path -> width in inches at its largest, page
    strings: Mapping[str, str]
    lacking: frozenset[str]
    bookmarks: tuple[Bookmark, ...]
    targets: frozenset[str]  # of links within the report
    spots: tuple[Spot, ...] = ()  # of previews alone
    gaps: tuple[tuple[int, float, str], ...] = ()  # pages left half empty: `gaps.Gap`


@dataclass(frozen=True, slots=True)
class Setting:
    """A stretch as set: what its pages hold, what the engine said of them, and they themselves."""

    seen: Seen
    remarks: tuple[str, ...]
    fonts: tuple[FontUsed, ...] = ()
    objects: Objects = Objects()
