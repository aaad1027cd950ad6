"""References to notes, once these have their numbers: `@note-label` in, links to the notes out."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reglet.language import direction
from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Kind, Node, Section
from reglet.resolve.numbers import Numbered
from reglet.resolve.prose import begins_sentence
from reglet.resolve.references import NOTE
from reglet.resolve.walk import DRESSING, text
from reglet.resolve.wording import Wording


def link_notes(
    numbered: Numbered, written: Sequence[Section], wording: Wording, works: Container[str]
) -> Numbered:
    """Word the references to notes; `written` are the sections with their notes' labels."""
    labels = {section.name: {item.label for item in section.definitions} for section in written}
    mentions = _Mentions(numbered, labels, wording, works)
    sections = tuple(
        replace(section, blocks=mentions.row(section.blocks, section.name))
        for section in numbered.sections
    )
    notes = {
        id: replace(note, blocks=mentions.row(note.blocks, note.section))
        for id, note in numbered.notes.items()
    }
    found = tuple(dict.fromkeys(mentions.found))  # a note may be printed more than once
    diagnostics = (*numbered.diagnostics, *found)
    return replace(numbered, sections=sections, notes=notes, diagnostics=diagnostics)


@dataclass(slots=True)
class _Mentions:
    """Looks notes up; `labels` are those of each section."""

    numbered: Numbered
    labels: Mapping[str, set[str]]
    wording: Wording
    works: Container[str]
    found: list[Diagnostic] = field(default_factory=list)

    def row(
        self, nodes: tuple[Node, ...], section: str, *, within: bool = False
    ) -> tuple[Node, ...]:
        """Link the references among siblings; `within` tells that these begin no sentence."""
        done: list[Node] = []
        for node in nodes:
            if node.kind is Kind.REFERENCE:
                first = not within and begins_sentence(done)
                done.append(self._link(node, section, first=first))
            elif node.children:
                inner = self.row(node.children, section, within=node.kind in DRESSING)
                done.append(node if inner == node.children else replace(node, children=inner))
            else:
                done.append(node)
        return tuple(done)

    def _link(self, node: Node, section: str, *, first: bool) -> Node:
        """Return "note 12" as a link; the number alone for `-@note-label`."""
        label = node.attrs["target"].removeprefix(NOTE)
        note = self._note(node, label, section)
        if not note:
            return text(f"@{node.attrs['target']}", node)
        words: tuple[Node, ...] = (text(self.numbered.notes[note].number, node),)
        attrs = {"href": f"#{note}"}
        if node.attrs.get("form") != "number":
            name = self._named(note)
            name = name[:1].upper() + name[1:] if first else name
            words = (text(f"{name}\u00a0", node), *words)
            attrs["page-of"] = note
        return Node(Kind.LINK, node.span, words, classes=("reference",), attrs=attrs)

    def _named(self, note: str) -> str:
        """Return "note", or "Table 1, note" for one that stands below a table."""
        name, place = self.wording.label("note_reference"), self.numbered.notes[note].place
        comma = "،" if direction(self.wording.lang) == "rtl" else ","
        return f"{place}{comma} {name}" if place else name

    def _note(self, node: Node, label: str, section: str) -> str:
        """Return the identifier of the note that a label names; nothing, where it is unclear."""
        holders = [name for name, known in self.labels.items() if label in known]
        if section in holders:
            holders = [section]
        if len(holders) == 1:  # a note that is called nowhere has none: that is told of the note
            return self.numbered.labelled.get((holders[0], label), "")
        if holders:
            fault = diagnose("ambiguous-note", node.span, label=label, sections=", ".join(holders))
        else:
            fault = diagnose("unknown-note", node.span, self._hint(label), label=label)
        self.found.append(fault)
        return ""

    def _hint(self, label: str) -> str:
        target = f"{NOTE}{label}"
        if target in self.works:
            return f"write `@{{{target}}}` to cite the source"
        known = [f"{NOTE}{item}" for labels in self.labels.values() for item in labels]
        return nearest(target, [item for item in known if not set(item) & set("^ ")])
