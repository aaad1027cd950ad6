"""A section as lines of text: what the goldens of tests/cases/text hold."""

from collections.abc import Iterable, Iterator

from reglet.model.diagnostic import Outcome
from reglet.model.document import Kind, Node, Section
from reglet.model.span import Span


def dump(outcome: Outcome[Section]) -> str:
    """Write a section's nodes, notes and diagnostics, a line each."""
    section = outcome.value
    head = f"section {section.name} role={section.role} lang={section.lang}"
    if section.running_head:
        head += f" running-head={section.running_head!r}"
    lines = [head]
    for block in section.blocks:
        lines += lines_of(block, 0)
    for definition in section.definitions:
        kind = "inline note" if definition.inline else "note"
        lines.append(f"{kind} {definition.label} {_place(definition.span)}")
        for block in definition.blocks:
            lines += lines_of(block, 1)
    for item in outcome.diagnostics:
        hint = f" ({item.hint})" if item.hint else ""
        place = _place(item.span)
        lines.append(f"{item.severity} {place} [{item.code}] {item.message}{hint}")
    return "\n".join(lines) + "\n"


def lines_of(node: Node, depth: int) -> Iterator[str]:
    """Write a node and all below it."""
    parts = [node.kind.value, _place(node.span)]
    parts += [f"#{node.id}"] * bool(node.id) + [f".{name}" for name in node.classes]
    parts += [f"{name}={value!r}" for name, value in node.attrs.items()]
    parts += [repr(node.text)] * bool(node.text)
    yield "  " * depth + " ".join(parts)
    for cite in node.cites:
        named = {
            "prefix": _words(cite.prefix),
            "label": cite.label,
            "term": cite.term,
            "locator": cite.locator,
            "suffix": _words(cite.suffix),
            "author": "left out" * cite.suppress_author + "in the text" * cite.author_in_text,
        }
        shown = " ".join(f"{name}={value!r}" for name, value in named.items() if value)
        line = f"cite {_place(cite.span)} {cite.key} {shown}"
        yield "  " * (depth + 1) + line.rstrip()
    for child in node.children:
        yield from lines_of(child, depth + 1)


def _words(nodes: Iterable[Node]) -> str:
    """Write inline nodes on a line, kinds but text in brackets."""
    return "".join(
        node.text + _words(node.children)
        if node.kind is Kind.TEXT
        else f"[{node.kind.value} {node.text}{_words(node.children)}]"
        for node in nodes
    )


def _place(span: Span) -> str:
    return f"{span.line}:{span.column}+{span.length}"
