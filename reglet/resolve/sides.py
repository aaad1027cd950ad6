"""A report in, the same with a name for all that stands in its margins out.

On paper the outer margin is at the right of one page and at the left of the next: an edition asks
on which a side note stands, by its identifier.
"""

from dataclasses import replace
from functools import partial
from itertools import count

from reglet.model.document import SIDES, Document, Node
from reglet.resolve.walk import change


def name_sides(document: Document) -> Document:
    """Give identifiers to side notes and figures of the margin that have none."""
    numbers = count(1)
    anchors = dict(document.anchors)

    def named(section: str, node: Node) -> Node:
        if node.id or SIDES.get(node.kind, " ") not in node.classes:
            return node
        id = f"side-{next(numbers)}"
        anchors[id] = section
        return replace(node, id=id)

    sections = tuple(
        replace(each, blocks=change(each.blocks, partial(named, each.name)))
        for each in document.sections
    )
    return replace(document, sections=sections, anchors=anchors)
