"""`[text]{.class}`: a span with attributes (Pandoc)."""

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline

from reglet.text.attributes import looks_meant, read
from reglet.text.rules.places import attach, report


def span(state: StateInline, silent: bool) -> bool:
    """Read bracketed text that attributes follow."""
    start = state.pos
    if state.src[start] != "[":
        return False
    end = parseLinkLabel(state, start)
    if end < 0 or not state.src.startswith("{", end + 1):
        return False
    found = read(state.src, end + 1)
    if not found or found.end > state.posMax:
        if not silent and looks_meant(state.src, end + 1):
            close = state.src.find("}", end, state.posMax) + 1 or end + 2
            report(state, "bad-attributes", end + 1, close, text=state.src[end + 1 : close])
        return False
    if not silent:
        outer = state.posMax
        state.push("span_open", "span", 1)
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.pos, state.posMax = end, outer
        token = state.push("span_close", "span", -1)
        attach(state, token, found, "span", end + 1)
    state.pos = found.end
    return True
