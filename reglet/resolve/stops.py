"""The call of a note and the words around it in, the call where a language has it out.

English and German set calls behind the stop, French and Spanish before it.
"""

from collections.abc import Sequence
from dataclasses import replace

from reglet.model.document import Kind, Node

BEFORE_STOP = frozenset({"fr", "es", "it", "pt", "ca"})  # languages whose calls precede the stop

_STOPS = ".,;:!?…،؛؟"
_CLOSING = "”’\"'»›"


def behind_stop(made: Sequence[Node], waiting: list[Node], lang: str) -> tuple[Node, ...]:
    """Set the call that ends `made` behind the stop that `waiting`, what follows, begins with.

    `waiting` is in reverse order, and loses the stop.
    """
    stop, rest = _split(waiting[-1], lang) if waiting else ("", None)
    if not stop or rest is None:
        return tuple(made)
    waiting[-1:] = [rest] if rest.text else []
    return (*made[:-1], Node(Kind.TEXT, rest.span, text=stop), made[-1])


def _split(after: Node, lang: str) -> tuple[str, Node | None]:
    """Split the punctuation off that comes before a call in this language."""
    if after.kind is not Kind.TEXT or lang in BEFORE_STOP:
        return "", None
    rest = after.text.lstrip(_STOPS)
    stop = after.text[: len(after.text) - len(rest)]
    closed = rest.lstrip(_CLOSING)
    stop += rest[: len(rest) - len(closed)] if stop else ""
    return stop, replace(after, text=after.text[len(stop) :])
