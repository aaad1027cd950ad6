"""A note's text, `[^label]: …` with what is indented under it, by mdit-py-plugins' rule."""

import re

from markdown_it.rules_block import StateBlock
from mdit_py_plugins.footnote.index import footnote_def

from reglet.text.rules.note import LABEL

_DEFINITION = re.compile(LABEL.pattern + ":")


def note_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a definition; its opening token knows where its label stands."""
    at = state.bMarks[start] + state.tShift[start]
    found = _DEFINITION.match(state.src, at, state.eMarks[start])
    count = len(state.tokens)
    if not found or not footnote_def(state, start, end, silent):
        return False
    if not silent:
        state.tokens[count].meta |= {"at": at, "end": found.end() - 1}
    return True
