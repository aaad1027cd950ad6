"""Citations and cross references: `[see @key, p. 3; -@other]`, `@key [p. 3]`, `@fig-map`.

A citation's token carries its `Cite`s and the tokens of the words about each; a cross reference's
token the identifier it leads to.
"""

import re

from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reglet.model.document import Cite
from reglet.model.span import Span
from reglet.text.locators import locate
from reglet.text.quotes import smarten
from reglet.text.rules.places import placed
from reglet.text.sheet import sheet_of

_KEY = re.compile(r"(-?)@(\{[^{}\s]{1,200}\}|\w(?:[:.#$%&+?<>~/-]?\w){0,199})")
_TARGET = re.compile(r"(?:sec|fig|tbl|note)-\w")
_NO_WORDS = frozenset({"call", "citation", "image", "reference"})
_AFTER = re.compile(r"\(|\[(?![@^])")  # makes a link of the brackets before


def citation(state: StateInline, silent: bool) -> bool:
    """Read a citation in brackets or in the text."""
    if state.src[state.pos] == "[":
        return _bracketed(state, silent)
    found = _KEY.match(state.src, state.pos, state.posMax)
    if not found or _joined(state.src, state.pos):
        return False
    if number := sheet_of(state.env).examples.get(found[2]):
        if not silent:
            _push_text(state, str(number), found.start(), found.end())
        state.pos = found.end()
        return True
    if _TARGET.match(found[2]):
        return _reference(state, found, silent)
    return _in_text(state, found, silent)


def _joined(text: str, position: int) -> bool:
    """Tell whether the character before belongs to the same word, as in an e-mail address."""
    return position > 0 and (text[position - 1].isalnum() or text[position - 1] in "_@.+/")


def _reference(state: StateInline, found: re.Match[str], silent: bool) -> bool:
    if not silent:
        _push_reference(state, found)
    state.pos = found.end()
    return True


def _push_reference(state: StateInline, found: re.Match[str]) -> None:
    token = state.push("reference", "", 0)
    token.content = found[0]
    pieces = placed(state).pieces
    token.meta = {
        "target": found[2].strip("{}"),
        "number": bool(found[1]),
        "at": pieces.start(found.start()),
        "end": pieces.end(found.end()),
    }


def _in_text(state: StateInline, found: re.Match[str], silent: bool) -> bool:
    """Read `@key`, with the brackets after it where they hold a locator."""
    end = found.end()
    parts: list[tuple[int, int]] = []
    spaces = re.compile(r"[ \t]*\n?[ \t]*").match(state.src, end)
    opening = spaces.end() if spaces else end
    if state.src.startswith("[", opening) and not state.src.startswith("[^", opening):
        close = parseLinkLabel(state, opening)
        parts = _split(state.src, opening + 1, close) if close > 0 else []
        if not all(_find_key(state.src, *part) for part in parts[1:]) or (
            parts and _AFTER.match(state.src, close + 1)
        ):
            parts = []
        end = close + 1 if parts else end
    if not silent:
        start, stop = parts[0] if parts else (end, end)
        words = [_cite(state, found, (found.start(), found.start()), (start, stop), named=True)]
        words += [_part(state, *part) for part in parts[1:]]
        _push_citation(state, words, found.start(), end)
    state.pos = end
    return True


def _bracketed(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not state.src.find("@", start, state.posMax) > 0:
        return False
    end = parseLinkLabel(state, start)
    if end < 0 or "@" not in state.src[start:end] or _AFTER.match(state.src, end + 1):
        return False
    parts = _split(state.src, start + 1, end)
    keys = [_find_key(state.src, *part) for part in parts]
    if None in keys:
        return False
    if not silent:
        if all(key and _TARGET.match(key[2]) for key in keys):
            _push_references(state, parts)
        else:
            _push_citation(state, [_part(state, *part) for part in parts], start, end + 1)
    state.pos = end + 1
    return True


def _push_references(state: StateInline, parts: list[tuple[int, int]]) -> None:
    """Push the references of `[see @fig-a; @fig-b]` and the text about them."""
    for index, (start, end) in enumerate(parts):
        found = _find_key(state.src, start, end)
        if found:
            before = state.src[start : found.start()].lstrip()
            _push_text(state, "; " * bool(index) + before, start, found.start())
            _push_reference(state, found)
            _push_text(state, state.src[found.end() : end].rstrip(), found.end(), end)


def _push_text(state: StateInline, text: str, start: int, end: int) -> None:
    if text:
        pieces = placed(state).pieces
        token = state.push("text", "", 0)
        token.content = text
        token.meta = {"at": pieces.start(start), "end": pieces.end(end)}


def _find_key(text: str, start: int, end: int) -> re.Match[str] | None:
    position = start
    while found := _KEY.search(text, position, end):
        if not _joined(text, found.start()) and not text.startswith("\\", found.start() - 1):
            return found
        position = found.end()
    return None


Worded = tuple[Cite, list[Token], list[Token]]  # with the words before it and after it


def _push_citation(state: StateInline, words: list[Worded], start: int, end: int) -> None:
    token = state.push("citation", "", 0)
    token.meta["cites"] = words
    token.content = state.src[start:end]


def _part(state: StateInline, start: int, end: int) -> Worded:
    """Read one part of a citation between its semicolons, which has a key."""
    found = _find_key(state.src, start, end)
    if found is None:
        raise AssertionError("no key")
    return _cite(state, found, (start, found.start()), (found.end(), end))


def _cite(
    state: StateInline,
    found: re.Match[str],
    before: tuple[int, int],
    after: tuple[int, int],
    *,
    named: bool = False,
) -> Worded:
    """Read what stands about a key; `named` where the key itself is words of the text."""
    place = locate(state.src[slice(*after)], sheet_of(state.env).lang)
    cite = Cite(
        found[2].strip("{}"),
        locator=place.locator,
        label=place.label,
        term=place.term,
        suppress_author=bool(found[1]),
        author_in_text=named and not found[1],
        span=_span(state, found),
    )
    return cite, _words(state, *before), _words(state, after[0] + place.end, after[1])


def _words(state: StateInline, start: int, end: int) -> list[Token]:
    """Read words before or after a source as inline text; what makes no words of it stays text."""
    tokens = placed(state).within(start, end) if state.src[start:end].strip() else []
    if any(token.type in _NO_WORDS for token in tokens):
        token = Token("text", "", 0, content=" ".join(state.src[start:end].split()))
        pieces = placed(state).pieces
        token.meta = {"at": pieces.start(start), "end": pieces.end(end)}
        tokens = [token]
    smarten(tokens, sheet_of(state.env).lang)
    return tokens


def _span(state: StateInline, found: re.Match[str]) -> Span:
    pieces = placed(state).pieces
    places = sheet_of(state.env).places
    return places.span(pieces.start(found.start()), pieces.end(found.end()))


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut `text[start:end]` at the semicolons that stand in no brackets and are not escaped."""
    parts, depth, begin, position = [], 0, start, start
    while position < end:
        character = text[position]
        if character == "\\":
            position += 1
        elif character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
        elif character == ";" and not depth:
            parts.append((begin, position))
            begin = position + 1
        position += 1
    return [*parts, (begin, end)]
