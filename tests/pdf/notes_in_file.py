"""A PDF file in, what became of a stress report's notes in it out: nothing but the file is asked.

Poppler tells each page's words and their boxes; the words tell which note they belong to.
"""

import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NOTE_WORD = re.compile(r"(\d+)X(\d+)X")
PIECE = re.compile(r"[A-Z/‐-]+")  # the rest of a note's word that a line's end has divided
CALL = re.compile(r"call(\d+)z")
MARK = re.compile(r"mark(\d+)z")
FOLDED = re.compile(r"[-‐\u00ad]")
SHRUNK = 0.25  # of a word's height: what its box is higher than the ink of most letters


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page; pt from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page's words; width and height in pt."""

    width: float
    height: float
    words: tuple[Word, ...]


@dataclass(slots=True)
class Found:
    """What a file holds: pages of calls and notes, words as printed, and what is wrong."""

    calls: dict[int, list[int]] = field(default_factory=dict)
    marks: Counter[int] = field(default_factory=Counter)
    notes: dict[int, int] = field(default_factory=dict)  # the first page of each
    last: dict[int, int] = field(default_factory=dict)
    printed: dict[int, list[str]] = field(default_factory=dict)
    current: int | None = None  # the note that the last line read belongs to
    faults: list[str] = field(default_factory=list)


def read_pages(data: bytes) -> list[Page]:
    """Return the words of every page of a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.pdf")
        path.write_bytes(data)
        command = ["pdftotext", "-bbox", str(path), "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    root = ET.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text))
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        Page(
            float(page.attrib["width"]),
            float(page.attrib["height"]),
            tuple(
                Word(word.text or "", *(float(word.attrib[key]) for key in _EDGES))
                for word in page.iter(f"{space}word")
            ),
        )
        for page in root.iter(f"{space}page")
    ]


_EDGES = ("xMin", "yMin", "xMax", "yMax")


def find(pages: Sequence[Page]) -> Found:
    """Read notes and calls, page by page."""
    found = Found()
    for number, page in enumerate(pages, start=1):
        _read_page(number, page, found)
    return found


def faults(data: bytes, notes: Mapping[int, Sequence[str]], marks: int) -> list[str]:
    """List what is wrong with the notes of a stress report that was set as `data`.

    `notes` are the words of each; `marks` says how many marked words its text has.
    """
    found = find(read_pages(data))
    wrong = found.faults
    for number, words in notes.items():
        pages = found.calls.get(number, [])
        if len(pages) != 1:
            wrong.append(f"note {number}: called on pages {pages}")
        elif found.notes.get(number) != pages[0]:
            where = found.notes.get(number)
            wrong.append(f"note {number}: called on page {pages[0]}, begins on {where}")
        printed = [FOLDED.sub("", word) for word in found.printed.get(number, [])]
        if printed != [FOLDED.sub("", word) for word in words]:
            wrong.append(f"note {number}: {_difference(words, printed)}")
    for mark in range(1, marks + 1):
        if found.marks[mark] != 1:
            wrong.append(f"mark {mark}: stands {found.marks[mark]} times")
    return wrong


def _difference(words: Sequence[str], printed: Sequence[str]) -> str:
    for place, word in enumerate(words):
        if place >= len(printed) or printed[place] != FOLDED.sub("", word):
            there = printed[place] if place < len(printed) else "nothing"
            return f"word {place} of {len(words)} is {there} in place of {word}"
    return f"{len(printed) - len(words)} words too many"


def _read_page(number: int, page: Page, found: Found) -> None:
    text = [word for word in page.words if CALL.search(word.text) or MARK.search(word.text)]
    for word in text:
        for mark in MARK.findall(word.text):
            found.marks[int(mark)] += 1
        for call in CALL.findall(word.text):
            found.calls.setdefault(int(call), []).append(number)
    for word in page.words:
        inside = word.left >= -1 and word.right <= page.width + 1
        if not (inside and word.top >= -1 and word.bottom <= page.height + 1):
            found.faults.append(f"page {number}: {word.text} leaves the page")
    first = min((word.top for word in page.words if NOTE_WORD.match(word.text)), default=None)
    if first is None:
        return
    foot = [word for word in page.words if word.bottom > first + 0.5 and _of_note(word)]
    _read_notes(number, foot, found)
    top = min(_ink(word)[0] for word in foot)
    for word in page.words:
        if re.match(r"[a-z]", word.text) and _ink(word)[1] > top and not CALL.match(word.text):
            found.faults.append(f"page {number}: {word.text} stands among the notes")


def _of_note(word: Word) -> bool:
    return bool(NOTE_WORD.match(word.text) or PIECE.fullmatch(word.text.rstrip("0123456789")))


def _read_notes(number: int, words: Iterable[Word], found: Found) -> None:
    """Take the notes of a page line by line."""
    current, began = found.current, False
    for line in _lines(words):
        for before, word in zip([None, *line], line, strict=False):
            if before is not None and word.left < before.right - 1:
                found.faults.append(f"page {number}: {word.text} over {before.text}")
            match = NOTE_WORD.match(word.text)
            text = word.text
            if match:
                current = int(match[1])
                new = current not in found.notes
                found.notes.setdefault(current, number)
                if not new and began and found.last[current] != number:
                    found.faults.append(f"page {number}: note {current} goes on too late")
                began = began or new
                found.last[current] = number
                found.printed.setdefault(current, []).append(text)
            elif current is not None and not text.isdigit():
                found.printed[_divided(current, found)][-1] += text
    found.current = current


def _divided(current: int, found: Found) -> int:
    """Return the note whose word a piece goes on with: several may go on from the page before."""
    open_words = [n for n, words in found.printed.items() if words[-1].endswith(("-", "‐"))]
    return current if current in open_words or not open_words else open_words[0]


def _lines(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Put words in lines, from top to bottom and from left to right."""
    line: list[Word] = []
    bottom = 0.0
    for word in sorted(words, key=_middle):
        if line and _middle(word) > bottom:
            yield sorted(line, key=lambda word: word.left)
            line = []
        line.append(word)
        bottom = max(_ink(word)[1] for word in line)
    if line:
        yield sorted(line, key=lambda word: word.left)


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _ink(word: Word) -> tuple[float, float]:
    """Return top and bottom of a word without what its box has above and below its letters."""
    spare = SHRUNK * (word.bottom - word.top)
    return word.top + spare, word.bottom - spare
