"""A PDF file in, what became of a stress report's notes in it out: nothing but the file is asked.

Poppler tells each page's words and their boxes; the words tell which note they belong to.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from words_in_file import Page, Word, ink, lines, overlaps

NOTE_WORD = re.compile(r"(\d+)X(\d+)X")
PIECE = re.compile(r"[A-Z/‐\u00ad-]+")  # the rest of a note's word that a line's end has divided
CALL = re.compile(r"(t?)call(\d+)z")  # with t: in a table's head, which stands on each page anew
MARK = re.compile(r"(t?)mark(\d+)z")
AGAIN = re.compile(r"\d+ See note \d+(, pp?\. \d+)?\.?")  # a line that a second call may have
FOLDED = re.compile(r"[-‐\u00ad]")
UNKNOWN = "?"


@dataclass(slots=True)
class Found:
    """What a file holds: pages of calls and notes, words as printed, and what is wrong."""

    wanted: Mapping[int, Sequence[str]] = field(default_factory=dict)  # each note's words
    calls: dict[int, list[int]] = field(default_factory=dict)
    heads: set[int] = field(default_factory=set)  # calls in tables' heads
    marks: Counter[str] = field(default_factory=Counter)
    notes: dict[int, int] = field(default_factory=dict)  # the first page of each
    last: dict[int, int] = field(default_factory=dict)
    printed: dict[int, list[str]] = field(default_factory=dict)
    rest: dict[int, str] = field(default_factory=dict)  # what the last words of notes still lack
    current: int | None = None  # the note that the last line read belongs to
    faults: list[str] = field(default_factory=list)

    def take_word(self, note: int, text: str) -> None:
        """Add a word, or its beginning, to those of its note."""
        self.printed.setdefault(note, []).append(text)
        self._see_rest(note)

    def take_piece(self, text: str) -> bool:
        """Add a piece to the word that it goes on with; tell whether there is one.

        Of several that it could go on with, it is that of the note being read, or else that of
        the note which began first.
        """
        order = list(self.printed)
        among = sorted(self.rest, key=lambda note: (note != self.current, order.index(note)))
        piece = FOLDED.sub("", text)
        fits = [note for note in among if self.rest[note].startswith((piece, UNKNOWN))]
        if not among:
            return False
        note = (fits or among)[0]
        self.printed[note][-1] += text
        self._see_rest(note)
        return True

    def _see_rest(self, note: int) -> None:
        """Note what the last word of a note lacks; without its words, whether it is divided."""
        words, wanted = self.printed[note], self.wanted.get(note, ())
        match = NOTE_WORD.match(words[-1])
        place = int(match[2]) if match else len(wanted)
        rest = UNKNOWN if words[-1].endswith(("-", "‐", "\u00ad")) else ""
        if place < len(wanted):
            begun = FOLDED.sub("", words[-1])
            rest = wanted[place].removeprefix(begun) if wanted[place].startswith(begun) else ""
        self.rest.pop(note, None)
        if rest:
            self.rest[note] = rest


def find(pages: Sequence[Page], wanted: Mapping[int, Sequence[str]] | None = None) -> Found:
    """Read notes and calls, page by page."""
    found = Found(wanted or {})
    for number, page in enumerate(pages, start=1):
        _read_page(number, page, found)
        found.current = None  # of several that go on overleaf, the first begun comes first
    return found


def faults_of(
    pages: Sequence[Page], notes: Mapping[int, Sequence[str]], marks: int = 0
) -> list[str]:
    """List what is wrong with the notes of a stress report that was set on `pages`.

    `notes` are the words of each; `marks` says how many marked words its text has.
    """
    found = find(pages, notes)
    wrong = found.faults
    for number, words in notes.items():
        called = found.calls.get(number, [])
        if not called or (len(called) > 1 and number not in found.heads):
            wrong.append(f"note {number}: called on pages {called}")
        elif found.notes.get(number) != called[0]:
            where = found.notes.get(number)
            wrong.append(f"note {number}: called on page {called[0]}, begins on {where}")
        printed = [_folded(word) for word in found.printed.get(number, [])]
        if printed != [_folded(word) for word in words]:
            wrong.append(f"note {number}: {_difference(words, printed)}")
    for mark in map(str, range(1, marks + 1)):
        if found.marks[mark] != 1 and not (found.marks[mark] == 0 and found.marks[f"t{mark}"]):
            wrong.append(f"mark {mark}: stands {found.marks[mark]} times")
    return wrong


def _folded(word: str) -> str:
    return FOLDED.sub("", word)


def _difference(words: Sequence[str], printed: Sequence[str]) -> str:
    for place, word in enumerate(words):
        if place >= len(printed) or printed[place] != _folded(word):
            there = printed[place] if place < len(printed) else "nothing"
            return f"word {place} of {len(words)} is {there} in place of {word}"
    return f"{len(printed) - len(words)} words too many"


def _read_page(number: int, page: Page, found: Found) -> None:
    for word in page.words:
        found.marks.update(f"{head}{mark}" for head, mark in MARK.findall(word.text))
        for head, call in CALL.findall(word.text):
            found.calls.setdefault(int(call), []).append(number)
            if head:
                found.heads.add(int(call))
        if page.is_left_by(word):
            found.faults.append(f"page {number}: {word.text} leaves the page")
    foot = _read_notes(number, page, found)
    if not foot:
        return
    top = min(ink(word)[0] for word in foot)
    again = {word for line in lines(page.words) if _is_again(line) for word in line}
    for word in page.words:
        lower = re.match(r"[a-zA-Z]*[a-z]", word.text) and not CALL.match(word.text)
        if lower and ink(word)[1] > top and word not in again:
            found.faults.append(f"page {number}: {word.text} stands among the notes")
    for word, other in overlaps(page.words, set(foot)):
        found.faults.append(f"page {number}: {word.text} over {other.text}")


def _is_again(line: Sequence[Word]) -> bool:
    return bool(AGAIN.fullmatch(" ".join(word.text for word in line)))


def _read_notes(number: int, page: Page, found: Found) -> list[Word]:
    """Take the notes of a page line by line, and return their words."""
    began = False
    foot: list[Word] = []
    stray: list[str] = []
    for word in _note_words(page.words):
        match = NOTE_WORD.match(word.text)
        if match is None and not found.take_piece(_bare(word)):
            stray.append(word.text)
            continue
        foot.append(word)
        if match is None:
            continue
        found.current = current = int(match[1])
        new = current not in found.notes
        found.notes.setdefault(current, number)
        if not new and began and found.last[current] != number:
            found.faults.append(f"page {number}: note {current} goes on too late")
        began = began or new
        found.last[current] = number
        found.take_word(current, word.text)
    found.faults += [f"page {number}: {text} belongs to no word" for text in stray if foot]
    return foot


def _note_words(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words of notes and pieces of such, as they are read."""
    those = [word for word in words if NOTE_WORD.match(word.text) or PIECE.fullmatch(_bare(word))]
    return chain.from_iterable(lines(those))


def _bare(word: Word) -> str:
    """Return a word without the number of a call that stands right behind it."""
    return word.text.rstrip("0123456789")
