"""Pieces of a tag's text in, its words out: lines joined, letters in the order they are read in."""

import re
from collections.abc import Iterable, Sequence
from unicodedata import bidirectional, category, east_asian_width

from reglet.speak.letters import LEFTWARD
from reglet.speak.marked import Piece

# Of the smaller font: a baseline that differs by more is another line's, or by less, if it begins
# where the last one did or before.
_HIGHER = 0.7
_NOT_EVEN = 0.2
_SILENT = re.compile("[\u00ad\u2060\u200b]")
_HYPHENS = ("\u2010", "\u00ad")  # which the engine writes where it divides a word
_BREAKS = ("-", "–", "—", "/", "\u200b")  # after which a line may end within a word
_CLOSING = frozenset({"Pe", "Pf", "Po"})  # categories of what ends words
_STRONG_RIGHT = frozenset({"R", "AL"})
_NUMBERS = frozenset({"EN", "AN"})
_LEFT = frozenset({"L"}) | _NUMBERS


def joined(pieces: Sequence[Piece]) -> str:
    """Return the text of pieces that follow each other, white space folded.

    Lines end with a space, but not within a word: hyphens of the engine are left out. So does a
    word before the number of a note.
    """
    text, last = "", None
    for piece in pieces:
        if last is not None and _ends_line(last, piece):
            text = _over(text, piece, last)
        elif last is not None and _is_call(last, piece):
            text += " "
        text += piece.text
        last = piece if piece.text else last
    return " ".join(_SILENT.sub("", text).split())


def in_order(letters: Sequence[str], *, rightward: bool) -> tuple[str, ...]:
    """Put a line's letters, in the order drawn, in that in which they are written and read.

    `rightward` tells that the text around them runs from left to right.
    """
    if not LEFTWARD.search("".join(letters)):
        return tuple(letters)
    each = [part for one in letters for part in ((one,) if LEFTWARD.search(one) else one)]
    if rightward:
        return _turned(each, _STRONG_RIGHT)
    return _turned(reversed(each), _LEFT)


def _turned(letters: Iterable[str], kind: frozenset[str]) -> tuple[str, ...]:
    """Turn each run of letters of a kind, with what stands between them, the other way round."""
    other = _LEFT - _NUMBERS if kind is _STRONG_RIGHT else _STRONG_RIGHT
    done: list[str] = []
    run: list[str] = []
    weak: list[str] = []  # what may be within a run, or behind it
    for letter in letters:
        if _is(letter, kind):
            run += [*weak, letter]
            weak = []
        elif run and not _is(letter, other):
            weak.append(letter)
        else:
            done += [*reversed(run), *weak, letter]
            run, weak = [], []
    return (*done, *reversed(run), *weak)


def _is(letter: str, kinds: frozenset[str]) -> bool:
    return any(bidirectional(character) in kinds for character in letter)


def _ends_line(last: Piece, piece: Piece) -> bool:
    if last.page is None or piece.page is None or last.page != piece.page:
        return True
    apart = abs(last.level - piece.level) / (min(last.size, piece.size) or 1)
    return apart > _HIGHER or (apart > _NOT_EVEN and piece.start <= last.start)


def _is_call(last: Piece, piece: Piece) -> bool:
    """Tell whether one of two pieces is a number right behind, or before, the other's word."""
    within = last.address != piece.address and "#" in (last.address[:1], piece.address[:1])
    before, behind = last.text[-1:], piece.text[:1]
    return within and behind.isalnum() and (before.isalnum() or category(before) in _CLOSING)


def _over(text: str, piece: Piece, last: Piece) -> str:
    """Return the text of a line as it is before that of the next one, `piece`."""
    if not text or text[-1].isspace() or not piece.text or piece.text[0].isspace():
        return text
    if last.page is None or piece.page is None:  # words for what is not text
        return f"{text} "
    if text.endswith(_HYPHENS):
        # fonts may have one glyph for all hyphens: no word is divided before a capital or a number
        written = text[-1] == _HYPHENS[0] and not piece.text[0].islower()
        return text if written and bidirectional(piece.text[0]) in _LEFT else text[:-1]
    if text.endswith(_BREAKS) and len(text) > 1 and not text[-2].isspace():
        return text
    if _is_wide(text[-1]) and _is_wide(piece.text[0]):
        return text
    if piece.address and last.address == piece.address:
        within = text.rsplit(maxsplit=1)[-1] + piece.text.split()[0]
        return text if within in piece.address else f"{text} "
    return f"{text} "


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in {"W", "F"}
