"""A PDF file in, its tags with their texts out, in the order in which they are read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reglet.language import direction
from reglet.speak.joining import in_order, joined
from reglet.speak.marked import Content, Fonts, Piece, read_page

_DEEPEST = 200  # tags within tags
_MCR = Name.MCR  # kept, since each mention makes one anew

Key = tuple[int, int]


class UnreadableError(Exception):
    """Says in plain words why a file cannot be read by its tags."""


class Tag(NamedTuple):
    """A structure element: its role, what it holds in order, and what it says of itself.

    `language` is what it declares itself; `headers` are the identifiers of a cell's header cells;
    `target` is an address, `#` and a name, or a page. `marked` is its own marked content, by page
    and MCID, and `annotations` are its own by object and generation.
    """

    role: str
    kids: tuple["Tag | Piece", ...] = ()
    language: str = ""
    alt: str | None = None
    instead: str | None = None  # the text that is read in place of its own
    target: str = ""
    facts: Mapping[str, str] | None = None
    id: str = ""
    headers: tuple[str, ...] = ()
    key: Key = (0, 0)  # object and generation
    page: int | None = None  # from 0; where it is, as far as it says
    marked: tuple[tuple[int, int], ...] = ()
    annotations: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """A PDF's tags, its language, and the texts of its header cells by their identifiers."""

    tags: tuple[Tag, ...]
    language: str
    named: Mapping[str, str]


def read_tree(path: Path) -> Tree:
    """Read the tags of the PDF at `path`; raises UnreadableError."""
    try:
        with pikepdf.open(path) as pdf:
            return read_tags(pdf)
    except pikepdf.PasswordError:
        raise UnreadableError("it is encrypted and asks for a password") from None
    except OSError as error:
        raise UnreadableError((error.strerror or "it cannot be read").lower()) from None
    except (pikepdf.PikepdfError, *DAMAGE) as error:
        said = str(error).removeprefix(f"{path}: ") if isinstance(error, pikepdf.PdfError) else ""
        reason = said.partition("\n")[0] or "in its tags"
        raise UnreadableError(f"it is no PDF, or damaged ({reason})") from None


DAMAGE = (TypeError, ValueError, KeyError, AttributeError, IndexError, RuntimeError)
"""What pikepdf raises where an object is not what its place asks for."""


def read_tags(pdf: pikepdf.Pdf, pages: Sequence[Content] = ()) -> Tree:
    """Read the tags of an open PDF, whose `pages` may have been read already.

    Raises UnreadableError for a file without tags, and any of `DAMAGE` for a damaged one.
    """
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        raise UnreadableError("it has no tags: a screen reader has to guess its order")
    language = _text(pdf.Root.get("/Lang"))
    reader = _Reader(pdf, _roles(root))
    reader.read.update(enumerate(pages))
    held = list(reader.held(root.get("/K"), None))
    tags = reader.kids(held, language, "", 0, None)
    tree = tuple(kid for kid in tags if isinstance(kid, Tag))
    return Tree(tree, language, dict(_named(tree)))


@dataclass(frozen=True, slots=True)
class _Element:
    """A structure element, and what it has of its own, which is asked for more than once."""

    item: pikepdf.Object
    own: Mapping[str, pikepdf.Object]


_Held = _Element | tuple[int, int] | pikepdf.Object
"""What an element holds: another, marked content by page and MCID, or an annotation."""


