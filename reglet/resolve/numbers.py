"""Notes numbered in reading order: sections with calls and definitions in, calls and notes out.

A note is numbered at its first call; the notes called in it come right after it, before the next
call of the text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Definition, Kind, Node, Note, Section
from reglet.resolve.tree import definitions_of, merged, rewrite, walk
from reglet.resolve.wording import Wording

EDITOR_SIGNS = "*†‡§‖¶"
NESTING = 20  # notes within notes

_Key = tuple[str, str]  # section's name, note's label ("" for the section itself)


@dataclass(frozen=True, slots=True)
class Numbered:
    """Sections whose calls know their notes, and the notes by identifier in reading order."""

    sections: tuple[Section, ...]
    notes: Mapping[str, Note]
    diagnostics: tuple[Diagnostic, ...] = ()


def number_notes(sections: Sequence[Section], wording: Wording, *, by_section: bool) -> Numbered:
    """Number the notes of all sections; with `by_section`, from 1 in each of them."""
    run = _Run(wording, by_section)
    for section in sections:
        run.enter(section)
    notes = {draft.id: draft.finished(run) for draft in run.drafts.values()}
    done = tuple(
        replace(section, blocks=run.called(section.blocks, (section.name, "")), definitions=())
        for section in sections
    )
    return Numbered(done, notes, tuple(run.diagnostics))


@dataclass(slots=True)
class _Draft:
    """A note that has its number and is still collecting its calls."""

    key: _Key
    id: str
    number: str
    series: str
    definition: Definition
    calls: list[str] = field(default_factory=list)

    def finished(self, run: "_Run") -> Note:
        blocks = run.called(self.definition.blocks, self.key)
        span, section = self.definition.span, self.key[0]
        return Note(self.id, self.number, self.series, section, span, blocks, tuple(self.calls))


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
        definitions = definitions_of(section)
        stack: list[tuple[_Key, Iterator[Node]]] = [self._open((section.name, ""), section.blocks)]
        while stack:
            holder, calls = stack[-1]
            call = next(calls, None)
            if call is None:
                stack.pop()
                continue
            definition = definitions.get(call.attrs.get("label", ""))
            if definition is None:
                hint = nearest(call.attrs.get("label", ""), definitions)
                self._report("unknown-note", call, hint)
                self.resolved[holder].append(None)
                continue
            key = (section.name, definition.label)
            if any(key == text for text, _ in stack):
                self._report("note-loop", call)
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
            "note": draft.id,
            "number": draft.number,
            "series": draft.series,
            "first": "yes" if first else "",
        }
        return replace(call, id=anchor, attrs=merged(call.attrs, attrs), children=())

    def _draft(self, call: Node, key: _Key, definition: Definition) -> _Draft:
        series = "editor" if "editor" in call.classes else "source"
        self.count[series] += 1
        total = self.count[series]
        shown = total - self.start[series]
        if series == "editor":
            return _Draft(key, f"note-ed-{total}", editor_sign(shown), series, definition)
        return _Draft(key, f"note-{total}", self.wording.numeral(shown), series, definition)

    def _report(self, code: str, call: Node, hint: str = "") -> None:
        label = call.attrs.get("label", "")
        self.diagnostics.append(diagnose(code, call.span, hint, label=label))

    def called(self, blocks: tuple[Node, ...], key: _Key) -> tuple[Node, ...]:
        """Return a text with its calls resolved; a call of no note is left out."""
        calls = iter(self.resolved[key])

        def change(node: Node) -> tuple[Node, ...] | None:
            if node.kind is not Kind.CALL:
                return None
            call = next(calls, None)
            return (call,) if call else ()

        return rewrite(blocks, change)


def editor_sign(number: int) -> str:
    """Return the sign of an editor's note: * † ‡ § ‖ ¶, then each doubled, and so on."""
    times, index = divmod(number - 1, len(EDITOR_SIGNS))
    return EDITOR_SIGNS[index] * (times + 1)
