"""Notes, figures and tables numbered in reading order.

A note is numbered at its first call; the notes called in it come right after it, before the next
call of the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Definition, Kind, Node, Note, Section
from reglet.resolve.walk import change, change_section, nodes_of, walk
from reglet.resolve.wording import Wording

EDITOR_SIGNS = "*†‡§‖¶"
NESTING = 20  # notes within notes

_Key = tuple[str, str]  # section's name, note's label ("" for the section's own text)


@dataclass(frozen=True, slots=True)
class Numbered:
    """Sections whose calls know their notes, and the notes by identifier in reading order."""

    sections: tuple[Section, ...]
    notes: Mapping[str, Note]
    labelled: Mapping[tuple[str, str], str]  # section's name and label -> identifier
    diagnostics: tuple[Diagnostic, ...] = ()


def number_notes(sections: Sequence[Section], wording: Wording, *, by_section: bool) -> Numbered:
    """Number the notes of all sections; with `by_section`, from 1 in each of them."""
    run = _Run(wording, by_section)
    for section in sections:
        run.enter(section)
    notes = {draft.id: run.finished(draft) for draft in run.drafts.values()}
    done = tuple(
        replace(section, blocks=run.called(section.blocks, (section.name, "")), definitions=())
        for section in sections
    )
    labelled = {key: draft.id for key, draft in run.drafts.items()}
    return Numbered(done, notes, labelled, tuple(run.diagnostics))


def editor_sign(number: int) -> str:
    """Return the sign of an editor's note: * † ‡ § ‖ ¶, then each doubled, and so on."""
    times, index = divmod(number - 1, len(EDITOR_SIGNS))
    return EDITOR_SIGNS[index] * (times + 1)


@dataclass(slots=True)
class _Draft:
    """A note that has its number and is still collecting its calls."""

    key: _Key
    id: str
    number: str
    series: str
    definition: Definition
    calls: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    """One pass over the report; `resolved` holds the calls of each text in reading order."""

    wording: Wording
    by_section: bool
    drafts: dict[_Key, _Draft] = field(default_factory=dict)
    resolved: dict[_Key, list[Node | None]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    count: dict[str, int] = field(default_factory=lambda: {"source": 0, "editor": 0})
    start: dict[str, int] = field(default_factory=lambda: {"source": 0, "editor": 0})

    def enter(self, section: Section) -> None:
        """Number a section's notes; a stack holds the texts being read, the innermost last."""
        if self.by_section:
            self.start = dict(self.count)
        self.start["editor"] = self.count["editor"]  # signs begin anew in each section
        definitions = {item.label: item for item in reversed(section.definitions)}
        stack: list[tuple[_Key, Iterator[Node]]] = [self._open((section.name, ""), section.blocks)]
        while stack:
            holder, calls = stack[-1]
            call = next(calls, None)
            if call is None:
                stack.pop()
                continue
            definition = definitions.get(call.attrs.get("label", ""))
            if definition is None:
                self._unknown(call, definitions)
                self.resolved[holder].append(None)
                continue
            key = (section.name, definition.label)
            first = key not in self.drafts
            self.resolved[holder].append(self._call(call, key, definition))
            if first and len(stack) <= NESTING:
                stack.append(self._open(key, definition.blocks))
            elif first:
                self.resolved[key] = []
                self.diagnostics.append(diagnose("too-deep", call.span, limit=NESTING))

    def _open(self, key: _Key, blocks: tuple[Node, ...]) -> tuple[_Key, Iterator[Node]]:
        self.resolved[key] = []
        return key, (node for node in walk(blocks) if node.kind is Kind.CALL)

    def _call(self, call: Node, key: _Key, definition: Definition) -> Node:
        """Return the call with its note's number, which the first call gives it."""
        first = key not in self.drafts
        if first:
            self.drafts[key] = self._draft(call, key, definition)
        draft = self.drafts[key]
        anchor = f"call-{draft.id.removeprefix('note-')}"
        anchor += "" if first else f"-{len(draft.calls) + 1}"
        draft.calls.append(anchor)
        attrs = {
            **call.attrs,
            "note": draft.id,
            "number": draft.number,
            "series": draft.series,
            "first": "yes" if first else "",
        }
        return replace(call, id=anchor, attrs=attrs)

    def _draft(self, call: Node, key: _Key, definition: Definition) -> _Draft:
        series = "editor" if "editor" in call.classes else "source"
        self.count[series] += 1
        total = self.count[series]
        shown = total - self.start[series]
        if series == "editor":
            return _Draft(key, f"note-ed-{total}", editor_sign(shown), series, definition)
        return _Draft(key, f"note-{total}", self.wording.numeral(shown), series, definition)

    def _unknown(self, call: Node, definitions: Mapping[str, Definition]) -> None:
        label = call.attrs.get("label", "")
        written = [item.label for item in definitions.values() if not item.inline]
        hint = nearest(label, written)
        self.diagnostics.append(diagnose("unknown-note", call.span, hint, label=label))

    def finished(self, draft: _Draft) -> Note:
        """Return a note whose calls are all known."""
        return Note(
            id=draft.id,
            number=draft.number,
            series=draft.series,
            section=draft.key[0],
            span=draft.definition.span,
            blocks=self.called(draft.definition.blocks, draft.key),
            calls=tuple(draft.calls),
        )

    def called(self, blocks: tuple[Node, ...], key: _Key) -> tuple[Node, ...]:
        """Return a text with its calls resolved; a call of no note is left out."""
        calls = iter(self.resolved[key])

        def called(node: Node) -> Node | tuple[Node, ...]:
            if node.kind is not Kind.CALL:
                return node
            return next(calls, None) or ()

        return change(blocks, called)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Sections whose figures and tables have their labels; `labels` by identifier."""

    sections: tuple[Section, ...]
    labels: Mapping[str, str]


def number_figures(sections: Sequence[Section], wording: Wording) -> Labelled:
    """Number the figures and the tables that have a caption or an identifier of their own.

    Those without an identifier are given one that nothing else has.
    """
    taken = {node.id for section in sections for node in nodes_of(section) if node.id}
    counts = {Kind.FIGURE: 0, Kind.TABLE: 0}
    labels: dict[str, str] = {}

    def labelled(node: Node) -> Node:
        if not _is_numbered(node):
            return node
        counts[node.kind] += 1
        number = counts[node.kind]
        label = wording.numbered(node.kind, number)
        name = node.id or _unused(f"{node.kind}-{number}", taken)
        labels.setdefault(name, label)
        children = tuple(
            replace(child, attrs={**child.attrs, "label": label})
            if child.kind is Kind.CAPTION
            else child
            for child in node.children
        )
        return replace(node, id=name, attrs={**node.attrs, "label": label}, children=children)

    return Labelled(tuple(change_section(section, labelled) for section in sections), labels)


def _is_numbered(node: Node) -> bool:
    if node.kind not in (Kind.FIGURE, Kind.TABLE) or "unnumbered" in node.classes:
        return False
    has_caption = any(child.kind is Kind.CAPTION for child in node.children)
    return has_caption or node.id.startswith(("fig-", "tbl-"))


def _unused(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "-x"
    taken.add(name)
    return name
