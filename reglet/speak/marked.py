"""A PDF's page in, the text of each of its pieces of marked content out, and what has no mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import hypot

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Operator, Stream, String

from reglet.speak.ink import PATH_ENDS, Colour, Ground, Ink, over
from reglet.speak.letters import Letters, letters_of

_DEEPEST = 8  # forms within forms
_SAME = 0.01  # pt between baselines that are one
_INWARD = 0.25  # of a font's size: within the first letter
_OF_TEXT = frozenset(
    ("Tf", "Tm", "Td", "TD", "TL", "T*", "Tj", "TJ", "'", '"', "Tr", "Tc", "Tw", "Tz")
)
_UNSEEN = (3, 7)  # modes of text that paint nothing

Operands = Sequence[pikepdf.Object]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one line: its letters in the order drawn, and where its baseline is.

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


@dataclass(frozen=True, slots=True)
class Shown:
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
class _Span:
    """A piece of marked content being read; `said` is the text that replaces what it shows."""

    mcid: int | None
    said: str | None = None
    artifact: bool = False


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
    spans: list[_Span] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    kept: list[_State] = field(default_factory=list)
    line: Matrix = field(default_factory=Matrix)
    depth: int = 0

    def read(self, content: pikepdf.Object, resources: pikepdf.Object) -> None:
        """Replay a page or a form."""
        for instruction in pikepdf.parse_content_stream(content):
            operator = instruction.operator
            if not isinstance(operator, Operator):
                continue
            name = str(operator)
            if name == "EMC":
                del self.spans[-1:]
            elif name == "BT":
                self.line = Matrix()
            elif name != "ET":
                take = self._take_text if name in _OF_TEXT else self._take
                take(name, list(instruction.operands), resources)

    def _take(self, operator: str, operands: Operands, resources: pikepdf.Object) -> None:
        match operator, operands:
            case ("BDC", [role, marked]):
                self.spans.append(_span(role, marked, resources))
            case ("BMC", [role]):
                self.spans.append(_Span(None, artifact=role == Name.Artifact))
            case ("q", _):
                self.kept.append(replace(self.state))
            case ("Q", _) if self.kept:
                self.state = self.kept.pop()
            case ("cm", [_, _, _, _, _, _]):
                self.state.matrix = _matrix(operands) @ self.state.matrix
            case ("Do", [name]):
                self._place(_named(resources, "/XObject", name), resources)
            case _ if operator in PATH_ENDS:
                self.state.ink = self.ground.end(operator, self.state.ink)
                if operator != "n":
                    self._mark_drawn()
            case _ if not self.ground.take(operator, operands, self.state.matrix):
                self.state.ink = self.state.ink.taking(operator, operands, resources)

    def _take_text(self, operator: str, operands: Operands, resources: pikepdf.Object) -> None:
        match operator, operands:
            case ("Tm", [_, _, _, _, _, _]):
                self.line = _matrix(operands)
            case ("TJ", [Array() as shown]):
                self._show(list(shown))
            case ("Tj", _):
                self._show(operands)
            case ("Tf", [name, size]):
                self.state.letters, self.state.font = self._font(resources, str(name))
                self.state.size = float(size)
            case ("Td" | "TD", [right, up]):
                self.line = Matrix(1, 0, 0, 1, float(right), float(up)) @ self.line
                if operator == "TD":
                    self.state.leading = -float(up)
            case ("TL", [leading]):
                self.state.leading = float(leading)
            case ("T*" | "'" | '"', _):
                self.line = Matrix(1, 0, 0, 1, 0, -self.state.leading) @ self.line
                self._show(operands[-1:])
            case ("Tr", [mode]):
                self.state.hidden = int(mode) in _UNSEEN

    def _show(self, shown: Operands) -> None:
        """Keep text, or what is to be said in its place, with the marked content it is in."""
        if self.state.letters is None:
            return
        strings = [bytes(item) for item in shown if isinstance(item, String)]
        letters = [letter for item in strings for letter in self.state.letters.read(item)]
        placed = self.line @ self.state.matrix
        self._see("".join(letters), placed)
        mcid = self._marked()
        if mcid is None:
            artifact = any(span.artifact for span in self.spans)
            self._keep(self.artifacts if artifact else self.loose, letters, placed)
            return
        instead = next((span for span in self.spans if span.said is not None), None)
        if instead is not None:
            letters = [instead.said or ""]
            instead.said = ""
        self._keep(self.found.setdefault(mcid, []), letters, placed)

    def _marked(self) -> int | None:
        return next((span.mcid for span in reversed(self.spans) if span.mcid is not None), None)

    def _mark_drawn(self) -> None:
        mcid = self._marked()
        if mcid is not None:
            self.drawn.add(mcid)

    def _keep(self, pieces: list[Piece], letters: Sequence[str], placed: Matrix) -> None:
        a, b, _, _, right, up = placed.shorthand
        scale = hypot(a, b) or 1
        level, start = (a * up - b * right) / scale, (a * right + b * up) / scale
        if pieces and abs(pieces[-1].level - level) < _SAME:
            last = pieces[-1]
            font = last.font if last.font == self.state.font else ""
            pieces[-1] = replace(last, letters=(*last.letters, *letters), font=font)
        else:
            size, font = abs(self.state.size) * scale, self.state.font
            pieces.append(Piece(tuple(letters), self.page, level, size, start, font=font))

    def _see(self, text: str, placed: Matrix) -> None:
        """Keep the colours of text that is seen, a little above where its baseline begins."""
        if self.state.hidden or not any(map(str.isalnum, text)):
            return
        high = abs(self.state.size)
        x, y = placed.transform((high * _INWARD, high * _INWARD))
        ink, ground = self.state.ink, self.ground.at(float(x), float(y))
        seen = None if ground is None or ink.colour is None else over(ink, ground)
        size = high * hypot(placed.shorthand[0], placed.shorthand[1])
        self.shown.append(Shown(text, size, self.state.font, seen, ground))

    def _font(self, resources: pikepdf.Object, name: str) -> tuple[Letters | None, str]:
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
        kept, state, line = self.kept, replace(self.state), self.line
        matrix = form.get("/Matrix")
        if isinstance(matrix, Array) and len(matrix) == 6:
            self.state.matrix = _matrix(list(matrix)) @ self.state.matrix
        self.kept, self.depth = [], self.depth + 1
        self.read(form, form.get("/Resources", resources))
        self.kept, self.state, self.line, self.depth = kept, state, line, self.depth - 1


def _span(role: object, marked: object, resources: pikepdf.Object) -> _Span:
    artifact = role == Name.Artifact
    if isinstance(marked, Name):
        marked = _named(resources, "/Properties", marked)
    if not isinstance(marked, Dictionary):
        return _Span(None, artifact=artifact)
    mcid, said = marked.get("/MCID"), marked.get("/ActualText")
    return _Span(
        mcid if isinstance(mcid, int) else None,
        str(said) if isinstance(said, String) else None,
        artifact,
    )


def _named(resources: pikepdf.Object, kind: str, name: object) -> object:
    group = resources.get(kind) if isinstance(resources, Dictionary) else None
    known = isinstance(group, Dictionary) and isinstance(name, Name) and str(name) in group
    return group[str(name)] if known and group is not None else None


def _matrix(operands: Operands) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands)
    return Matrix(a, b, c, d, e, f)
