"""Pipe tables: rows of cells between `|`, with a line of `---|:--:` under the first (Pandoc, GFM).

A pipe in code, in an expression or after a backslash parts no cells.
"""

import re
from collections.abc import Iterator

from markdown_it.rules_block import StateBlock

from reglet.text.positions import Pieces, join
from reglet.text.rules import caption, expression
from reglet.text.rules.drawn import Cell, Drawn, Row

_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_ALIGNS = {(True, True): "center", (True, False): "left", (False, True): "right"}
_MOST_MISSING = 20_000  # cells made up for short rows: 2 kB of text could ask for millions
_TICKS = re.compile(r"`+")


def read_pipe_table(state: StateBlock, start: int, end: int) -> Drawn | None:
    """Read the table whose first row is on the line `start`, if there is one."""
    if start + 2 > end or state.is_code_block(start) or state.is_code_block(start + 1):
        return None
    first, rule = _line(state, start), _line(state, start + 1)
    if state.sCount[start + 1] < state.blkIndent or "|" not in first or not _RULE.fullmatch(rule):
        return None
    marks = [mark.strip() for mark in rule.strip().strip("|").split("|")]
    aligns = tuple(_ALIGNS.get((mark[0] == ":", mark[-1] == ":"), "") for mark in marks)
    head = list(_cells(state, start))
    if len(head) != len(aligns) and "|" not in rule:
        return None
    body: list[Row] = []
    line, room = start + 2, _MOST_MISSING
    while line < end and room > 0 and not _ends(state, line, end):
        body.append(_fit(state, list(_cells(state, line)), line, len(aligns)))
        room -= max(0, len(aligns) - body[-1].written)
        line += 1
    top = _fit(state, head, start, len(aligns))
    return Drawn(aligns, (top,) if any(cell.text for cell in head) else (), tuple(body), line)


def _ends(state: StateBlock, line: int, end: int) -> bool:
    if state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return True
    if "|" not in _line(state, line) or caption.begins(state, line):
        return True
    rules = state.md.block.ruler.getRules("blockquote")
    return any(rule(state, line, end, True) for rule in rules)


def _fit(state: StateBlock, cells: list[Cell], line: int, count: int) -> Row:
    """Give a row as many cells as the table has columns."""
    missing = Cell("", Pieces((0,), (state.eMarks[line],)))
    return Row((*cells[:count], *[missing] * (count - len(cells))), line, len(cells))


def _cells(state: StateBlock, line: int) -> Iterator[Cell]:
    """Cut a line into its cells."""
    at = state.bMarks[line] + state.tShift[line]
    text = _line(state, line).rstrip()
    position = 1 if text.startswith("|") else 0
    while position < len(text):
        parts: list[tuple[int, int]] = []
        while position < len(text) and text[position] != "|":
            stop, skip = _atom(text, position)
            parts.append((position + skip, stop))
            position = stop
        yield _cell(text, parts, at, position)
        position += 1


def _atom(text: str, position: int) -> tuple[int, int]:
    """Return where the piece that begins at `position` ends, and how much of it to skip."""
    character = text[position]
    if character == "\\":
        return min(position + 2, len(text)), int(text.startswith("|", position + 1))
    if character == "`" and (ticks := _TICKS.match(text, position)):
        close = re.compile(rf"(?<!`){ticks[0]}(?!`)").search(text, ticks.end())
        return (close or ticks).end(), 0
    if text.startswith("{{", position) and (found := expression.match(text, position)):
        return found.end(), 0
    return position + 1, 0


def _cell(text: str, parts: list[tuple[int, int]], at: int, stop: int) -> Cell:
    """Join the pieces of a cell, without white space around them."""
    while parts and text[slice(*parts[0])].isspace():
        parts.pop(0)
    while parts and text[slice(*parts[-1])].isspace():
        parts.pop()
    content, places, length = [], [], 0
    for start, end in parts:
        piece = text[start:end]
        piece = piece.replace("\\|", "|") if piece.startswith("`") else piece
        places.append((length, at + start))
        content.append(piece)
        length += len(piece)
    return Cell("".join(content), join(places or [(0, at + stop)]))


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
