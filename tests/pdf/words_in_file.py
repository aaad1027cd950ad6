"""A PDF file in, the words of its pages out with their boxes, in lines, and those that overlap."""

import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SHRUNK = 0.25  # of a word's height: what its box is higher than the ink of most letters
NEAR = 1  # pt by which boxes may overlap


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

    def is_left_by(self, word: Word) -> bool:
        """Tell whether a word runs over the page's edge."""
        inside = word.left >= -NEAR and word.right <= self.width + NEAR
        return not (inside and word.top >= -NEAR and word.bottom <= self.height + NEAR)


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


def lines(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Put words in lines, from top to bottom and from left to right."""
    line: list[Word] = []
    bottom = 0.0
    for word in sorted(words, key=_middle):
        if line and _middle(word) > bottom:
            yield sorted(line, key=lambda word: word.left)
            line = []
        line.append(word)
        bottom = max(ink(word)[1] for word in line)
    if line:
        yield sorted(line, key=lambda word: word.left)


def overlaps(words: Sequence[Word], among: set[Word]) -> Iterator[tuple[Word, Word]]:
    """Yield pairs of words, one of them `among` those named, whose letters lie on each other."""
    waiting: list[Word] = []
    for word in sorted(words, key=lambda word: (ink(word)[0], word.left)):
        top = ink(word)[0] + NEAR
        waiting = [other for other in waiting if ink(other)[1] > top]
        for other in waiting:
            beside = word.left > other.right - NEAR or word.right < other.left + NEAR
            if not beside and (word in among or other in among):
                yield word, other
        waiting.append(word)


def ink(word: Word) -> tuple[float, float]:
    """Return top and bottom of a word without what its box has above and below its letters."""
    spare = SHRUNK * (word.bottom - word.top)
    return word.top + spare, word.bottom - spare


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2
