"""Tags in, lines of text out: the tree for authors, or the words that are read aloud."""

from collections.abc import Iterator, Sequence

from reglet.speak.joining import joined
from reglet.speak.marked import Piece
from reglet.speak.tree import Tag, Tree, pieces_of

_GROUPS = frozenset(
    {"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Aside", "BlockQuote", "TOC"}
    | {"Index", "L", "LI", "Table", "THead", "TBody", "TFoot", "TR"}
)
"""Roles that hold blocks."""

_INLINE = frozenset(
    {"Span", "Quote", "Em", "Strong", "Sub", "Code", "Link", "Reference", "Annot", "BibEntry"}
    | {"Ruby", "Lbl"}
)
"""Roles of which the text is part of that of the block around them."""

_PICTURES = frozenset({"Figure", "Formula"})
_NOTES = frozenset({"Note", "FENote"})
_BARE = frozenset({"Span", "NonStruct"})  # which within a block say nothing by themselves


def outline(tree: Tree) -> Iterator[str]:
    """Yield a line for each tag, indented by two spaces for each that it is in."""
    if tree.language:
        yield f"[{tree.language}]"
    for tag in tree.tags:
        yield from _tag(tag, tree, 0, block=False)


def spoken(tree: Tree) -> Iterator[str]:
    """Yield the text of each block, and of each part of it before and after its notes."""
    for tag in tree.tags:
        held: list[Piece] = []
        for part in _parts(tag, block=False):
            if part is not None:
                held.append(part)
            elif text := joined(held):
                yield text
            held = held if part is not None else []


def _tag(tag: Tag, tree: Tree, depth: int, *, block: bool) -> Iterator[str]:
    """Yield a tag's line and those of what it holds; `block` tells that a block is around it."""
    inside = block or not _is_group(tag)
    shown = not (block and _is_silent(tag))
    if shown:
        yield "  " * depth + " ".join(_words(tag, tree, block=inside))
    for kid in tag.kids:
        if isinstance(kid, Tag) and not (inside and _is_label(tag, kid)):
            yield from _tag(kid, tree, depth + shown, block=inside)


def _words(tag: Tag, tree: Tree, *, block: bool) -> Iterator[str]:
    label = next((kid for kid in tag.kids if isinstance(kid, Tag) and _is_label(tag, kid)), None)
    yield tag.role
    if label is not None:
        yield joined(list(pieces_of(label)))
    if tag.language:
        yield f"[{tag.language}]"
    yield from (f"{name}={value}" for name, value in (tag.facts or {}).items())
    if tag.alt is not None:
        yield f'alt="{tag.alt}"'
    elif tag.role in _PICTURES:
        yield "without alt"
    if tag.instead is not None:
        yield f'instead="{tag.instead}"'
    if text := joined(list(_own(tag, block=block))):
        yield f'"{text}"'
    if tag.headers:
        heads = ", ".join(tree.named.get(name, "nowhere") for name in tag.headers)
        yield f'under "{heads}"'
    if tag.target:
        yield f"-> {tag.target}"


def _own(tag: Tag, *, block: bool) -> Iterator[Piece]:
    """Yield the text of a tag without that of notes and blocks in it."""
    for kid in tag.kids:
        if isinstance(kid, Piece):
            yield kid
        elif block and _is_inline(kid) and not _is_label(tag, kid):
            if kid.instead is not None or kid.alt is not None:
                yield from pieces_of(kid)
            else:
                yield from _own(kid, block=True)


def _parts(tag: Tag, *, block: bool) -> Iterator[Piece | None]:
    """Yield the pieces of a tag in the order read, and None where a block begins or ends."""
    inline = block and _is_inline(tag)
    if not inline:
        yield None
    if tag.instead is not None or tag.alt is not None:
        yield from pieces_of(tag)
    else:
        for kid in tag.kids:
            if isinstance(kid, Piece):
                yield kid
            else:
                yield from _parts(kid, block=block or not _is_group(tag))
    if not inline:
        yield None


def _is_group(tag: Tag) -> bool:
    """Tell whether a tag holds blocks, or pictures alone."""
    if tag.role not in _BARE:
        return tag.role in _GROUPS
    return not _is_inline(tag) or _is_frame(tag)


def _is_frame(tag: Tag) -> bool:
    """Tell whether a tag that says nothing has a picture and no text in it."""
    kids = list(_tags(tag.kids))
    return bool(kids) and all(
        kid.role in _PICTURES or (kid.role in _BARE and _is_frame(kid)) for kid in kids
    )


def _is_inline(tag: Tag) -> bool:
    if tag.role in _BARE:
        return all(map(_is_inline, _tags(tag.kids)))
    return tag.role in _INLINE or tag.role in _PICTURES


def _is_silent(tag: Tag) -> bool:
    said = tag.language or tag.target or tag.alt is not None or tag.instead is not None
    return tag.role in _BARE and not said


def _is_label(tag: Tag, kid: Tag) -> bool:
    return tag.role in _NOTES and kid.role == "Lbl"


def _tags(kids: Sequence[Tag | Piece]) -> Iterator[Tag]:
    return (kid for kid in kids if isinstance(kid, Tag))
