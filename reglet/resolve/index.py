"""A resolved report with marked terms in, the same with their places named and its index out.

`[words]{.index}` marks a place, under the words themselves or those of `term`; a division of class
`index` marks all that it holds. Terms are parted by `;`, levels of a term by `>`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, groupby

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose, nearest
from reglet.model.document import Document, IndexEntry, IndexGroup, Kind, Locator, Node
from reglet.model.span import Span
from reglet.model.words import plain
from reglet.resolve.alphabet import initial, sort_key
from reglet.resolve.walk import text, titled
from reglet.resolve.wording import Wording

INDEX = "index"
DEEPEST = 3  # levels of a term

_HOLDERS = {
    *(Kind.PARAGRAPH, Kind.HEADING, Kind.TERM, Kind.LINE_BLOCK, Kind.CAPTION, Kind.CELL),
}
"""What an anchor may stand in."""

Path = tuple[str, ...]


def indexed(document: Document, wording: Wording) -> Outcome[Document]:
    """Give the marks of the index identifiers, and list their terms by letters."""
    marking = _Marking(wording)
    sections = tuple(
        replace(section, blocks=marking.of(section.blocks, section.name))
        for section in document.sections
    )
    notes = {
        id: replace(note, blocks=marking.of(note.blocks, note.section, f"{note.number}"))
        for id, note in document.notes.items()
    }
    index = marking.groups()
    return Outcome(
        replace(
            document,
            sections=sections,
            notes=notes,
            index=index,
            anchors={**document.anchors, **marking.anchors},
        ),
        tuple(marking.found),
    )


@dataclass(slots=True)
class _Term:
    """A term while its places are gathered."""

    title: tuple[Node, ...]
    span: Span
    locators: list[Locator] = field(default_factory=list)
    see: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Marking:
    """Names the marks of one text after the other, and gathers their terms by their paths."""

    wording: Wording
    terms: dict[Path, _Term] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    section: str = ""
    title: str = ""
    noted: bool = False  # whether these are the words of a note
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def of(self, nodes: tuple[Node, ...], section: str, note: str = "") -> tuple[Node, ...]:
        """Name the marks among `nodes`, which are of a section or of a note of it."""
        self.section, self.noted = section, bool(note)
        self.title = f"{self.wording.label('note_reference')}\u00a0{note}" if note else ""
        return self._row(nodes)

    def _pass(self, node: Node) -> None:
        """Take note of a heading, under which all places after it are."""
        if node.kind is Kind.HEADING and not self.noted:
            self.title = plain(titled(node.children))

    def _row(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        done: list[Node] = []
        for node in nodes:
            self._pass(node)
            if INDEX in node.classes and node.kind is Kind.SPAN:
                done.append(self._span(node))
            elif INDEX in node.classes and node.kind is Kind.DIV:
                done += self._division(node)
            elif node.children:
                inner = self._row(node.children)
                done.append(node if inner == node.children else replace(node, children=inner))
            else:
                done.append(node)
        return tuple(done)

    def _span(self, node: Node) -> Node:
        """Name a mark in a line; one that only sends to another term is no place."""
        node = replace(node, children=self._row(node.children))
        bare = _bare(node)
        see, also = (_terms(node.attrs.get(key, "")) for key in ("see", "see-also"))
        id = "" if see else node.id or f"index-mark-{next(self.numbers)}"
        for path, title in self._paths(node):
            term = self._term(path, title, node)
            term.see += see
            term.also += also
            if id:
                term.locators.append(Locator(id, self.section, self.title))
        if id:
            self.anchors[id] = self.section
        return replace(bare, id=id)

    def _division(self, node: Node) -> tuple[Node, ...]:
        """Name where a passage begins and ends; the division itself goes."""
        start = f"index-mark-{next(self.numbers)}"
        end = f"{start}-end"
        for child in node.children[:1]:
            self._pass(child)
        for path, title in self._paths(node):
            self._term(path, title, node).locators.append(
                Locator(start, self.section, self.title, end)
            )
        self.anchors |= {start: self.section, end: self.section}
        inner = self._row(node.children)
        opened = _put(inner, Node(Kind.SPAN, node.span, id=start), first=True)
        return _put(opened, Node(Kind.SPAN, node.span, id=end), first=False)

    def _paths(self, node: Node) -> list[tuple[Path, tuple[Node, ...]]]:
        """Return the terms that a mark names, each with what is printed of its last level."""
        written = _terms(node.attrs.get("term", ""))
        if written:
            paths = [tuple(part.strip() for part in term.split(">")) for term in written]
            return [(path[:DEEPEST], (text(path[-1], node),)) for path in paths if all(path)]
        title = titled(node.children) if node.kind is Kind.SPAN else ()
        words = plain(title)
        if not words:
            self.found.append(diagnose("empty-term", node.span))
            return []
        return [((words,), title)]

    def _term(self, path: Path, title: tuple[Node, ...], node: Node) -> _Term:
        for depth in range(1, len(path)):
            above = path[:depth]
            self.terms.setdefault(above, _Term((text(above[-1], node),), node.span))
        return self.terms.setdefault(path, _Term(title, node.span))

    def groups(self) -> tuple[IndexGroup, ...]:
        """Return the terms in the language's order, by their first letters."""
        lang = self.wording.lang
        entries = self._entries((), {path: f"index-term-{n}" for n, path in enumerate(self.terms)})
        return tuple(
            IndexGroup(letter, tuple(held))
            for letter, held in groupby(entries, lambda entry: initial(entry.plain, lang))
        )

    def _entries(self, above: Path, ids: dict[Path, str]) -> tuple[IndexEntry, ...]:
        depth = len(above) + 1
        paths = [path for path in self.terms if len(path) == depth and path[:-1] == above]
        paths.sort(key=lambda path: sort_key(path[-1], self.wording.lang))
        return tuple(
            IndexEntry(
                ids[path],
                self.terms[path].title,
                path[-1],
                tuple(self.terms[path].locators),
                self._sent(self.terms[path].see, self.terms[path].span, ids),
                self._sent(self.terms[path].also, self.terms[path].span, ids),
                self._entries(path, ids),
            )
            for path in paths
        )

    def _sent(
        self, names: Sequence[str], span: Span, ids: dict[Path, str]
    ) -> tuple[tuple[str, str], ...]:
        """Find the terms that one sends to; one that there is not is told."""
        sent: dict[str, str] = {}
        for name in names:
            path = tuple(part.strip() for part in name.split(">"))
            if path in ids:
                sent[", ".join(path)] = ids[path]
            else:
                known = [" > ".join(other) for other in ids]
                self.found.append(diagnose("unknown-term", span, nearest(name, known), term=name))
        return tuple(sent.items())


def _terms(words: str) -> list[str]:
    return [term.strip() for term in words.split(";") if term.strip()]


def _bare(node: Node) -> Node:
    """Take off what made a span a mark."""
    attrs = {key: node.attrs[key] for key in node.attrs if key not in ("term", "see", "see-also")}
    classes = tuple(name for name in node.classes if name != INDEX)
    return replace(node, classes=classes, attrs=attrs)


def _put(nodes: tuple[Node, ...], anchor: Node, *, first: bool) -> tuple[Node, ...]:
    """Put an anchor before the first words of blocks, or behind the last."""
    order = range(len(nodes)) if first else range(len(nodes) - 1, -1, -1)
    for place in order:
        node = nodes[place]
        if node.kind in _HOLDERS:
            children = (anchor, *node.children) if first else (*node.children, anchor)
        else:
            children = _put(node.children, anchor, first=first)
            if children == node.children:
                continue
        return (*nodes[:place], replace(node, children=children), *nodes[place + 1 :])
    return nodes
