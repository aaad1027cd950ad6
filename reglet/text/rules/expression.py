"""`{{ data.attacks | sum("killed") }}`: a data expression, kept as it is written."""

import re

from markdown_it.rules_inline import StateInline

from reglet.text.rules.places import placed, report

_EXPRESSION = re.compile(
    r"""\{\{((?:[^"'}]|"(?:[^"\\]|\\.){0,500}"|'(?:[^'\\]|\\.){0,500}'|\}(?!\})){0,2000})\}\}""",
    re.DOTALL,
)


def expression(state: StateInline, silent: bool) -> bool:
    """Read an expression up to its `}}`, which may not stand in quotes."""
    if not state.src.startswith("{{", state.pos):
        return False
    found = match(state.src, state.pos)
    if not found or found.end() > state.posMax:
        if not silent:
            report(state, "unclosed-expression", state.pos, state.pos + 2)
            placed(state).append_pending("{{")
        state.pos += 2
        return True
    if not silent:
        token = state.push("expression", "", 0)
        token.content = " ".join(found[1].split())
    state.pos = found.end()
    return True


def match(text: str, position: int) -> re.Match[str] | None:
    """Match the expression that begins at `position`, if one does."""
    if text.find("}}", position) < 0:
        return None
    return _EXPRESSION.match(text, position)
