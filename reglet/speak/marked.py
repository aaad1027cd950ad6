"""A PDF's page in, the text of each of its pieces of marked content out, and what has no mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import hypot
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Stream

from reglet.speak.ink import PATH_ENDS, Colour, Ground, Ink, over
from reglet.speak.letters import Letters, letters_of
from reglet.speak.operators import (
    OF_MATRIX,
    matrix,
    named,
    names,
    numbers,
    operators,
    strings,
)
from reglet.speak.spans import Span, span_of

_DEEPEST = 8  # forms within forms
_SAME = 0.01  # pt between baselines that are one
_INWARD = 0.25  # of a font's size: within the first letter
_OF_TEXT = frozenset(
    ("Tf", "Tm", "Td", "TD", "TL", "T*", "Tj", "TJ", "'", '"', "Tr", "Tc", "Tw", "Tz")
)
_UNSEEN = (3, 7)  # modes of text that paint nothing


class Piece(NamedTuple):  # as all that there are tens of thousands of: the fastest to make
    """Text on one line: its letters in the order drawn, and where its baseline is.

    Letters that are written rightward may stand together, as one.

    `level` counts across the direction of writing, `start` along it, `size` is the font's, all in
    pt. `address` is that of the link which the piece is part of, `font` the name of its font. A
    piece without page stands for what has no text.
    """

    letters: tuple[str, ...]
    page: int | None = None
    level: float = 0.0
    size: float = 0.0
    start: float = 0.0
    address: str = ""
    font: str = ""

    @property
    def text(self) -> str:
        """Return the letters as they stand."""
        return "".join(self.letters)


Pieces = Mapping[int, Sequence[Piece]]


class Shown(NamedTuple):
    """Letters as they are painted; a colour is None where it cannot be told."""

    text: str
    size: float  # pt
    font: str
    colour: Colour | None
    ground: Colour | None


@dataclass(frozen=True, slots=True)
class Content:
    """What a page shows: `pieces` by identifier (MCID), and those without.

    `drawn` are the identifiers of content that shows shapes or pictures; `loose` is text that is
    neither marked content with an identifier nor an artifact.
    """

    pieces: Pieces
    drawn: frozenset[int]
    loose: Sequence[Piece]
    artifacts: Sequence[Piece]
    shown: Sequence[Shown]


Fonts = dict[tuple[int, int], tuple[Letters, str]]
"""What fonts' codes stand for and their names, by object and generation."""


def read_page(page: pikepdf.Page, number: int, fonts: Fonts | None = None) -> Content:
    """Return what a page shows; `fonts` keeps those of the file from page to page."""
    reader = _Reader(number, {} if fonts is None else fonts)
    reader.read(page.obj, page.obj.get("/Resources", Dictionary()))
    return Content(
        reader.found, frozenset(reader.drawn), reader.loose, reader.artifacts, reader.shown
    )


@dataclass(slots=True)
class _State:
    """What q keeps and Q brings back."""

    matrix: Matrix = field(default_factory=Matrix)
    letters: Letters | None = None
    size: float = 0.0
    leading: float = 0.0
    font: str = ""
    ink: Ink = field(default_factory=Ink)
    hidden: bool = False  # text is shown by no ink


