"""A text whose calls have their numbers in, the same with those marked that others stand before."""

from collections.abc import Iterable
from dataclasses import replace

from reglet.model.document import Kind, Node
from reglet.resolve.walk import DRESSING, change

PARTED = "parted"
"""The attribute of a call that templates are to print a comma before."""


def part_calls(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """Part calls of one series that stand side by side: notes 1 and 2 are not note 12."""
    behind = _behind_another(blocks)
    if not behind:
        return blocks

    def parted(node: Node) -> Node:
        if node.kind is not Kind.CALL or node.id not in behind:
            return node
        return replace(node, attrs={**node.attrs, PARTED: "yes"})

    return change(blocks, parted)


def _behind_another(blocks: Iterable[Node]) -> set[str]:
    """Return the calls that come right behind another of their series."""
    found: set[str] = set()
    last: Node | None = None  # what comes before, if it is a call
    pending = list(blocks)[::-1]
    while pending:
        node = pending.pop()
        if node.kind is Kind.CALL:
            if last and last.attrs["series"] == node.attrs["series"]:
                found.add(node.id)
            last = node
            continue
        if node.kind not in DRESSING or not node.children:
            last = None
        pending += node.children[::-1]
    return found
