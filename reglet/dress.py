"""Nodes as the report has them in, nodes as templates print them out: pure, and without a tag."""

from dataclasses import replace

from reglet.model.document import Kind, Node, Note


def attributes(node: Node) -> dict[str, str]:
    """Return the attributes that any element may carry, for Jinja2's `xmlattr`."""
    found = {key: node.attrs[key] for key in ("lang", "dir") if node.attrs.get(key)}
    if node.id:
        found["id"] = node.id
    if node.classes:
        found["class"] = " ".join(node.classes)
    return found


PLACE = "data-at"
"""The attribute that tells, in previews alone, where in the source an element comes from."""


def placed_attributes(node: Node) -> dict[str, str]:
    """Return the attributes of an element of a preview."""
    return attributes(node) | ({PLACE: str(node.span)} if node.span.line else {})


def with_backlink(note: Note) -> tuple[Node, ...]:
    """Return the note's blocks with its number, linked to its calls, before the words."""
    number = Node(
        Kind.BACKLINK,
        note.span,
        text=note.number,
        attrs={
            "call": note.calls[0] if note.calls else "",
            "calls": " ".join(note.calls),
            "series": note.series,
        },
    )
    first, *rest = note.blocks or (Node(Kind.PARAGRAPH, note.span),)
    if first.kind is Kind.PARAGRAPH:
        return replace(first, children=(number, *first.children)), *rest
    return Node(Kind.PARAGRAPH, note.span, (number,)), first, *rest


def dressed(node: Node) -> tuple[Node, ...]:
    """Return the children of a node, knowing what they need to know of it."""
    if node.kind is Kind.LIST and node.attrs.get("tight"):
        return _tightened(node)
    if node.kind is Kind.TABLE:
        return _headed(node)
    if node.kind is Kind.FIGURE and any(node.attrs.get(key) for key in ("credit", "below")):
        return _captioned(node)
    return node.children


LONGEST_ALT = 140
"""Characters of a picture's words that e-readers show or read out in full (Kindle's guidelines)."""


def described(figure: Node) -> Node:
    """Give a figure's picture words short enough for e-readers, and its description their rest.

    The picture is told which description is its, where the figure has an identifier.
    """
    picture, *rest = figure.children
    alt = picture.attrs.get("alt", "")
    if len(alt) > LONGEST_ALT:
        short = picture.attrs.get("short", "")
        picture = replace(picture, attrs={**picture.attrs, "alt": _cut(short or alt)})
        rest = rest if short else _with_words(figure, rest, alt)
    if not any(node.kind is Kind.DESCRIPTION for node in rest):
        return replace(figure, children=(picture, *rest))
    id = f"{figure.id}-description" if figure.id else ""
    told = {"id": id, "label": figure.attrs.get("label", "")}
    picture = replace(picture, attrs={**picture.attrs, "details": id})
    rest = [replace(n, attrs=told) if n.kind is Kind.DESCRIPTION else n for n in rest]
    return replace(figure, children=(picture, *rest))


def _with_words(figure: Node, rest: list[Node], words: str) -> list[Node]:
    """Begin the description with all the words of the picture."""
    paragraph = Node(Kind.PARAGRAPH, figure.span, (Node(Kind.TEXT, figure.span, text=words),))
    found = [node for node in rest if node.kind is Kind.DESCRIPTION]
    blocks = (paragraph, *(block for node in found for block in node.children))
    others = [node for node in rest if node.kind is not Kind.DESCRIPTION]
    return [Node(Kind.DESCRIPTION, figure.span, blocks), *others]


def _cut(words: str) -> str:
    """Cut words at a space so that they fit, and say so."""
    if len(words) <= LONGEST_ALT:
        return words
    return words[:LONGEST_ALT].rpartition(" ")[0].rstrip(" ,;:.–") + "…"


def _captioned(figure: Node) -> tuple[Node, ...]:
    """Give credit and notes to a figure's caption, since nothing may follow that (figcaption)."""
    given = {key: figure.attrs[key] for key in ("credit", "below") if figure.attrs.get(key)}
    *others, last = figure.children
    if last.kind is Kind.CAPTION:
        return (*others, replace(last, attrs={**last.attrs, **given}))
    return (*figure.children, Node(Kind.CAPTION, figure.span, attrs=given))


def _headed(table: Node) -> tuple[Node, ...]:
    """Tell the head of a table its label, its columns and how many rows it stands above."""
    rows = [row for body in table.children if body.kind is Kind.BODY for row in body.children]
    told = {"label": table.attrs.get("label", ""), "rows": str(len(rows))}
    return tuple(
        replace(child, attrs={**child.attrs, **told, "columns": str(_columns(child))})
        if child.kind is Kind.HEAD
        else child
        for child in table.children
    )


def _columns(head: Node) -> int:
    cells = head.children[0].children if head.children else ()
    return sum(int(cell.attrs.get("colspan") or 1) for cell in cells)


def _tightened(items: Node) -> tuple[Node, ...]:
    """Mark the paragraphs of a tight list's items, which print without space between them."""
    return tuple(
        replace(
            item,
            children=tuple(
                replace(child, attrs={**child.attrs, "tight": "yes"})
                if child.kind is Kind.PARAGRAPH
                else child
                for child in item.children
            ),
        )
        for item in items.children
    )
