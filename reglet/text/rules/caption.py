"""A table's caption, `: Caption {#tbl-x}` or `Table: Caption`, before or after the table."""

import re

from markdown_it.rules_block import StateBlock

from reglet.text.attributes import Attributes, accept, looks_meant, read
from reglet.text.positions import Pieces, join
from reglet.text.sheet import sheet_of

_START = re.compile(r"(?:[Tt]able)?:[ \t]+(?=\S)")
_LAST = re.compile(r"(?:^|\s+)(\{[^{}]*\})$")


def begins(state: StateBlock, line: int) -> bool:
    """Tell whether a caption begins on `line`."""
    if line >= state.lineMax or state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return False
    return bool(_START.match(_line(state, line)))


def last_line(state: StateBlock, start: int, end: int) -> int:
    """Return the line after the caption that begins on `start`: it goes up to an empty line."""
    line = start + 1
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    return line


def push(state: StateBlock, start: int, end: int) -> Attributes:
    """Push the tokens of the caption in the lines `start` up to `end`.

    Return the attributes at its end, which are the table's.
    """
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    for line in range(start, end):
        text = _line(state, line)
        found = _START.match(text) if line == start else None
        skip = found.end() if found else 0
        places.append((length, state.bMarks[line] + state.tShift[line] + skip))
        parts.append(text[skip:])
        length += len(parts[-1]) + 1
    text, pieces = "\n".join(parts).rstrip(), join(places)
    text, attributes = _cut(state, text, pieces)
    opened = state.push("caption_open", "caption", 1)
    opened.map, opened.meta["at"] = [start, end], pieces.start(0)
    token = state.push("inline", "", 0)
    token.content, token.map, token.meta["pieces"] = text, opened.map, pieces
    state.push("caption_close", "caption", -1)
    return attributes


def _cut(state: StateBlock, text: str, pieces: Pieces) -> tuple[str, Attributes]:
    """Part the caption's text from the attributes at its end."""
    found = _LAST.search(text)
    if not found:
        return text, Attributes()
    sheet = sheet_of(state.env)
    start, end = pieces.start(found.start(1)), pieces.end(found.end(1))
    attributes = read(found[1])
    if attributes:
        return text[: found.start()], accept(attributes, "table", sheet, start, end)
    if looks_meant(found[1], 0):
        sheet.report("bad-attributes", start, end, text=found[1])
    return text, Attributes()


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
