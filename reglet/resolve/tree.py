"""Walking and changing trees of nodes; a change gives new nodes, for nodes never change."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from reglet.model.document import Definition, Kind, Node, Section

Change = Callable[[Node], tuple[Node, ...] | None]
"""What stands in a node's place; None leaves the node and looks at those below it."""


def rewrite(nodes: Iterable[Node], change: Change) -> tuple[Node, ...]:
    """Return `nodes` with `change` made to each, the outer before the inner."""
    found: list[Node] = []
    for node in nodes:
        instead = change(node)
        if instead is not None:
            found.extend(instead)
        elif node.children:
            children = rewrite(node.children, change)
            same = children == node.children
            found.append(node if same else replace(node, children=children))
        else:
            found.append(node)
    return tuple(found)


def rewrite_section(section: Section, change: Change) -> Section:
    """Return `section` with `change` made to its blocks and to the text of its notes."""
    return replace(
        section,
        blocks=rewrite(section.blocks, change),
        definitions=tuple(
            replace(definition, blocks=rewrite(definition.blocks, change))
            for definition in section.definitions
        ),
    )


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield every node of `nodes` and below, in reading order."""
    for node in nodes:
        yield from node.walk()


def walk_section(section: Section) -> Iterator[Node]:
    """Yield every node of a section's blocks, then of its notes."""
    yield from walk(section.blocks)
    for definition in section.definitions:
        yield from walk(definition.blocks)


def plain(nodes: Iterable[Node]) -> str:
    """Return the words of inline nodes without note calls, white space folded."""
    return re.sub(r"[ \t\n]+", " ", "".join(map(_words, nodes))).strip(" ")


def _words(node: Node) -> str:
    if node.kind in (Kind.CALL, Kind.RAW, Kind.CITATION, Kind.IMAGE):
        return ""
    if node.kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
        return " "
    return node.text + "".join(map(_words, node.children))


def text(words: str, beside: Node | None = None) -> Node:
    """Make a TEXT node, with the place of `beside`."""
    return Node(Kind.TEXT, beside.span, text=words) if beside else Node(Kind.TEXT, text=words)


def with_attrs(node: Node, **attrs: str) -> Node:
    """Return `node` with attributes added."""
    return replace(node, attrs=merged(node.attrs, attrs))


def merged(attrs: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Join two sets of attributes, the later winning."""
    return {**attrs, **more}


def definitions_of(section: Section) -> dict[str, Definition]:
    """Return a section's notes by label, the first of two with one label."""
    found: dict[str, Definition] = {}
    for definition in section.definitions:
        found.setdefault(definition.label, definition)
    return found
