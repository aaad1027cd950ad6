"""A PDF file in, its tags with their texts out, in the order in which they are read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reglet.language import direction
from reglet.speak.joining import in_order, joined
from reglet.speak.marked import Piece, Pieces, read_page

_DEEPEST = 200  # tags within tags

Key = tuple[int, int]


class UnreadableError(Exception):
    """Says in plain words why a file cannot be read by its tags."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A structure element: its role, what it holds in order, and what it says of itself.

    `language` is what it declares itself; `headers` are the texts of a cell's header cells;
    `target` is an address, `#` and a name, or a page.
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
            return _read(pdf)
    except pikepdf.PasswordError:
        raise UnreadableError("it is encrypted and asks for a password") from None
    except OSError as error:
        raise UnreadableError((error.strerror or "it cannot be read").lower()) from None
    except (pikepdf.PikepdfError, *_DAMAGE) as error:
        said = str(error).removeprefix(f"{path}: ") if isinstance(error, pikepdf.PdfError) else ""
        reason = said.partition("\n")[0] or "in its tags"
        raise UnreadableError(f"it is no PDF, or damaged ({reason})") from None


_DAMAGE = (TypeError, ValueError, KeyError, AttributeError, IndexError, RuntimeError)
"""What pikepdf raises where an object is not what its place asks for."""


def _read(pdf: pikepdf.Pdf) -> Tree:
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        raise UnreadableError("it has no tags: a screen reader has to guess its order")
    language = _text(pdf.Root.get("/Lang"))
    reader = _Reader(pdf, _roles(root))
    tags = tuple(reader.kids(root, None, language, "", 0))
    tree = tuple(kid for kid in tags if isinstance(kid, Tag))
    return Tree(tree, language, dict(_named(tree)))


class _Reader:
    """Walks a file's structure elements; reads a page when its first piece is asked for."""

    def __init__(self, pdf: pikepdf.Pdf, roles: Mapping[str, str]) -> None:
        self.roles = roles
        self.numbers: dict[Key, int] = {
            page.obj.objgen: number for number, page in enumerate(pdf.pages)
        }
        self.pages = list(pdf.pages)
        self.read: dict[int, Pieces] = {}
        self.above: list[Key] = []  # the elements being read, against rings

    def kids(
        self, item: pikepdf.Object, page: int | None, language: str, address: str, depth: int
    ) -> Iterator[Tag | Piece]:
        """Yield what an element holds: tags, and pieces of text."""
        for kid in _listed(item.get("/K")):
            if isinstance(kid, int):
                yield from self._pieces(page, kid, language, address)
            elif not isinstance(kid, Dictionary):
                continue
            elif kid.get("/Type") == Name.MCR:
                at = self._page(kid, page)
                yield from self._pieces(at, kid.get("/MCID"), language, address)
            elif "/S" in kid:
                yield self._tag(kid, page, language, address, depth + 1)

    def _tag(
        self, item: pikepdf.Object, page: int | None, language: str, address: str, depth: int
    ) -> Tag:
        if depth > _DEEPEST or (item.is_indirect and item.objgen in self.above):
            raise UnreadableError("its tags are damaged: they hold each other")
        self.above.append(item.objgen)
        page, own = self._page(item, page), _text(item.get("/Lang"))
        target = self._target(item) or address
        attributes = dict(_attributes(item))
        tag = Tag(
            role=self.roles.get(str(item.S)[1:], str(item.S)[1:]),
            kids=tuple(self.kids(item, page, own or language, target, depth)),
            language=own,
            alt=_said(item.get("/Alt")),
            instead=_said(item.get("/ActualText")),
            target="" if target == address else target,
            facts=dict(_facts(attributes)),
            id=_text(item.get("/ID")),
            headers=tuple(_text(name) for name in _listed(attributes.get("/Headers"))),
        )
        self.above.pop()
        return tag

    def _pieces(
        self, page: int | None, mcid: object, language: str, address: str
    ) -> Iterator[Piece]:
        if page is None or not isinstance(mcid, int):
            return
        if page not in self.read:
            self.read[page] = read_page(self.pages[page], page)
        rightward = direction(language) == "ltr"
        for piece in self.read[page].get(mcid, ()):
            letters = in_order(piece.letters, rightward=rightward)
            start = piece.start if rightward else -piece.start
            yield replace(piece, letters=letters, start=start, address=address)

    def _page(self, item: pikepdf.Object, page: int | None) -> int | None:
        own = item.get("/Pg")
        return self.numbers.get(own.objgen, page) if isinstance(own, Dictionary) else page

    def _target(self, item: pikepdf.Object) -> str:
        """Say where the annotations of an element lead, if it has any."""
        for kid in _listed(item.get("/K")):
            held = kid.get("/Obj") if isinstance(kid, Dictionary) else None
            if not isinstance(held, Dictionary):
                continue
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


def _attributes(item: pikepdf.Object) -> Iterator[tuple[str, object]]:
    for attribute in _listed(item.get("/A")):
        if isinstance(attribute, Dictionary):
            yield from attribute.items()


_FACTS = {
    "/Scope": "scope",
    "/ColSpan": "columns",
    "/RowSpan": "rows",
    "/ListNumbering": "numbering",
}


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
        yield replace(first if tag.instead is not None else Piece(()), letters=(instead,))
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
