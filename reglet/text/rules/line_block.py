"""Line blocks: lines that begin with `| ` and are printed as they are broken (Pandoc)."""

import re

from markdown_it.rules_block import StateBlock

from reglet.text.positions import join

_LINE = re.compile(r"\|(?:[ \t]+|$)")


def line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the lines; one without a bar that begins with a space goes on with the line above."""
    if state.is_code_block(start) or not _begins(state, start):
        return False
    if silent:
        return True
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length, line = 0, start
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        at, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if _begins(state, line):
            bare = state.src[at + 2 : stop]
            begin = at + 2 + len(bare) - len(bare.lstrip(" "))
            text = "\\\n" * bool(parts) + "\u00a0" * (begin - at - 2)
            pieces.append((length + 2 * bool(parts), at + 2))
        elif state.sCount[line] > state.blkIndent:
            begin, text = at, " "
        else:
            break
        pieces.append((length + len(text), begin))
        parts.append(text + state.src[begin:stop].rstrip())
        length += len(parts[-1])
        line += 1
    opened = state.push("line_block_open", "div", 1)
    opened.map = [start, line]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = "".join(parts), [start, line], []
    token.meta["pieces"] = join(pieces)
    state.push("line_block_close", "div", -1)
    state.line = line
    return True


def _begins(state: StateBlock, line: int) -> bool:
    at, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    return bool(_LINE.match(state.src[at:stop]))
