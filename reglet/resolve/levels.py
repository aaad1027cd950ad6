"""Sections in, the same with headings that leave out no level out, as PDF/UA-1 (7.4.2) asks.

A heading is set one level below the last one that is written of a higher level. Within a section
the text stage has told of levels left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Kind, Node, Section
from reglet.model.report import Part
from reglet.resolve.walk import walk

UNTITLED = ("cover", "half-title", "imprint")  # parts without a heading; others have one of level 1


def level_headings(sections: Sequence[Section], parts: Sequence[Part]) -> Outcome[list[Section]]:
    """Level the headings of all sections, in the order of `parts`; those in notes stay."""
    by_path = {section.path: section for section in sections}
    levelled: dict[str, Section] = {}
    outline = _Outline()
    for part in parts:
        section = by_path.get(part.path) if part.kind == "section" else None
        if section:
            levelled[section.path] = _levelled(section, outline)
        elif part.kind not in ("section", *UNTITLED):
            outline.enter(1)
    return Outcome([levelled.get(item.path, item) for item in sections], tuple(outline.found))


@dataclass(slots=True)
class _Outline:
    """The levels, as written, of the last heading and of those that it stands below."""

    open: list[int] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def enter(self, level: int) -> int:
        """Take a heading in; return the level that it is set in."""
        while self.open and self.open[-1] >= level:
            self.open.pop()
        self.open.append(level)
        return len(self.open)


def _levelled(section: Section, outline: _Outline) -> Section:
    levels: dict[int, str] = {}  # by the identity of nodes
    headings = [node for node in walk(section.blocks) if node.kind is Kind.HEADING]
    for node in headings:
        level = int(node.attrs["level"])
        before = outline.open[-1] if outline.open else 0
        expected = outline.enter(level)
        if expected != level:
            levels[id(node)] = str(expected)
        if before and level > before + 1 and node is headings[0]:
            fault = diagnose(
                "heading-skip", node.span, level=level, before=before, expected=expected
            )
            outline.found.append(fault)
    if not levels:
        return section

    def changed(node: Node) -> Node:
        level = {"level": levels[id(node)]} if id(node) in levels else {}
        children = tuple(map(changed, node.children))
        return replace(node, children=children, attrs={**node.attrs, **level})

    return replace(section, blocks=tuple(map(changed, section.blocks)))
