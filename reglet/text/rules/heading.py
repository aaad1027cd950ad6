"""Headings as in CommonMark, with attributes at their end: `# Title {#sec-a .class}`, `{-}`."""

import re
from collections.abc import Callable

from markdown_it import rules_block
from markdown_it.rules_block import StateBlock

from reglet.text.attributes import accept, looks_meant, read
from reglet.text.positions import Lines, tails
from reglet.text.sheet import sheet_of

_LAST = re.compile(r"(?:^|[ \t]+)(\{[^{}]*(?:\"[^\"]*\"[^{}]*)?\})$")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+$")


def atx(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `# Title {…}`, or `# Title # {…}`."""
    return _heading(rules_block.heading, state, start, end, silent)


def setext(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a title underlined with `===` or `---`."""
    return _heading(rules_block.lheading, state, start, end, silent)


def _heading(
    rule: Callable[[StateBlock, int, int, bool], bool],
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,
) -> bool:
    if not rule(state, start, end, silent):
        return False
    if silent:
        return True
    opened, text = state.tokens[-3:-1]
    sheet = sheet_of(state.env)
    first, last = text.map or (start, start + 1)
    if isinstance(sheet.places, Lines):
        text.meta["pieces"] = tails(sheet.places, text.content, first, last)
    found = _LAST.search(text.content)
    if not found:
        return True
    attributes = read(found[1])
    pieces = text.meta["pieces"]
    place, stop = pieces.start(found.start(1)), pieces.end(found.end(1))
    if attributes:
        opened.meta["attributes"] = accept(attributes, "heading", sheet, place, stop)
        text.content = _CLOSING.sub("", text.content[: found.start()]).rstrip()
    elif looks_meant(found[1], 0):
        sheet.report("bad-attributes", place, stop, text=found[1])
    return True
