"""Blocks of raw HTML as in CommonMark; but a comment before text does not make HTML of the text."""

import re

from markdown_it import rules_block
from markdown_it.rules_block import StateBlock

_COMMENT = re.compile(r"<!--(?:[^\n-]|-(?!->)|\n(?![ \t]*\n))*-->[ \t]*[^ \t\n]")


def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a block of HTML."""
    at = state.bMarks[start] + state.tShift[start]
    if _COMMENT.match(state.src, at):
        return False
    return rules_block.html_block(state, start, end, silent)
