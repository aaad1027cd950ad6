"""Small rules of running text: capitals, spaces and stops where citations meet the words of a note.

All of them take inline nodes and give inline nodes back.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from reglet.model.document import Kind, Node
from reglet.resolve.walk import text

Nodes = tuple[Node, ...]

STOPS = ".?!…؟"
MARKS = frozenset(".,")
CLOSING = "”’»›\"'“‘"  # marks that close a quotation in some language
_SENTENCE = re.compile(rf"(?:^|[^\W\d_]{{4,}}|\d|[)\]{CLOSING}])[{STOPS}][{CLOSING})]*\s+$")
_LEADS = frozenset(",;:.)]!?…،؛")  # a suffix that begins with one of these stands close
_ADDRESS = re.compile(r"(?:https?|ftp|mailto|www)\b")


def begins_sentence(before: Sequence[Node]) -> bool:
    """Tell whether what comes after these nodes begins a note or a sentence of it.

    A word of three letters with its stop, such as `cf.`, is taken to be an abbreviation.
    """
    words = "".join(inner.text for node in before for inner in node.walk())
    return not words.strip() or bool(_SENTENCE.search(words))


def capitalised(words: Nodes) -> Nodes:
    """Begin with a capital: styles write "ibid." small."""
    if not words:
        return words
    first, *rest = words
    if first.kind is Kind.TEXT and not _ADDRESS.match(first.text):
        return replace(first, text=first.text[:1].upper() + first.text[1:]), *rest
    if first.children:
        return replace(first, children=capitalised(first.children)), *rest
    return words


def joined(prefix: Nodes, words: Nodes, suffix: Nodes, beside: Node) -> Nodes:
    """Join a citation to what comes before and after it."""
    before = (*prefix, text(" ", beside)) if prefix else ()
    first = _first(suffix)
    if first and first in STOPS and _last(words) in STOPS and suffix[0].text:
        suffix = (replace(suffix[0], text=suffix[0].text[1:]), *suffix[1:])
        first = _first(suffix)
    space = (text(" ", beside),) if first and first not in _LEADS else ()
    return (*before, *words, *space, *suffix)


def closed(words: Sequence[Node], lang: str, mark: str = ".") -> Nodes:
    """Put a stop or a comma behind words, unless they end with a stop.

    In American English it stands inside closing quotation marks, as in CSL's locale en-US.
    """
    letters = "".join(inner.text for node in words for inner in node.walk()).rstrip()
    bare = letters.rstrip(CLOSING)
    quoted = bare != letters
    if mark == "." and letters and (letters[-1] in STOPS or (quoted and bare[-1:] in STOPS)):
        return tuple(words)
    if not letters:
        return tuple(words)
    if quoted and _stops_inside(lang):
        return _marked_inside(tuple(words), mark)
    return (*words, text(mark, words[-1]))


def _stops_inside(lang: str) -> bool:
    tag = lang.lower()
    return tag == "en" or (tag.startswith("en-") and tag not in ("en-gb", "en-ie"))


def _marked_inside(words: Nodes, mark: str) -> Nodes:
    """Put a mark before the quotation marks at the very end."""
    *before, last = words
    if last.children:
        return *before, replace(last, children=_marked_inside(last.children, mark))
    bare = last.text.rstrip(CLOSING)
    if not bare and before:
        return *_marked_inside(tuple(before), mark), last
    return *before, replace(last, text=f"{bare}{mark}{last.text[len(bare) :]}")


def _first(words: Nodes) -> str:
    """Return the first letter; nothing where there is none."""
    return next((inner.text[:1] for node in words for inner in node.walk() if inner.text), "")


def _last(words: Nodes) -> str:
    letters = [inner.text for node in words for inner in node.walk() if inner.text]
    return letters[-1][-1] if letters else " "
