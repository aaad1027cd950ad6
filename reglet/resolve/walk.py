"""Trees in, trees with some nodes replaced out: the one way in which resolve changes a report."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from reglet.model.document import Kind, Node, Section

Change = Callable[[Node], Node | tuple[Node, ...]]


def change(nodes: Iterable[Node], by: Change) -> tuple[Node, ...]:
    """Replace every node, children before their parents; `by` may return several nodes or none."""
    changed: list[Node] = []
    for node in nodes:
        inner = change(node.children, by) if node.children else ()
        found = by(node if inner == node.children else replace(node, children=inner))
        changed.extend((found,) if isinstance(found, Node) else found)
    return tuple(changed)


def change_section(section: Section, by: Change) -> Section:
    """Replace the nodes of a section and of the notes written in it."""
    definitions = tuple(replace(d, blocks=change(d.blocks, by)) for d in section.definitions)
    return replace(section, blocks=change(section.blocks, by), definitions=definitions)


def nodes_of(section: Section) -> Iterator[Node]:
    """Yield all nodes of a section in reading order, then those of its notes."""
    for block in section.blocks:
        yield from block.walk()
    for definition in section.definitions:
        for block in definition.blocks:
            yield from block.walk()


def plain(nodes: Iterable[Node]) -> str:
    """Return the words of inline nodes, without note calls."""
    words: list[str] = []
    for node in nodes:
        if node.kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
            words.append(" ")
        elif node.kind not in (Kind.CALL, Kind.CITATION, Kind.RAW):
            words.append(node.text + plain(node.children))
    return "".join(words)


def without_calls(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return inline nodes without note calls, links and identifiers, for a list of titles."""

    def bare(node: Node) -> Node | tuple[Node, ...]:
        if node.kind in (Kind.CALL, Kind.CITATION):
            return ()
        if node.kind is Kind.LINK:
            return node.children
        return replace(node, id="") if node.id else node

    return change(nodes, bare)