class _Reader:
    """Walks a file's structure elements; reads a page when its first piece is asked for."""

    def __init__(self, pdf: pikepdf.Pdf, roles: Mapping[str, str]) -> None:
        self.roles = roles
        self.numbers: dict[Key, int] = {
            page.obj.objgen: number for number, page in enumerate(pdf.pages)
        }
        self.pages = list(pdf.pages)
        self.read: dict[int, Content] = {}
        self.fonts: Fonts = {}
        self.above: list[Key] = []  # the elements being read, against rings

    def kids(
        self, held: Sequence[_Held], language: str, address: str, depth: int, page: int | None
    ) -> Iterator[Tag | Piece]:
        """Yield what an element holds: tags, and pieces of text."""
        for kid in held:
            if isinstance(kid, _Element):
                yield self._tag(kid, page, language, address, depth + 1)
            elif isinstance(kid, tuple):
                yield from self._pieces(*kid, language, address)

    def held(self, kids: object, page: int | None) -> Iterator[_Held]:
        """Tell the kids of an element apart; each is looked up in the file once."""
        for kid in _listed(kids):
            if isinstance(kid, int) and page is not None:
                yield page, kid
            elif isinstance(kid, Dictionary):
                own = dict(kid.items())
                at, mcid = self._page(own.get("/Pg"), page), own.get("/MCID")
                if own.get("/Type") == _MCR:
                    if at is not None and isinstance(mcid, int):
                        yield at, mcid
                elif "/S" in own:
                    yield _Element(kid, own)
                elif isinstance(own.get("/Obj"), Dictionary):
                    yield own["/Obj"]

    def _tag(
        self, element: _Element, page: int | None, language: str, address: str, depth: int
    ) -> Tag:
        key, own = element.item.objgen, element.own
        if depth > _DEEPEST or (element.item.is_indirect and key in self.above):
            raise UnreadableError("its tags are damaged: they hold each other")
        self.above.append(key)
        page, spoken = self._page(own.get("/Pg"), page), _text(own.get("/Lang"))
        held = list(self.held(own.get("/K"), page))
        links = [kid for kid in held if isinstance(kid, pikepdf.Object)]
        target = (self._target(links) if links else "") or address
        attributes = dict(_attributes(own)) if "/A" in own else {}
        role = str(own["/S"])[1:]
        tag = Tag(
            role=self.roles.get(role, role),
            kids=tuple(self.kids(held, spoken or language, target, depth, page)),
            language=spoken,
            alt=_said(own.get("/Alt")),
            instead=_said(own.get("/ActualText")),
            target="" if target == address else target,
            facts=dict(_facts(attributes)) | _expansion(own),
            id=_text(own.get("/ID")),
            headers=tuple(_text(name) for name in _listed(attributes.get("/Headers"))),
            key=key,
            page=page,
            marked=tuple(kid for kid in held if type(kid) is tuple),
            annotations=tuple(link.objgen for link in links),
        )
        self.above.pop()
        return tag

    def _pieces(self, page: int, mcid: int, language: str, address: str) -> Iterator[Piece]:
        if page not in self.read:
            self.read[page] = read_page(self.pages[page], page, self.fonts)
        rightward = direction(language) == "ltr"
        for piece in self.read[page].pieces.get(mcid, ()):
            letters = in_order(piece.letters, rightward=rightward)
            if rightward and not address and letters == piece.letters:
                yield piece
                continue
            start = piece.start if rightward else -piece.start
            yield piece._replace(letters=letters, start=start, address=address)

    def _page(self, own: object, page: int | None) -> int | None:
        return self.numbers.get(own.objgen, page) if isinstance(own, Dictionary) else page

    def _target(self, links: Sequence[pikepdf.Object]) -> str:
        """Say where the annotations of an element lead, if it has any."""
        for held in links:
            action = held.get("/A")
            action = action if isinstance(action, Dictionary) else Dictionary()
            if "/URI" in action:
                return _text(action.get("/URI"))
            place = held.get("/Dest", action.get("/D"))
            if isinstance(place, String | Name):
                return f"#{str(place).removeprefix('/')}"
            if isinstance(place, Array) and len(place) and isinstance(place[0], Dictionary):
                return f"page {self.numbers.get(place[0].objgen, -1) + 1}"
        return ""


def _roles(root: pikepdf.Object) -> dict[str, str]:
    """Return what roles of a file's own stand for (ISO 32000-1 §14.7.3)."""
    found = root.get("/RoleMap")
    given = {k[1:]: str(v)[1:] for k, v in found.items()} if isinstance(found, Dictionary) else {}
    roles = {}
    for role in given:
        meant, seen = role, {role}
        while meant in given and given[meant] not in seen:
            meant = given[meant]
            seen.add(meant)
        roles[role] = meant
    return roles


def _attributes(own: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for attribute in _listed(own.get("/A")):
        if isinstance(attribute, Dictionary):
            yield from attribute.items()


_FACTS = {
    "/Scope": "scope",
    "/ColSpan": "columns",
    "/RowSpan": "rows",
    "/ListNumbering": "numbering",
}


def _expansion(own: Mapping[str, object]) -> dict[str, str]:
    """Return what an abbreviation stands for (ISO 32000-1 §14.9.5)."""
    text = _text(own.get("/E"))
    return {"expansion": f'"{text}"'} if text else {}


def _facts(attributes: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, name in _FACTS.items():
        if key in attributes and (key not in {"/ColSpan", "/RowSpan"} or attributes[key] != 1):
            yield name, str(attributes[key]).removeprefix("/")


def _named(tags: Sequence[Tag]) -> Iterator[tuple[str, str]]:
    """Yield identifiers of header cells, and their texts."""
    for tag in tags:
        if tag.role == "TH" and tag.id:
            yield tag.id, joined(list(pieces_of(tag)))
        yield from _named([kid for kid in tag.kids if isinstance(kid, Tag)])


def pieces_of(tag: Tag) -> Iterator[Piece]:
    """Yield all text within a tag; words for a picture, or in place of text, are a piece too."""
    instead = tag.instead if tag.instead is not None else tag.alt
    if instead is not None:
        first = next((piece for kid in tag.kids for piece in _texts(kid)), Piece(()))
        yield (first if tag.instead is not None else Piece(()))._replace(letters=(instead,))
        return
    for kid in tag.kids:
        yield from _texts(kid)


def _texts(kid: Tag | Piece) -> Iterator[Piece]:
    if isinstance(kid, Piece):
        yield kid
    else:
        yield from pieces_of(kid)


def _listed(item: object) -> list[object]:
    if item is None:
        return []
    return list(item) if isinstance(item, Array) else [item]


def _text(item: object) -> str:
    return str(item) if isinstance(item, String) else ""


def _said(item: object) -> str | None:
    return str(item) if isinstance(item, String) else None