@dataclass(slots=True)
class _Reader:
    """Replays a page's operators, and keeps the text that marked content shows."""

    page: int
    fonts: Fonts
    found: dict[int, list[Piece]] = field(default_factory=dict)
    drawn: set[int] = field(default_factory=set)
    loose: list[Piece] = field(default_factory=list)
    artifacts: list[Piece] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    ground: Ground = field(default_factory=Ground)
    spans: list[Span] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    kept: list[_State] = field(default_factory=list)
    line: Matrix = field(default_factory=Matrix)
    named: dict[str, tuple[Letters | None, str]] = field(default_factory=dict)
    """Fonts by the names that they have in the resources of what is being replayed."""
    depth: int = 0

    def read(self, content: pikepdf.Object, resources: pikepdf.Object) -> None:
        """Replay a page or a form."""
        for operands, name, _ in operators(content):
            if name in _OF_TEXT:
                self._take_text(name, operands, resources)
            elif name == "EMC":
                del self.spans[-1:]
            elif name == "BT":
                self.line = Matrix()
            elif name != "ET":
                self._take(name, operands, resources)

    def _take(self, operator: str, operands: str, resources: pikepdf.Object) -> None:
        state = self.state
        if operator in ("BDC", "BMC"):
            self.spans.append(span_of(operands, resources))
        elif operator == "q":
            self.kept.append(replace(state))
        elif operator == "Q":
            self.state = self.kept.pop() if self.kept else state
        elif operator == "cm":
            state.matrix = matrix(operands) @ state.matrix
        elif operator == "Do":
            self._place(named(resources, "/XObject", operands), resources)
        elif operator in PATH_ENDS:
            state.ink = self.ground.end(operator, state.ink)
            if operator != "n":
                self._mark_drawn()
        elif not self.ground.take(operator, operands, state.matrix):
            state.ink = state.ink.taking(operator, operands, resources)

    def _take_text(self, operator: str, operands: str, resources: pikepdf.Object) -> None:
        state = self.state
        if operator in ("TJ", "Tj"):
            self._show(operands)
        elif operator == "Tm":
            self.line = matrix(operands)
        elif operator == "Tf":
            self._set_font(operands, resources)
        elif operator in ("Td", "TD"):
            right, up = numbers(operands) or (0.0, 0.0)
            self.line = Matrix(1, 0, 0, 1, right, up) @ self.line
            if operator == "TD":
                state.leading = -up
        elif operator == "TL":
            state.leading = next(iter(numbers(operands)), state.leading)
        elif operator in ("T*", "'", '"'):
            self.line = Matrix(1, 0, 0, 1, 0, -state.leading) @ self.line
            self._show(operands)
        elif operator == "Tr":
            state.hidden = next(iter(numbers(operands)), 0.0) in _UNSEEN

    def _show(self, operands: str) -> None:
        """Keep text, or what is to be said in its place, with the marked content it is in."""
        known = self.state.letters
        if known is None:
            return
        shown = strings(operands, known.width)
        letters: Sequence[str] = [each for string in shown for each in known.read(string)]
        placed = self.line @ self.state.matrix
        self._see("".join(letters), placed)
        mcid = self._marked()
        if mcid is None:
            artifact = any(span.artifact for span in self.spans)
            self._keep(self.artifacts if artifact else self.loose, letters, placed)
            return
        for span in self.spans:
            if span.said is not None:
                letters, span.said = [span.said], ""
                break
        self._keep(self.found.setdefault(mcid, []), letters, placed)

    def _marked(self) -> int | None:
        for span in reversed(self.spans):
            if span.mcid is not None:
                return span.mcid
        return None

    def _mark_drawn(self) -> None:
        mcid = self._marked()
        if mcid is not None:
            self.drawn.add(mcid)

    def _keep(self, pieces: list[Piece], letters: Sequence[str], placed: Matrix) -> None:
        a, b, _, _, right, up = placed.shorthand
        scale = hypot(a, b) or 1
        level, start = (a * up - b * right) / scale, (a * right + b * up) / scale
        last = pieces[-1] if pieces else None
        if last and abs(last.level - level) < _SAME:
            letters, start, level = (*last.letters, *letters), last.start, last.level
            size, font = last.size, last.font if last.font == self.state.font else ""
            pieces[-1] = Piece(letters, last.page, level, size, start, font=font)
        else:
            size, font = abs(self.state.size) * scale, self.state.font
            pieces.append(Piece(tuple(letters), self.page, level, size, start, font=font))

    def _see(self, text: str, placed: Matrix) -> None:
        """Keep the colours of text that is seen, a little above where its baseline begins."""
        if self.state.hidden or not any(map(str.isalnum, text)):
            return
        a, b, c, d, right, up = placed.shorthand
        high = abs(self.state.size)
        inward = high * _INWARD
        ink = self.state.ink
        ground = self.ground.at(inward * (a + c) + right, inward * (b + d) + up)
        seen = None if ground is None or ink.colour is None else over(ink, ground)
        self.shown.append(Shown(text, high * hypot(a, b), self.state.font, seen, ground))

    def _set_font(self, operands: str, resources: pikepdf.Object) -> None:
        """Take a font of the resources, and a size."""
        name, _, size = operands.strip().rpartition(" ")
        if name not in self.named:
            self.named[name] = self._font(resources, *names(name))
        self.state.letters, self.state.font = self.named[name]
        self.state.size = next(iter(numbers(size)), self.state.size)

    def _font(self, resources: pikepdf.Object, name: str = "/") -> tuple[Letters | None, str]:
        """Return the letters and the name of a font that resources call `name`."""
        fonts = resources.get("/Font") if isinstance(resources, Dictionary) else None
        font = fonts.get(name) if isinstance(fonts, Dictionary) else None
        if not isinstance(font, Dictionary):
            return None, ""
        key = font.objgen
        if key not in self.fonts or not font.is_indirect:
            called = str(font.get("/BaseFont", "")).removeprefix("/")
            self.fonts[key] = letters_of(font), called
        return self.fonts[key]

    def _place(self, placed: object, resources: pikepdf.Object) -> None:
        """Replay a form, or note a picture."""
        if not isinstance(placed, Stream):
            return
        if placed.get("/Subtype") == Name.Form:
            self._form(placed, resources)
        else:
            self.ground.cover(self.state.matrix, self.state.ink)
            self._mark_drawn()

    def _form(self, form: Stream, resources: pikepdf.Object) -> None:
        """Replay a form, such as what is drawn half transparent."""
        if self.depth >= _DEEPEST:
            return
        kept, state, line, named = self.kept, replace(self.state), self.line, self.named
        given = form.get("/Matrix")
        if isinstance(given, Array) and len(given) == OF_MATRIX:
            self.state.matrix = Matrix(given) @ self.state.matrix
        self.kept, self.named, self.depth = [], {}, self.depth + 1
        self.read(form, form.get("/Resources", resources))
        self.kept, self.state, self.line, self.named = kept, state, line, named
        self.depth -= 1
