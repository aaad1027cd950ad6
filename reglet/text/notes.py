"""Notes of one section: gathered out of the text wherever they are written, and checked.

A call and its text may stand in any order and at any depth: in lists, quotes and other notes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Definition, Kind, Node
from reglet.text.rules.note import LABEL


@dataclass(slots=True)
class Gathering:
    """The notes found so far.

    `keep_inline` leaves inline notes with their calls; `prefix` makes labels of their own for them.
    """

    definitions: list[Definition] = field(default_factory=list)
    inline: int = 0
    keep_inline: bool = False
    prefix: str = ""

    def label(self) -> str:
        """Return a label for the next inline note."""
        self.inline += 1
        return f"^{self.prefix}{self.inline}"


def check(blocks: Iterable[Node], gathered: Gathering) -> list[Diagnostic]:
    """Report notes that are missing, unused, written twice, empty, or that call themselves."""
    first: dict[str, Definition] = {}
    found: list[Diagnostic] = []
    for definition in sorted(gathered.definitions, key=lambda item: item.span):
        label = definition.label
        if label in first:
            place = str(first[label].span)
            found.append(diagnose("duplicate-note", definition.span, label=label, first=place))
            continue
        first[label] = definition
        if not _has_words(definition.blocks):
            shown = label if not definition.inline else ""
            found.append(diagnose("empty-note", definition.span, label=shown))
    calls = {label: list(_calls(item.blocks)) for label, item in first.items()}
    outer = list(_calls(blocks))
    found += _missing([*outer, *(call for inner in calls.values() for call in inner)], first)
    called = {call.attrs["label"] for call in outer} | _called_in_directives(blocks, first)
    for label, inner in calls.items():
        called |= {call.attrs["label"] for call in inner} - {label}
    found += [
        diagnose("unused-note", item.span, label=label)
        for label, item in first.items()
        if not item.inline and label not in called and not _calls_itself(label, calls)
    ]
    return found + _loops(calls)


def first_of_each(definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """Return the definitions in the order of the source, the first of each label."""
    kept: dict[str, Definition] = {}
    for definition in sorted(definitions, key=lambda item: item.span):
        kept.setdefault(definition.label, definition)
    return tuple(kept.values())


def _calls(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield from (inner for inner in node.walk() if inner.kind is Kind.CALL)


def _missing(calls: Iterable[Node], known: Mapping[str, Definition]) -> list[Diagnostic]:
    written = [label for label, item in known.items() if not item.inline]
    return [
        diagnose("unknown-note", call.span, nearest(label, written), label=label)
        for call in calls
        if (label := call.attrs["label"]) not in known
    ]


def _called_in_directives(nodes: Iterable[Node], known: Mapping[str, Definition]) -> set[str]:
    """Find the notes that the text of directives calls; resolve reads it later."""
    texts = [inner.text for node in nodes for inner in node.walk() if inner.kind is Kind.DIRECTIVE]
    return {found[1] for text in texts for found in LABEL.finditer(text)} & set(known)


def _has_words(nodes: Iterable[Node]) -> bool:
    return any(
        inner.text.strip() or inner.cites or inner.kind in (Kind.REFERENCE, Kind.IMAGE)
        for node in nodes
        for inner in node.walk()
    )


def _calls_itself(label: str, calls: Mapping[str, list[Node]]) -> bool:
    """Tell whether a note is reached from its own calls."""
    seen: set[str] = set()
    waiting = [label]
    while waiting:
        for call in calls.get(waiting.pop(), ()):
            target = call.attrs["label"]
            if target == label:
                return True
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return False


def _loops(calls: Mapping[str, list[Node]]) -> list[Diagnostic]:
    """Report the calls by which a note reaches itself, one for each loop."""
    state: dict[str, str] = {}
    found: list[Diagnostic] = []
    for start in calls:
        path: list[tuple[str, list[Node]]] = []
        if start not in state:
            path.append((start, list(calls[start])))
            state[start] = "open"
        while path:
            label, waiting = path[-1]
            if not waiting:
                state[label] = "done"
                path.pop()
                continue
            call = waiting.pop(0)
            target = call.attrs["label"]
            if state.get(target) == "open":
                found.append(diagnose("note-loop", call.span, label=target))
            elif target in calls and target not in state:
                state[target] = "open"
                path.append((target, list(calls[target])))
    return found
