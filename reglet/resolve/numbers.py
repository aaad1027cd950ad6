"""Notes, figures and tables numbered in reading order.

A note is numbered at its first call; the notes called in it come right after it, before the next
call of the text. Notes below a table are lettered in it; what they call comes after its calls.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Definition, Kind, Node, Note, Section
from reglet.resolve.below import BELOW
from reglet.resolve.signs import LETTERS, editor_sign, letter
from reglet.resolve.walk import change, change_section, nodes_of
from reglet.resolve.wording import Wording

NESTING = 20  # notes within notes
PREFIXES = {"source": "", "editor": "ed-", BELOW: "below-"}  # of identifiers, by series

_Key = tuple[str, str, str]
"""A text: section's name, note's label ("" for the section's own), what it is to stand below."""


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
        replace(section, blocks=run.called(section.blocks, (section.name, "", "")), definitions=())
        for section in sections
    )
    labelled: dict[tuple[str, str], str] = {}
    for draft in sorted(run.drafts.values(), key=lambda item: item.series == BELOW):
        labelled.setdefault(draft.key[:2], draft.id)
    return Numbered(done, notes, labelled, tuple(run.diagnostics))


@dataclass(slots=True)
class _Draft:
    """A note that has its number and is still collecting its calls."""

    key: _Key
    id: str
    number: str
    series: str
    definition: Definition
    place: str = ""
    calls: list[str] = field(default_factory=list)


_Reading = Iterator[tuple[_Key, Node]]  # of calls, each with the text that it stands in


@dataclass(slots=True)
class _Run:
    """One pass over the report.

    `resolved` holds the calls of each text in reading order, `held` the notes that stand below
    each table or figure.
    """

    wording: Wording
    by_section: bool
    drafts: dict[_Key, _Draft] = field(default_factory=dict)
    resolved: dict[_Key, list[Node | None]] = field(default_factory=dict)
    held: dict[str, list[_Draft]] = field(default_factory=dict)
    printed: set[tuple[str, str]] = field(default_factory=set)  # labels of notes that are finished
    diagnostics: list[Diagnostic] = field(default_factory=list)
    count: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PREFIXES, 0))
    start: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PREFIXES, 0))

    def enter(self, section: Section) -> None:
        """Number a section's notes; a stack holds the texts being read, the innermost last."""
        if self.by_section:
            self.start = dict(self.count)
        self.start["editor"] = self.count["editor"]  # signs begin anew in each section
        definitions = {item.label: item for item in reversed(section.definitions)}
        stack = [self._open((section.name, "", ""), section.blocks)]
        while stack:
            found = next(stack[-1], None)
            if found is None:
                stack.pop()
                continue
            text, node = found
            if node.kind is not Kind.CALL:
                self._end(stack, node)
                continue
            definition = definitions.get(node.attrs.get("label", ""))
            if definition is None:
                self._unknown(node, definitions)
                self.resolved[text].append(None)
                continue
            key = (section.name, definition.label, node.attrs.get(BELOW, ""))
            self.resolved[text].append(self._call(node, key, definition))
            if not key[2]:
                self._enter(stack, node, (self.drafts[key],))

    def _end(self, stack: list[_Reading], holder: Node) -> None:
        """Read the notes below a table or figure, after the calls in it."""
        drafts = self.held.get(holder.attrs[BELOW], ())
        for draft in drafts:
            draft.place = holder.attrs.get("label", "")
        self._enter(stack, holder, drafts)

    def _enter(self, stack: list[_Reading], beside: Node, drafts: Sequence[_Draft]) -> None:
        """Read the texts of notes next, but for those that have been read."""
        unread = [draft for draft in drafts if draft.key not in self.resolved]
        if unread and len(stack) > NESTING:
            self.resolved |= {draft.key: [] for draft in unread}
            self.diagnostics.append(diagnose("too-deep", beside.span, limit=NESTING))
        elif unread:
            texts = [self._open(draft.key, draft.definition.blocks) for draft in unread]
            stack.append(chain.from_iterable(texts))

    def _open(self, key: _Key, blocks: tuple[Node, ...]) -> _Reading:
        self.resolved[key] = []
        return ((key, node) for node in calls_in(blocks))

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
        series = BELOW if key[2] else "editor" if "editor" in call.classes else "source"
        self.count[series] += 1
        shown = self.count[series] - self.start[series]
        held = self.held.setdefault(key[2], [])
        if series == BELOW:
            number = letter(len(held) + 1, self.wording.labels.get("letters") or LETTERS)
        else:
            number = editor_sign(shown) if series == "editor" else self.wording.numeral(shown)
        id = f"note-{PREFIXES[series]}{self.count[series]}"
        draft = _Draft(key, id, number, series, definition)
        held.append(draft)
        return draft

    def _unknown(self, call: Node, definitions: Mapping[str, Definition]) -> None:
        label = call.attrs.get("label", "")
        written = [item.label for item in definitions.values() if not item.inline]
        hint = nearest(label, written)
        self.diagnostics.append(diagnose("unknown-note", call.span, hint, label=label))

    def finished(self, draft: _Draft) -> Note:
        """Return a note whose calls are all known; printed again, it has no identifiers inside."""
        blocks = self.called(draft.definition.blocks, draft.key)
        if draft.key[:2] in self.printed:
            blocks = change(blocks, _nameless)
        self.printed.add(draft.key[:2])
        return Note(
            id=draft.id,
            number=draft.number,
            series=draft.series,
            section=draft.key[0],
            span=draft.definition.span,
            blocks=blocks,
            calls=tuple(draft.calls),
            place=draft.place,
        )

    def called(self, blocks: tuple[Node, ...], key: _Key) -> tuple[Node, ...]:
        """Return a text with its calls resolved; a call of no note is left out."""
        calls = iter(self.resolved[key])

        def called(node: Node) -> Node | tuple[Node, ...]:
            if node.kind is Kind.CALL:
                return next(calls, None) or ()
            if BELOW in node.attrs:
                notes = " ".join(draft.id for draft in self.held.get(node.attrs[BELOW], ()))
                return replace(node, attrs={**node.attrs, BELOW: notes})
            return node

        return change(blocks, called)


def calls_in(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the calls in reading order, and after those in it a table or figure with notes."""
    for node in nodes:
        if node.kind is Kind.CALL:
            yield node
            continue
        yield from calls_in(node.children)
        if BELOW in node.attrs:
            yield node


def _nameless(node: Node) -> Node:
    return node if node.kind is Kind.CALL or not node.id else replace(node, id="")


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
