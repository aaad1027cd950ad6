"""A page's markup in, its letters out, each with the place in the markup that it stands at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import ParserCreate

from reglet.model.document import LOCATORS, PICTURE
from reglet.model.words import FOLDED

_INLINE = """a abbr b bdi bdo cite code data del dfn em i ins kbd mark q ruby rb rt s samp small
span strong sub sup time u var"""
_PHRASING = frozenset(_INLINE.split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})  # a page's number is no part of one
_PICTURES = frozenset({"img", "svg"})
_FOLDED_UP = frozenset({"details"})
_DASHES = "-\u2010\u2013\u2014"


@dataclass(slots=True)
class Letters:
    """The `folded` letters of a page's body; `at` and `begins` have an entry for each.

    `at` is the byte of the markup before which a mark for the letter may stand: it lies before
    the elements of a line, and headings, that begin with the letter. `begins` tells whether the
    letter is the first of a word, or stands behind a hyphen or dash.
    """

    text: str = ""
    at: list[int] = field(default_factory=list)
    begins: list[bool] = field(default_factory=list)
    end: int = 0  # a byte behind the last letter, in the same element


def read(markup: bytes, *, details: bool = True) -> Letters:
    """Read the letters of a page; pictures stand for themselves, as `PICTURE`.

    Without `details`, those of descriptions that are folded up are left out.
    Raises xml.parsers.expat.ExpatError for what is not well-formed.
    """
    return _Reader(left_out=frozenset() if details else _FOLDED_UP).read(markup)


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet: its name, where its tag begins, whether it is empty."""

    name: str
    start: int
    empty: bool = True


class _Reader:
    def __init__(self, left_out: frozenset[str]) -> None:
        self.left_out = left_out
        self.parser = ParserCreate()
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.open: list[_Open] = []
        self.inside = False  # the body
        self.drawing = 0  # how many elements deep in an `svg`, or in what is left out
        self.gap = True  # whether a word may begin
        self.last = False  # whether the letter before may be the last
        self.found = Letters()
        self.letters: list[str] = []

    def read(self, markup: bytes) -> Letters:
        self.parser.Parse(markup, True)
        self.found.text = "".join(self.letters)
        return self.found

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.inside |= name == "body"
        if self.drawing:
            self.drawing += 1
            return
        self._close()
        self.open.append(_Open(name, self.parser.CurrentByteIndex))
        self.gap |= name not in _PHRASING
        if self.inside and name in _PICTURES:
            self.gap = True
            self._letter(PICTURE, self.parser.CurrentByteIndex)
            self.gap = True
            self.drawing = 1
        elif name in self.left_out or LOCATORS in attributes.get("class", "").split():
            self.drawing = 1

    def _end(self, name: str) -> None:
        if self.drawing:
            self.drawing -= 1
            if self.drawing:
                return
        if name not in _PICTURES:
            self._close()
        self.open.pop()
        self.gap |= name not in _PHRASING

    def _data(self, data: str) -> None:
        if not self.inside or self.drawing:
            return
        self._close()
        place = self.parser.CurrentByteIndex
        for character in data:
            if not FOLDED.match(character):
                self._letter(character.casefold(), place)
                self.gap = character in _DASHES
            elif character != "\u00ad":
                self.gap = True
            place += len(character.encode())

    def _letter(self, letters: str, place: int) -> None:
        for letter in letters:
            self.letters.append(letter)
            self.found.at.append(self._before(place))
            self.found.begins.append(self.gap)
            self.gap = False
        for each in self.open:
            each.empty = False
        self.last = True

    def _close(self) -> None:
        if self.last:
            self.found.end, self.last = self.parser.CurrentByteIndex, False

    def _before(self, place: int) -> int:
        """Return where the outermost element of a line, or heading, begins that begins here."""
        for each in reversed(self.open):
            if not each.empty or each.name not in _PHRASING | _HEADINGS | _PICTURES:
                break
            place = each.start
        return place
