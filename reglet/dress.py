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
    if node.kind is Kind.FIGURE and any(node.attrs.get(key) for key in ("credit", "below")):
        return _captioned(node)
    return node.children


def _captioned(figure: Node) -> tuple[Node, ...]:
    """Give credit and notes to a figure's caption, since nothing may follow that (figcaption)."""
    given = {key: figure.attrs[key] for key in ("credit", "below") if figure.attrs.get(key)}
    *others, last = figure.children
    if last.kind is Kind.CAPTION:
        return (*others, replace(last, attrs={**last.attrs, **given}))
    return (*figure.children, Node(Kind.CAPTION, figure.span, attrs=given))


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
