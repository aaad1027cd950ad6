"""Calls of notes: `[^label]`, and `^[the note itself]`."""

import re

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline

from reglet.text.rules.places import placed

LABEL = re.compile(r"\[\^([^\s\[\]^]{1,200})\]")


def call(state: StateInline, silent: bool) -> bool:
    """Read a call of either kind; an inline note's tokens are the call's children."""
    if state.src.startswith("^[", state.pos):
        return _inline(state, silent)
    found = LABEL.match(state.src, state.pos)
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        token = state.push("call", "", 0)
        token.meta["label"] = found[1]
    state.pos = found.end()
    return True


def _inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    end = parseLinkLabel(state, start + 1)
    if end < 0:
        return False
    if not silent:
        token = state.push("call", "", 0)
        token.children = placed(state).within(start + 2, end)
        token.meta["inline"] = True
    state.pos = end + 1
    return True
