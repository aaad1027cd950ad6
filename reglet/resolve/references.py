"""Labels and identifiers of the whole report in, checked links and the tables of contents out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Entry, Kind, Node, Section
from reglet.model.span import Span
from reglet.resolve.walk import nodes_of, plain, without_calls

DEEPEST = 3  # level of heading that the contents list


class Anchors:
    """Every identifier of the report: where it is, and what a reference to it says."""

    def __init__(self, sections: Sequence[Section], labels: Mapping[str, str]) -> None:
        self.sections: dict[str, str] = {}  # identifier -> section's name
        self.places: dict[str, Span] = {}
        self.titles: dict[str, tuple[Node, ...]] = {}  # of headings
        self.labels = labels
        self.found: list[Diagnostic] = []
        self.renamed: dict[tuple[str, str], str] = {}
        for section in sections:
            for node in nodes_of(section):
                if node.id and node.kind is not Kind.CALL:
                    self._add(section, node)

    def _add(self, section: Section, node: Node) -> None:
        if node.id in self.places:
            if self.places[node.id].path != node.span.path:
                self.found.append(
                    diagnose("duplicate-id", node.span, id=node.id, first=self.places[node.id])
                )
            return
        self.places[node.id] = node.span
        self.sections[node.id] = section.name
        if node.kind is Kind.HEADING:
            self.titles[node.id] = without_calls(node.children)

    def link(self, node: Node, quotes: tuple[str, str]) -> Node | tuple[Node, ...]:
        """Turn a cross reference into a link with its words, and check links within the report."""
        if node.kind is Kind.LINK:
            target = node.attrs.get("href", "")
            if target.startswith("#") and target[1:] not in self.places:
                self._unknown(node.span, target[1:])
                return node.children
            return node
        if node.kind is not Kind.REFERENCE:
            return node
        target = node.attrs["target"]
        if target not in self.places:
            self._unknown(node.span, target)
            return ()
        attrs = {"href": f"#{target}", "page-of": target}
        return Node(Kind.LINK, node.span, self._words(target, node, quotes), attrs=attrs)

    def _words(self, target: str, node: Node, quotes: tuple[str, str]) -> tuple[Node, ...]:
        if target in self.labels:
            return (Node(Kind.TEXT, node.span, text=self.labels[target].replace(" ", "\u00a0")),)
        opening, closing = (Node(Kind.TEXT, node.span, text=mark) for mark in quotes)
        if target in self.titles:
            return (opening, *self.titles[target], closing)
        return (Node(Kind.TEXT, node.span, text=target),)

    def _unknown(self, span: Span, label: str) -> None:
        hint = nearest(label, self.places)
        self.found.append(diagnose("unknown-reference", span, hint, label=label))


def contents(sections: Iterable[Section]) -> tuple[Entry, ...]:
    """List the headings of all sections, those of lower level below those of higher."""
    flat = [
        _entry(node, section, int(node.attrs["level"]))
        for section in sections
        for node in nodes_of(section)
        if node.kind is Kind.HEADING
        and node.id
        and int(node.attrs["level"]) <= DEEPEST
        and "unlisted" not in node.classes
    ]
    return _nested(flat)


def _nested(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    found: list[Entry] = []
    index = 0
    while index < len(entries):
        entry = entries[index]
        end = index + 1
        while end < len(entries) and entries[end].level > entry.level:
            end += 1
        found.append(replace(entry, children=_nested(entries[index + 1 : end])))
        index = end
    return tuple(found)


def listed(sections: Iterable[Section], kind: Kind) -> tuple[Entry, ...]:
    """List the figures or tables that carry a label."""
    return tuple(
        _entry(node, section, 1)
        for section in sections
        for node in nodes_of(section)
        if node.kind is kind and node.attrs.get("label")
    )


def _entry(node: Node, section: Section, level: int) -> Entry:
    captions = [child for child in node.children if child.kind is Kind.CAPTION]
    title = without_calls(captions[0].children if captions else node.children)
    return Entry(
        node.id, section.name, node.attrs.get("label", ""), title, plain(title).strip(), level
    )
