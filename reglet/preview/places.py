"""From a place on a page to its place in the source, and back.

Pages know the element that words come from; which of its words is found by the letters.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from reglet.model.document import Spot
from reglet.model.span import Span

REACH = 20_000  # characters of the source in which words of an element are looked for
ENOUGH = 8  # characters that tell a place from others

_PLACE = re.compile(r"(.+):(\d+):(\d+)")
_WORD = re.compile(r"\w+")


def span_of(place: str) -> Span | None:
    """Read a place as it is written: `path:line:column`."""
    match = _PLACE.fullmatch(place)
    return Span(match[1], int(match[2]), int(match[3])) if match else None


def locate(text: str, element: Span, words: str, offset: int = 0) -> Span:
    """Find the word of the source that was printed at `words[offset]`, within an element.

    Where the source has other words, as for a citation, that is the element itself.
    """
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: element.line - 1]) + element.column - 1
    source, places = _letters(text)
    first = bisect_left(places, start)
    last = bisect_left(places, start + REACH)
    printed, _ = _letters(words)
    before = min(len(_letters(words[:offset])[0]), max(len(printed) - 1, 0))
    at = source.find(printed, first, last) if printed else -1
    if at < 0:
        word = _word_at(words, offset)
        at, before = (source.find(_letters(word)[0], first, last) if word else -1), 0
    return _word(lines, text, places[at + before], element.path) if at >= 0 else element


def _word_at(words: str, offset: int) -> str:
    """Return the word at an offset, if it is long enough to be looked for."""
    around = (match[0] for match in _WORD.finditer(words) if match.end() >= offset)
    word = next(around, "")
    return word if len(word) >= 4 else ""


def _word(lines: Sequence[str], text: str, index: int, path: str) -> Span:
    """Return the span of the word that stands at an index of a text."""
    line = text.count("\n", 0, index)
    column = index - (text.rfind("\n", 0, index) + 1)
    match = next((m for m in _WORD.finditer(lines[line]) if m.start() <= column < m.end()), None)
    return Span(path, line + 1, column + 1) if match is None else Span(
        path, line + 1, match.start() + 1, len(match[0])
    )  # fmt: skip


@lru_cache(maxsize=16)
def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text, as they are compared, and where each stands."""
    pairs = [
        (letter, index)
        for index, character in enumerate(text)
        if character.isalnum()
        for letter in character.casefold()
    ]
    return "".join(letter for letter, _ in pairs), [index for _, index in pairs]


def find(spots: Sequence[Spot], text: str, place: Span) -> Spot | None:
    """Return the spot that shows a place of a file, or what stands before it.

    The elements' places are looked at first, then, in an element of several lines, its words.
    """
    here = [spot for spot in spots if spot.place.startswith(f"{place.path}:")]
    own = [(span, spot) for spot in here if (span := span_of(spot.place)) is not None]
    wanted = Span(place.path, place.line, place.column)
    starts = [(_start(text, span, spot.words), spot) for span, spot in own if span <= wanted]
    before = [pair for pair in starts if pair[0] <= wanted] or [(wanted, spot) for _, spot in own]
    return max(before, key=lambda pair: pair[0])[1] if before else None


def _start(text: str, element: Span, words: str) -> Span:
    """Return where words begin in the source, if there are enough of them to tell."""
    return locate(text, element, words) if len(words) >= ENOUGH else element


def again(spots: Iterable[Spot], words: str, place: str, page: int) -> Spot | None:
    """Find a spot of former pages among new ones: by its words, else by its place."""
    path = place.rpartition(":")[0].rpartition(":")[0]
    kept = list(spots)
    enough = len(_letters(words)[0]) >= ENOUGH
    alike = [s for s in kept if enough and s.words == words and s.place.startswith(f"{path}:")]
    alike = alike or [spot for spot in kept if spot.place == place]
    return min(alike, key=lambda spot: abs(spot.page - page), default=None)


def changed_line(old: str, new: str) -> int:
    """Return the first line, from 1, in which two texts differ; 0 where they do not."""
    before, after = old.split("\n"), new.split("\n")
    for number, (first, second) in enumerate(zip(before, after, strict=False), start=1):
        if first != second:
            return number
    return 0 if len(before) == len(after) else min(len(before), len(after))
