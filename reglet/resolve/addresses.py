"""Sections in, the same with a note for each address that a link of theirs does not show out.

On paper no link can be followed. Links within notes stay: their addresses are printed behind them,
as those in descriptions are, which have no notes.
"""

from dataclasses import dataclass, field, replace

from reglet.model.document import Definition, Kind, Node, Section
from reglet.model.words import shows_address
from reglet.resolve.stops import behind_stop
from reglet.resolve.walk import text

NOTED = "noted"
"""The attribute of a link whose address a note has."""

Nodes = tuple[Node, ...]


def addresses_to_notes(section: Section, lang: str) -> Section:
    """Make notes of the addresses in a section's text; one that comes again calls its note again.

    They are notes as all others, and numbered with them.
    """
    moved = _Moved((section.lang or lang).partition("-")[0].lower())
    blocks = moved.row(section.blocks)
    definitions = (*section.definitions, *moved.definitions.values())
    return replace(section, blocks=blocks, definitions=definitions)


@dataclass(slots=True)
class _Moved:
    """Addresses of one section's text on their way into notes; these by their addresses."""

    lang: str
    definitions: dict[str, Definition] = field(default_factory=dict)

    def row(self, nodes: Nodes) -> Nodes:
        """Set the calls of notes behind the links among sibling nodes."""
        found: list[Node] = []
        waiting = list(reversed(nodes))
        while waiting:
            node = waiting.pop()
            if node.kind is Kind.DESCRIPTION:
                found.append(node)
            elif node.kind is Kind.LINK and not shows_address(node):
                link = replace(node, attrs={**node.attrs, NOTED: "yes"})
                found += behind_stop((link, self.call(node)), waiting, self.lang)
            else:
                found.append(replace(node, children=self.row(node.children)))
        return tuple(found)

    def call(self, link: Node) -> Node:
        """Return a call of the note that has a link's address."""
        address = link.attrs["href"]
        label = f"> {address}"  # no label that is written has a space
        shown = Node(Kind.LINK, link.span, (text(address, link),), attrs={"href": address})
        paragraph = Node(Kind.PARAGRAPH, link.span, (shown,))
        definition = Definition(label, link.span, (paragraph,), inline=True)
        self.definitions.setdefault(address, definition)
        return Node(Kind.CALL, link.span, attrs={"label": label})
