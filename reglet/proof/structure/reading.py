"""A PDF in, all that the checks of its structure ask about out: each page is read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, String

from reglet.speak.joining import joined
from reglet.speak.marked import Content, Fonts, Piece, read_page
from reglet.speak.tree import Key, Tag, pieces_of, read_tags

_SHOWN = 40  # letters of a text


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and on which page, from 0, if on one."""

    what: str
    page: int | None = None

    def __str__(self) -> str:
        return self.what if self.page is None else f"page {self.page + 1}: {self.what}"


class Place(NamedTuple):
    """A tag where it stands: the tags around it, outermost first, and the language it is in."""

    tag: Tag
    around: tuple[Tag, ...]
    language: str

    @property
    def role(self) -> str:
        """Return the role of the tag."""
        return self.tag.role

    @property
    def page(self) -> int | None:
        """Return the page that the tag begins on, from 0."""
        pieces = (piece.page for piece in pieces_of(self.tag))
        return next((page for page in pieces if page is not None), self.tag.page)

    @property
    def text(self) -> str:
        """Return what is read of the tag."""
        return joined(list(pieces_of(self.tag)))

    def within(self, *roles: str) -> bool:
        """Tell whether a tag around this one is of one of the roles."""
        return any(tag.role in roles for tag in self.around)


@dataclass(frozen=True, slots=True)
class Annotation:
    """What lies over a page: `contents` are its words for people, `area` is width times height."""

    key: Key
    page: int
    kind: str
    contents: str
    address: str
    name: str  # of the place in the file that it leads to
    leads: bool  # it has an action or a place
    area: float
    hidden: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file says of itself."""

    title: str
    language: str
    shows_title: bool
    marked: bool
    suspect: bool
    destinations: frozenset[str]
    owners: Mapping[tuple[int, int], Key]  # of marked content, by page and MCID: its tag
    untabbed: tuple[int, ...]  # pages with annotations that are not reached in the tags' order


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole PDF as its structure is checked."""

    places: Sequence[Place]  # in the order in which they are read
    pages: Sequence[Content]
    annotations: Sequence[Annotation]
    facts: Facts

    def of(self, *roles: str) -> Iterator[Place]:
        """Yield the tags of some roles."""
        return (place for place in self.places if place.tag.role in roles)


def read_pdf(pdf: pikepdf.Pdf) -> Reading:
    """Read an open PDF; raises what `reglet.speak.tree.read_tags` raises."""
    fonts: Fonts = {}
    pages = [read_page(page, number, fonts) for number, page in enumerate(pdf.pages)]
    tree = read_tags(pdf, pages)
    return Reading(
        tuple(_placed(tree.tags, (), tree.language)),
        pages,
        tuple(_annotations(pdf)),
        _facts(pdf),
    )


def shortened(text: str) -> str:
    """Return a text for people, not longer than part of a line."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"


def words(pieces: Sequence[Piece]) -> list[str]:
    """Return the words of pieces."""
    return joined(pieces).split()


def _placed(tags: Sequence[Tag], around: tuple[Tag, ...], language: str) -> Iterator[Place]:
    for tag in tags:
        own = tag.language or language
        yield Place(tag, around, own)
        kids = [kid for kid in tag.kids if isinstance(kid, Tag)]
        yield from _placed(kids, (*around, tag), own)


def _annotations(pdf: pikepdf.Pdf) -> Iterator[Annotation]:
    for number, page in enumerate(pdf.pages):
        for held in _listed(page.obj.get("/Annots")):
            if not isinstance(held, Dictionary):
                continue
            action = held.get("/A")
            action = action if isinstance(action, Dictionary) else Dictionary()
            place = held.get("/Dest", action.get("/D"))
            yield Annotation(
                key=held.objgen,
                page=number,
                kind=str(held.get("/Subtype", "")).removeprefix("/"),
                contents=_text(held.get("/Contents")),
                address=_text(action.get("/URI")),
                name=str(place).removeprefix("/") if isinstance(place, String | Name) else "",
                leads=place is not None or "/S" in action,
                area=_size(held.get("/Rect")),
                hidden=bool(int(held.get("/F", 0)) & 2),
            )


def _size(rectangle: object) -> float:
    if not isinstance(rectangle, Array) or len(rectangle) != 4:
        return 0.0
    left, low, right, high = (float(item) for item in rectangle)
    return abs(right - left) * abs(high - low)


def _facts(pdf: pikepdf.Pdf) -> Facts:
    root = pdf.Root
    marks, shown = root.get("/MarkInfo"), root.get("/ViewerPreferences")
    marks = marks if isinstance(marks, Dictionary) else Dictionary()
    shown = shown if isinstance(shown, Dictionary) else Dictionary()
    pages = [page.obj for page in pdf.pages]
    return Facts(
        title=_title(pdf),
        language=_text(root.get("/Lang")),
        shows_title=bool(shown.get("/DisplayDocTitle", False)),
        marked=bool(marks.get("/Marked", False)),
        suspect=bool(marks.get("/Suspects", False)),
        destinations=frozenset(_destinations(root)),
        owners=dict(_owners(pdf)),
        untabbed=tuple(
            number
            for number, page in enumerate(pages)
            if len(_listed(page.get("/Annots"))) and page.get("/Tabs") != Name.S
        ),
    )


def _title(pdf: pikepdf.Pdf) -> str:
    """Return the title that the metadata give (dc:title)."""
    try:
        with pdf.open_metadata() as told:
            return str(told.get("dc:title", "")).strip()
    except ValueError:
        return ""


def _destinations(root: pikepdf.Object) -> Iterator[str]:
    names, older = root.get("/Names"), root.get("/Dests")
    if isinstance(names, Dictionary) and isinstance(names.get("/Dests"), Dictionary):
        yield from (str(name) for name in NameTree(names.Dests))
    if isinstance(older, Dictionary):
        yield from (str(name).removeprefix("/") for name in older)


def _owners(pdf: pikepdf.Pdf) -> Iterator[tuple[tuple[int, int], Key]]:
    """Yield what the parent tree has of each page (ISO 32000-1 §14.7.4.4)."""
    tree = pdf.Root.StructTreeRoot.get("/ParentTree")
    if not isinstance(tree, Dictionary):
        return
    entries = pikepdf.NumberTree(tree)
    for number, page in enumerate(pdf.pages):
        place = page.obj.get("/StructParents")
        if not isinstance(place, int) or place not in entries:
            continue
        for mcid, owner in enumerate(_listed(entries[place])):
            if isinstance(owner, Dictionary):
                yield (number, mcid), owner.objgen


def _listed(item: object) -> list[object]:
    return list(item) if isinstance(item, Array) else []


def _text(item: object) -> str:
    return str(item).strip() if isinstance(item, String) else ""
