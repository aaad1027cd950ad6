"""Lists as in CommonMark, with Pandoc's ways to number them, and items to be ticked off."""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from reglet.text.markers import EXAMPLE, Marker, find_marker
from reglet.text.sheet import sheet_of

_BOX = re.compile(r"\[([ xX])\][ \t]")


def list_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list."""
    if state.is_code_block(start) or _goes_on_with_text(state, start):
        return False
    open_lists = sheet_of(state.env).lists
    outdented = state.sCount[start] < state.blkIndent
    marker = find_marker(state, start, open_lists[::-1] if silent and outdented else ())
    if not marker:
        return False
    if silent:
        return outdented or state.parentType != "paragraph" or _interrupts(state, start, marker)
    _read(state, start, end, marker)
    return True


def _goes_on_with_text(state: StateBlock, line: int) -> bool:
    """Tell whether the line is so far in that it belongs to the item above, but not as a block."""
    inside = state.listIndent >= 0 and state.sCount[line] - state.listIndent >= 4
    return inside and state.sCount[line] < state.blkIndent


def _interrupts(state: StateBlock, line: int, marker: Marker) -> bool:
    """Tell whether the list may begin right after a line of text."""
    empty = state.skipSpaces(marker.end) >= state.eMarks[line]
    return marker.plain and not empty and marker.number in (0, 1)


def _read(state: StateBlock, start: int, end: int, marker: Marker) -> None:
    kind = "ordered_list" if marker.style else "bullet_list"
    sheet = sheet_of(state.env)
    opened = state.push(f"{kind}_open", "ol" if marker.style else "ul", 1)
    opened.meta = {"style": marker.style, "number": marker.number, "tight": True}
    opened.map = lines = [start, 0]
    if marker.style == EXAMPLE:
        opened.meta |= {"style": "decimal", "number": sheet.example_count + 1}
    outer, state.parentType = state.parentType, "list"
    sheet.lists.append(marker)
    line, ended_empty = start, False
    following: Marker | None = marker
    while following:
        if marker.style == EXAMPLE:
            sheet.add_example(following.label)
        tight = _item(state, line, end, following, opened)
        if not tight or ended_empty:
            opened.meta["tight"] = False
        ended_empty = state.line - line > 1 and state.isEmpty(state.line - 1)
        line = state.line
        following = _next(state, line, end, marker)
    sheet.lists.pop()
    state.push(f"{kind}_close", opened.tag, -1)
    lines[1] = state.line = line
    state.parentType = outer


def _next(state: StateBlock, line: int, end: int, marker: Marker) -> Marker | None:
    """Read the marker of the next item, if one follows."""
    if line >= end or state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return None
    rules = state.md.block.ruler.getRules("list")
    if any(rule(state, line, end, True) for rule in rules):
        return None
    found = find_marker(state, line, (marker,))
    same = found and (found.style, found.signs) == (marker.style, marker.signs)
    return found if same else None


def _item(state: StateBlock, line: int, end: int, marker: Marker, opened: Token) -> bool:
    """Read one item; tell whether it is tight."""
    at = state.bMarks[line] + state.tShift[line]
    stop = state.eMarks[line]
    initial = offset = state.sCount[line] + marker.end - at
    content = marker.end
    while content < stop and state.src[content] in " \t":
        tab = 4 - (offset + state.bsCount[line]) % 4
        offset += tab if state.src[content] == "\t" else 1
        content += 1
    after = offset - initial
    item = state.push("list_item_open", "li", 1)
    item.map = lines = [line, 0]
    item.meta["at"] = at
    saved = (state.tight, state.bMarks[line], state.tShift[line], state.sCount[line])
    indents = (state.listIndent, state.blkIndent)
    state.listIndent = state.blkIndent
    state.blkIndent = initial + (after if content < stop and after <= 4 else 1)
    state.tight, state.tShift[line], state.sCount[line] = True, content - saved[1], offset
    box = _BOX.match(state.src, content, stop)
    if box and not state.is_code_block(line):
        item.meta |= {"done": box[1] in "xX", "box": (content, box.end() - 1)}
        opened.meta["task"] = True
        state.bMarks[line], state.tShift[line] = box.end(), 0
    if content >= stop and state.isEmpty(line + 1):
        state.line = min(line + 2, end)
    else:
        state.md.block.tokenize(state, line, end)
    tight = state.tight
    state.tight, state.bMarks[line], state.tShift[line], state.sCount[line] = saved
    state.listIndent, state.blkIndent = indents
    state.push("list_item_close", "li", -1)
    lines[1] = state.line
    return tight
