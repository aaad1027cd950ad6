"""Sections in, the same with the calls marked whose notes stand below their table or figure out.

Such calls and the table or figure that holds them have the same `below`, which no other has.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.document import Kind, Node, Section
from reglet.resolve.walk import walk

BELOW = "below"
_HOLDERS = frozenset({Kind.TABLE, Kind.FIGURE})


@dataclass(slots=True)
class Marking:
    """Marks one section after the other.

    `tables` marks all calls within tables but those of editor's notes, asked for or not.
    """

    tables: bool
    found: list[Diagnostic] = field(default_factory=list)
    count: int = 0

    def mark(self, section: Section) -> Section:
        """Mark the calls of a section, and those in its notes."""
        definitions = tuple(
            replace(definition, blocks=self._row(definition.blocks, None))
            for definition in section.definitions
        )
        return replace(section, blocks=self._row(section.blocks, None), definitions=definitions)

    def _row(self, nodes: Iterable[Node], holder: Node | None) -> tuple[Node, ...]:
        """Mark the calls among nodes that stand in `holder`, whose `below` is known already."""
        return tuple(self._marked(node, holder) for node in nodes)

    def _marked(self, node: Node, holder: Node | None) -> Node:
        if node.kind is Kind.CALL:
            return self._call(node, holder)
        if node.kind not in _HOLDERS:
            children = self._row(node.children, holder)
            return node if children == node.children else replace(node, children=children)
        self.count += 1
        named = replace(node, attrs={**node.attrs, BELOW: str(self.count)})
        children = self._row(node.children, named)
        holds = any(
            inner.kind is Kind.CALL and inner.attrs.get(BELOW) == named.attrs[BELOW]
            for inner in walk(children)
        )
        return replace(named if holds else node, children=children)

    def _call(self, call: Node, holder: Node | None) -> Node:
        in_table = holder is not None and holder.kind is Kind.TABLE
        wanted = self.tables and in_table and "editor" not in call.classes
        if not wanted and BELOW not in call.classes:
            return call
        if holder is None:
            hint = f"write `{_written(call)}`, or move it into a table or a caption"
            self.found.append(diagnose("note-below", call.span, hint))
            return call
        return replace(call, attrs={**call.attrs, BELOW: holder.attrs[BELOW]})


def _written(call: Node) -> str:
    """Return a call as it is written; the text of one that has no label is left out."""
    label = call.attrs.get("label", "")
    if label.startswith("@ "):
        return "[@…]"
    return "^[…]" if label.startswith("^") else f"[^{label}]"
