"""Links and pictures as in CommonMark, with their places."""

from markdown_it import rules_inline
from markdown_it.rules_inline import StateInline

from reglet.text.rules.places import placed


def link(state: StateInline, silent: bool) -> bool:
    """Read a link; its opening token begins at the bracket."""
    start, count = state.pos, len(state.tokens)
    if not rules_inline.link(state, silent):
        return False
    if not silent:
        opened = next(token for token in state.tokens[count:] if token.type == "link_open")
        opened.meta["at"] = placed(state).pieces.start(start)
    return True


def image(state: StateInline, silent: bool) -> bool:
    """Read a picture; its children are the tokens of the bracketed text."""
    start = state.pos
    if not rules_inline.image(state, silent):
        return False
    if not silent:
        token = state.tokens[-1]
        begin = start + len("![")
        token.children = placed(state).within(begin, begin + len(token.content))
        token.meta["at"] = placed(state).pieces.start(start)
    return True


def autolink(state: StateInline, silent: bool) -> bool:
    """Read `<https://…>`; its text is the address, in which no mark is changed."""
    if not rules_inline.autolink(state, silent):
        return False
    if not silent:
        text = state.tokens[-2]
        text.type = "text_special"
        text.meta |= {"at": text.meta["at"] + 1, "end": text.meta["at"] + 1 + len(text.content)}
    return True
