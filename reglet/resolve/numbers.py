"""Sections in, numbered notes, figures and tables out, in reading order."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reglet.model.document import Definition, Kind, Node, Note, Section

SYMBOLS = ("*", "†", "‡", "§", "‖", "¶")
EDITOR = "editor"


def symbol(number: int) -> str:
    """Return the sign of an editor's note: * † ‡ § ‖ ¶, then doubled, then trebled."""
    times, index = divmod(number - 1, len(SYMBOLS))
    return SYMBOLS[index] * (times + 1)


@dataclass(slots=True)
class _Begun:
    """A note while calls to it are being found."""

    note: Note
    calls: list[str] = field(default_factory=list)


class NoteNumbers:
    """Numbers the notes of a report; a note's own notes follow it."""

    def __init__(self, *, by_section: bool) -> None:
        self.by_section = by_section
        self.serial: dict[str, int] = {}  # of each series, for identifiers
        self.printed: dict[str, int] = {}  # of each series, for numbers
        self.notes: dict[str, _Begun] = {}
        self.section = ""
        self.known: Mapping[str, Definition] = {}
        self.by_label: dict[str, str] = {}

    def number(self, section: Section) -> Section:
        """Number the notes of a section; its calls then name their notes."""
        self.section = section.name
        self.known = {definition.label: definition for definition in section.definitions}
        self.by_label = {}
        self.printed[EDITOR] = 0
        if self.by_section:
            self.printed.clear()
        return replace(section, blocks=self._all(section.blocks, in_note=False), definitions=())

    def finished(self) -> dict[str, Note]:
        """Return all notes by identifier, in reading order."""
        return {
            id: replace(begun.note, calls=tuple(begun.calls)) for id, begun in self.notes.items()
        }

    def _all(self, nodes: tuple[Node, ...], *, in_note: bool) -> tuple[Node, ...]:
        found: list[Node] = []
        for node in nodes:
            if node.kind is Kind.CALL:
                found.extend(self._labelled(node))
            elif node.kind is Kind.CITATION and not in_note:
                found.extend(self._cited(node))
            elif node.children:
                found.append(replace(node, children=self._all(node.children, in_note=in_note)))
            else:
                found.append(node)
        return tuple(found)

    def _labelled(self, call: Node) -> tuple[Node, ...]:
        label = call.attrs["label"]
        if label in self.by_label:
            return (self._call(call, self.notes[self.by_label[label]].note, first=False),)
        definition = self.known.get(label)
        if definition is None:  # told by the text stage
            return ()
        series = EDITOR if EDITOR in call.classes else "source"
        note = self._begin(series, definition)
        self.by_label[label] = note.id
        called = self._call(call, note, first=True)
        blocks = self._all(definition.blocks, in_note=True)
        self.notes[note.id].note = replace(note, blocks=blocks)
        return (called,)

    def _cited(self, citation: Node) -> tuple[Node, ...]:
        """Make a note of a citation in the text; `@key` also names the author in the text."""
        span = citation.span
        definition = Definition("", span, (Node(Kind.PARAGRAPH, span, (citation,)),))
        note = self._begin("source", definition)
        call = self._call(Node(Kind.CALL, span, classes=citation.classes), note, first=True)
        if citation.cites and citation.cites[0].author_in_text:
            return Node(Kind.CITATION, span, cites=citation.cites[:1]), call
        return (call,)

    def _begin(self, series: str, definition: Definition) -> Note:
        self.serial[series] = self.serial.get(series, 0) + 1
        self.printed[series] = self.printed.get(series, 0) + 1
        printed = self.printed[series]
        prefix = "note-ed-" if series == EDITOR else "note-"
        note = Note(
            id=f"{prefix}{self.serial[series]}",
            number=symbol(printed) if series == EDITOR else str(printed),
            series=series,
            section=self.section,
            span=definition.span,
            blocks=definition.blocks,
        )
        self.notes[note.id] = _Begun(note)
        return note

    def _call(self, call: Node, note: Note, *, first: bool) -> Node:
        calls = self.notes[note.id].calls
        name = note.id.replace("note-", "call-", 1)
        calls.append(name if not calls else f"{name}-{len(calls) + 1}")
        attrs = {
            "note": note.id,
            "number": note.number,
            "series": note.series,
            "first": "yes" if first else "",
        }
        return Node(Kind.CALL, call.span, id=calls[-1], classes=call.classes, attrs=attrs)


class Labels:
    """Numbers figures and tables through the whole report."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words
        self.counts: dict[Kind, int] = {}
        self.labels: dict[str, str] = {}  # identifier -> "Figure 2"

    def label(self, node: Node) -> Node:
        """Label a figure or table that has a caption; other nodes stay as they are."""
        if node.kind not in (Kind.FIGURE, Kind.TABLE) or "unnumbered" in node.classes:
            return node
        captions = [child for child in node.children if child.kind is Kind.CAPTION]
        if not captions:
            return node
        self.counts[node.kind] = self.counts.get(node.kind, 0) + 1
        number = self.counts[node.kind]
        label = f"{self.words.get(node.kind, node.kind.title())} {number}"
        id = node.id or f"{'fig' if node.kind is Kind.FIGURE else 'tbl'}-{number}"
        self.labels[id] = label
        children = tuple(
            replace(child, attrs={**child.attrs, "label": label}) if child is captions[0] else child
            for child in node.children
        )
        return replace(node, id=id, attrs={**node.attrs, "label": label}, children=children)
