"""Trees in, trees with some nodes replaced out: the one way in which resolve changes a report."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from reglet.model.document import Cite, Document, Kind, Node, Section

Change = Callable[[Node], Node | tuple[Node, ...]]

DRESSING = frozenset(
    {Kind.EMPHASIS, Kind.STRONG, Kind.STRIKE, Kind.SUPERSCRIPT, Kind.SUBSCRIPT, Kind.SPAN}
)
"""Elements that dress words: sentences, and rows of calls, go on over their edges."""


def change(nodes: Iterable[Node], by: Change) -> tuple[Node, ...]:
    """Replace every node, children before their parents; `by` may return several nodes or none."""
    changed: list[Node] = []
    for node in nodes:
        inner = change(node.children, by) if node.children else ()
        changed_node = node if inner == node.children else replace(node, children=inner)
        if node.cites:
            changed_node = replace(changed_node, cites=tuple(_cite(c, by) for c in node.cites))
        found = by(changed_node)
        changed.extend((found,) if isinstance(found, Node) else found)
    return tuple(changed)


def _cite(cite: Cite, by: Change) -> Cite:
    """Replace the nodes before and after a source."""
    return replace(cite, prefix=change(cite.prefix, by), suffix=change(cite.suffix, by))


def change_section(section: Section, by: Change) -> Section:
    """Replace the nodes of a section and of the notes written in it."""
    definitions = tuple(replace(d, blocks=change(d.blocks, by)) for d in section.definitions)
    return replace(section, blocks=change(section.blocks, by), definitions=definitions)


def change_document(document: Document, by: Change) -> Document:
    """Replace the nodes of a resolved report's sections and notes."""
    sections = tuple(
        replace(section, blocks=change(section.blocks, by)) for section in document.sections
    )
    notes = {
        id: replace(note, blocks=change(note.blocks, by)) for id, note in document.notes.items()
    }
    return replace(document, sections=sections, notes=notes)


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield all nodes and those below them, in reading order."""
    for node in nodes:
        yield from node.walk()


def nodes_of(section: Section) -> Iterator[Node]:
    """Yield all nodes of a section in reading order, then those of its notes."""
    yield from walk(section.blocks)
    for definition in section.definitions:
        yield from walk(definition.blocks)


def titled(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return inline nodes as a list of titles prints them: no calls, links, pictures, identifiers.

    Line breaks of the title's own become spaces.
    """

    def bare(node: Node) -> Node | tuple[Node, ...]:
        if node.kind in (Kind.CALL, Kind.CITATION, Kind.IMAGE):
            return ()
        if node.kind is Kind.LINK:
            return node.children
        if node.kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
            return text(" ", node)
        return replace(node, id="") if node.id else node

    return change(nodes, bare)


def text(words: str, beside: Node) -> Node:
    """Make a TEXT node with the place of another node."""
    return Node(Kind.TEXT, beside.span, text=words)
