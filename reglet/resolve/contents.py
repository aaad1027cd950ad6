"""Sections in, the lines of the contents and of the lists of figures and tables out."""

from collections.abc import Sequence
from dataclasses import replace

from reglet.model.document import Entry, Kind, Node, Section
from reglet.model.words import plain
from reglet.resolve.walk import titled, walk

DEEPEST = 3  # level of heading that the contents list
UNLISTED = "unlisted"  # class of a heading that they leave out


def contents(sections: Sequence[Section]) -> tuple[Entry, ...]:
    """List the headings of levels 1 to DEEPEST, each below the last one of a higher level."""
    return _nested(
        [
            _entry(node, section, node.children, int(node.attrs["level"]))
            for section in sections
            for node in walk(section.blocks)
            if node.kind is Kind.HEADING
            and int(node.attrs["level"]) <= DEEPEST
            and UNLISTED not in node.classes
        ]
    )


def listed(sections: Sequence[Section], kind: Kind) -> tuple[Entry, ...]:
    """List the figures or the tables that have a caption, with their labels."""
    return tuple(
        _entry(node, section, caption.children, 1)
        for section in sections
        for node in walk(section.blocks)
        if node.kind is kind and node.attrs.get("label")
        for caption in [child for child in node.children if child.kind is Kind.CAPTION][:1]
    )


def _entry(node: Node, section: Section, words: tuple[Node, ...], level: int) -> Entry:
    title = titled(words)
    label = node.attrs.get("label", "")
    return Entry(node.id, section.name, label, title, plain(title), level)


def _nested(flat: Sequence[Entry]) -> tuple[Entry, ...]:
    found: list[Entry] = []
    index = 0
    while index < len(flat):
        entry = flat[index]
        end = index + 1
        while end < len(flat) and flat[end].level > entry.level:
            end += 1
        found.append(replace(entry, children=_nested(flat[index + 1 : end])))
        index = end
    return tuple(found)
