"""A backslash and a space make a space at which no line is broken (Pandoc)."""

from markdown_it import rules_inline
from markdown_it.rules_inline import StateInline


def escape(state: StateInline, silent: bool) -> bool:
    """Read an escaped character."""
    if not state.src.startswith("\\ ", state.pos) or state.pos + 2 > state.posMax:
        return rules_inline.escape(state, silent)
    if not silent:
        token = state.push("text_special", "", 0)
        token.content = "\u00a0"
    state.pos += 2
    return True
