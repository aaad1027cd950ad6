"""`{#id .class key=value}` right after code, a link, a picture or a note's call."""

import re

from markdown_it.rules_inline import StateInline

from reglet.text.attributes import looks_meant, read
from reglet.text.rules.places import attach, placed, report

_KINDS = {
    "call": "call",
    "citation": "citation",
    "code_inline": "code",
    "image": "image",
    "link_close": "link",
}
_RAW = re.compile(r"\{=([\w-]+)\}")


def attributes(state: StateInline, silent: bool) -> bool:
    """Read the attributes, and give them to the token before."""
    if state.src[state.pos] != "{" or state.pos == 0:
        return False
    if state.src[state.pos - 1] not in ")]`>":
        return False
    start = state.pos
    found = read(state.src, start)
    raw = _RAW.match(state.src, start)
    end = found.end if found else raw.end() if raw else -1
    if silent:
        state.pos = max(state.pos, end)
        return 0 < end <= state.posMax
    before = state.tokens[-1] if state.tokens and not state.pending else None
    kind = _KINDS.get(before.type, "") if before else ""
    if before is None or not kind or "attributes" in before.meta or "raw" in before.meta:
        return False
    if raw and kind == "code" and end <= state.posMax:
        before.meta["raw"] = raw[1]
    elif found and end <= state.posMax:
        attach(state, before, found, kind, start)
    else:
        if looks_meant(state.src, start):
            close = state.src.find("}", start, state.posMax) + 1 or start + 1
            report(state, "bad-attributes", start, close, text=state.src[start:close])
        return False
    state.pos = end
    before.meta["end"] = placed(state).pieces.end(end)
    return True
