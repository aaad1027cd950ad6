"""Divisions of class `description` in, within the figure above each of them out.

A description is not in every edition: nothing may stand in it that is numbered or led to.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.document import Definition, Kind, Node, Section
from reglet.model.span import Span
from reglet.resolve.walk import walk

CLASS = "description"
_BANNED = {
    Kind.CALL: "a note",
    Kind.CITATION: "a citation",
    Kind.HEADING: "a heading",
    Kind.FIGURE: "a picture",
    Kind.IMAGE: "a picture",
    Kind.SOURCES: "the list of sources",
}


@dataclass(slots=True)
class Descriptions:
    """Moves the descriptions of one section after the other; `found` says what cannot be moved."""

    found: list[Diagnostic] = field(default_factory=list)

    def move(self, section: Section) -> Section:
        """Move the descriptions of a section, and those in its notes."""
        definitions = tuple(self._definition(each) for each in section.definitions)
        return replace(section, blocks=self._row(section.blocks), definitions=definitions)

    def _definition(self, definition: Definition) -> Definition:
        return replace(definition, blocks=self._row(definition.blocks))

    def _row(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        row: list[Node] = []
        for node in nodes:
            inner = self._row(node.children) if node.children else ()
            own = node if inner == node.children else replace(node, children=inner)
            if own.kind is not Kind.DIV or CLASS not in own.classes:
                row.append(own)
            elif row and row[-1].kind is Kind.FIGURE:
                self._check(own)
                row[-1] = described(row[-1], own.span, own.children)
            else:
                self.found.append(diagnose("stray-description", own.span))
        return tuple(row)

    def _check(self, description: Node) -> None:
        nodes = (description, *walk(description.children))
        for node in nodes:
            what = "an identifier" if node.id else _BANNED.get(node.kind, "")
            captioned = node.kind is Kind.TABLE and any(
                child.kind is Kind.CAPTION for child in node.children
            )
            what = "a table's caption" if captioned else what
            if what:
                self.found.append(diagnose("bad-description", node.span, what=what))


def described(figure: Node, span: Span, blocks: tuple[Node, ...]) -> Node:
    """Put blocks before all else that describes a figure at length; its caption stays last."""
    shown = [node for node in figure.children if node.kind in (Kind.IMAGE, Kind.DRAWING)]
    last = [node for node in figure.children if node.kind is Kind.CAPTION]
    before = [
        block
        for each in figure.children
        if each.kind is Kind.DESCRIPTION
        for block in each.children
    ]
    description = Node(Kind.DESCRIPTION, span, (*blocks, *before))
    return replace(figure, children=(*shown, description, *last))
