"""`H~2~O` and `x^2^`: lowered and raised text, without bare spaces inside (Pandoc)."""

from markdown_it.rules_inline import StateInline

_KINDS = {"~": ("sub", "sub"), "^": ("sup", "sup")}


def scripts(state: StateInline, silent: bool) -> bool:
    """Read subscript and superscript; what stands inside is inline text."""
    start = state.pos
    mark = state.src[start]
    if mark not in _KINDS or state.src.startswith(mark, start + 1):
        return False
    end = _close(state, mark)
    if end < 0:
        return False
    if not silent:
        name, tag = _KINDS[mark]
        outer = state.posMax
        state.push(f"{name}_open", tag, 1)
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.pos, state.posMax = end, outer
        state.push(f"{name}_close", tag, -1)
    state.pos = end + 1
    return True


def _close(state: StateInline, mark: str) -> int:
    """Find the mark that closes the one at `state.pos`, or return -1."""
    start = state.pos
    state.pos += 1
    while state.pos < state.posMax and not state.src[state.pos].isspace():
        if state.src[state.pos] == mark:
            end, state.pos = state.pos, start
            return end
        state.md.inline.skipToken(state)
    state.pos = start
    return -1
