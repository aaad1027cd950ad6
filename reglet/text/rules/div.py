"""Fenced divisions, `::: {.box}` … `:::` (Pandoc), of equal or different length inside each other.

An opening and a closing fence are blocks of their own; the container they stand in keeps count.
"""

import re

from markdown_it.rules_block import StateBlock

from reglet.text.attributes import Attributes, accept, looks_meant, read
from reglet.text.limits import NESTING
from reglet.text.sheet import sheet_of

_FENCE = re.compile(r":{3,}[ \t]*(?P<rest>.*?)[ \t]*$")
_WORD = re.compile(r"([\w-]+)[ \t]*:*")


def fenced_div(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001
    """Read one fence."""
    if state.is_code_block(start):
        return False
    at, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    found = _FENCE.match(state.src[at:stop])
    if not found:
        return False
    if not found["rest"]:
        return _close(state, start, silent)
    return _open(state, start, at + found.start("rest"), silent)


def _open(state: StateBlock, line: int, place: int, silent: bool) -> bool:
    at, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    sheet = sheet_of(state.env)
    rest = state.src[place:stop].rstrip()
    word = _WORD.fullmatch(rest)
    found = Attributes(classes=(word[1],)) if word else read(rest)
    if not found or rest[found.end :].strip(" \t:") * (not word):
        if not silent and looks_meant(rest, 0):
            sheet.report("bad-attributes", place, stop, text=rest)
        return False
    if silent:
        return True
    if state.level >= NESTING - 1:
        sheet.report_depth(at, stop)
        return False
    token = state.push("div_open", "div", 1)
    token.map = [line, line + 1]
    token.meta = {"at": at, "fence": stop}
    token.meta["attributes"] = accept(found, "div", sheet, place, place + len(rest))
    sheet.divs[-1].append(token)
    state.line = line + 1
    return True


def _close(state: StateBlock, line: int, silent: bool) -> bool:
    sheet = sheet_of(state.env)
    if silent:
        return any(sheet.divs)
    if not sheet.divs[-1]:
        at = state.bMarks[line] + state.tShift[line]
        if not sheet.too_deep:  # else it closes one that was not read
            sheet.report("unopened-div", at, state.eMarks[line])
        state.line = line + 1
        return True
    sheet.divs[-1].pop()
    state.push("div_close", "div", -1)
    state.line = line + 1
    return True
