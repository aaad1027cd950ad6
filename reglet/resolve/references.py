"""Identifiers of the whole report in, checked links and worded cross references out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Kind, Node, Section
from reglet.model.report import Part
from reglet.model.span import Span
from reglet.model.words import plain
from reglet.resolve.walk import change, change_section, nodes_of, text, titled
from reglet.resolve.wording import Wording

NOTE = "note-"  # begins a reference to the note of the label that follows
_OURS = re.compile(
    r"(?:note|call)-(?:(?:ed|below)-)?\d+(?:-\d+)?|note-list|source-.+|page-\d+"
    r"|index-(?:mark|term)-\d+(?:-end)?|side-\d+",
    re.ASCII,
)
_PART_IDS = {
    "contents": ("contents",),
    "lists": ("lists", "list-of-figures", "list-of-tables"),
    "sources": ("sources",),
    "index": ("index",),
    "colophon": ("colophon",),
}


@dataclass(slots=True)
class Anchors:
    """Every identifier of the report: its section, its place, and what a reference to it says.

    Automatic identifiers that two sections share, or that reglet uses itself, are changed;
    `renamed` says what a section calls them.
    """

    wording: Wording
    labels: Mapping[str, str]  # of figures and tables
    sections: dict[str, str] = field(default_factory=dict)  # identifier -> section's name
    places: dict[str, Span] = field(default_factory=dict)
    titles: dict[str, tuple[Node, ...]] = field(default_factory=dict)  # of headings
    renamed: dict[tuple[str, str], str] = field(default_factory=dict)
    reserved: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)  # labels of notes
    found: list[Diagnostic] = field(default_factory=list)

    def gather(self, sections: Sequence[Section], parts: Sequence[Part]) -> tuple[Section, ...]:
        """Note the identifiers of all sections, and return these with what is renamed."""
        self.reserved = {name for part in parts for name in _PART_IDS.get(part.kind, ())}
        chosen = [
            node
            for section in sections
            for node in nodes_of(section)
            if node.id and not _is_automatic(node)
        ]
        fixed = {node.id for node in chosen}
        self.noted = {item.label for section in sections for item in section.definitions}
        return tuple(self._gather_section(section, fixed) for section in sections)

    def _gather_section(self, section: Section, fixed: set[str]) -> Section:
        def named(node: Node) -> Node:
            if not node.id or node.kind is Kind.CALL:
                return node
            name = self._name(section, node, fixed)
            self.places.setdefault(name, node.span)
            self.sections.setdefault(name, section.name)
            if node.kind is Kind.HEADING:
                title = titled(change(node.children, self._flat))
                self.titles.setdefault(name, title)
            return node if name == node.id else replace(node, id=name)

        return change_section(section, named)

    def _flat(self, node: Node) -> Node:
        """Word a reference within a title; one that leads to a title itself gives its target."""
        if node.kind is not Kind.REFERENCE:
            return node
        target = node.attrs["target"]
        return text(self.labels.get(target, target), node)

    def _name(self, section: Section, node: Node, fixed: set[str]) -> str:
        """Return the identifier that a node keeps, or a new one in place of an automatic one."""
        name, ours = node.id, self._is_ours(node.id)
        if not ours and name not in self.places and not (_is_automatic(node) and name in fixed):
            return name
        if _is_automatic(node):
            number = 2
            name = f"section-{name}" if _OURS.fullmatch(name) else name
            while (other := f"{name}-{number}") in fixed or other in self.places:
                number += 1
            self.renamed[section.name, name] = other
            return other
        if ours:
            self.found.append(diagnose("reserved-id", node.span, id=name))
        elif self.places[name].path != node.span.path:  # within a file the text stage tells
            first = str(self.places[name])
            self.found.append(diagnose("duplicate-id", node.span, id=name, first=first))
        return name

    def _is_ours(self, name: str) -> bool:
        return name in self.reserved or bool(_OURS.fullmatch(name))

    def link(self, section: Section) -> Section:
        """Turn a section's cross references into links, and check its links within the report.

        References to notes stay until these have their numbers.
        """

        def linked(node: Node) -> Node | tuple[Node, ...]:
            if node.kind is Kind.REFERENCE:
                return self._reference(node, section)
            if node.kind is Kind.LINK and node.attrs.get("href", "").startswith("#"):
                return self._checked(node, section)
            return node

        return change_section(section, linked)

    def _reference(self, node: Node, section: Section) -> Node | tuple[Node, ...]:
        target = self._target(node.attrs["target"], section)
        if self._names_note(target):
            return node
        if target not in self.places:
            self._unknown(node)
            return text(f"@{node.attrs['target']}", node)
        words = self._words(target, node)
        attrs = {"href": f"#{target}"}
        if node.attrs.get("form") != "number":
            attrs["page-of"] = target
        return Node(Kind.LINK, node.span, words, classes=("reference",), attrs=attrs)

    def _names_note(self, target: str) -> bool:
        """Tell whether a reference is to a note; an identifier may begin as one does."""
        known = target.removeprefix(NOTE) in self.noted
        return target.startswith(NOTE) and (known or target not in self.places)

    def _checked(self, node: Node, section: Section) -> Node | tuple[Node, ...]:
        written = unquote(node.attrs["href"].removeprefix("#"))
        target = self._target(written, section)
        if target not in self.places and target not in self.reserved:
            self._unknown(replace(node, attrs={"target": written}))
            return node.children
        children = node.children or self._words(target, node)
        return replace(node, children=children, attrs={**node.attrs, "href": f"#{target}"})

    def _target(self, name: str, section: Section) -> str:
        return self.renamed.get((section.name, name), name)

    def _words(self, target: str, node: Node) -> tuple[Node, ...]:
        """Say "Figure 2", or the title of a heading in quotation marks."""
        label = self.labels.get(target)
        number_only = node.attrs.get("form") == "number"
        if label:
            return (text(label.rpartition("\u00a0")[2] if number_only else label, node),)
        title = self.titles.get(target)
        if not title:
            return (text(target, node),)
        if number_only:
            return title
        opening, closing = self.wording.label("quote_open"), self.wording.label("quote_close")
        return (text(opening, node), *title, text(closing, node))

    def _unknown(self, node: Node) -> None:
        label = node.attrs["target"]
        self.found.append(
            diagnose("unknown-reference", node.span, nearest(label, self.places), label=label)
        )


def _is_automatic(node: Node) -> bool:
    """Tell whether a heading's identifier is the one that its own words make."""
    if node.kind is not Kind.HEADING:
        return False
    words, name = _letters(plain(node.children)), _letters(node.id)
    return name == "section" or words.endswith(name) or words.endswith(name.rstrip("0123456789"))


def _letters(words: str) -> str:
    return "".join(character for character in words.lower() if character.isalnum())
