"""A PDF's page in, the text of each of its pieces of marked content out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import hypot

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Operator, Stream, String

from reglet.speak.letters import Letters, letters_of

_DEEPEST = 8  # forms within forms
_SAME = 0.01  # pt between baselines that are one

Operands = Sequence[pikepdf.Object]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text on one line: its letters in the order drawn, and where its baseline is.

    `level` counts across the direction of writing, `start` along it, `size` is the font's, all in
    pt. `address` is that of the link which the piece is part of. A piece without page stands for
    what has no text.
    """

    letters: tuple[str, ...]
    page: int | None = None
    level: float = 0.0
    size: float = 0.0
    start: float = 0.0
    address: str = ""

    @property
    def text(self) -> str:
        """Return the letters as they stand."""
        return "".join(self.letters)


Pieces = Mapping[int, Sequence[Piece]]


def read_page(page: pikepdf.Page, number: int) -> Pieces:
    """Return the pieces of the page's content by their identifiers (MCID)."""
    reader = _Reader(number)
    reader.read(page.obj, page.obj.get("/Resources", Dictionary()))
    return reader.found


@dataclass(slots=True)
class _Span:
    """A piece of marked content being read; `said` is the text that replaces what it shows."""

    mcid: int | None
    said: str | None = None


@dataclass(slots=True)
class _State:
    """What q keeps and Q brings back."""

    matrix: Matrix = field(default_factory=Matrix)
    letters: Letters | None = None
    size: float = 0.0
    leading: float = 0.0

    def copy(self) -> "_State":
        return _State(self.matrix, self.letters, self.size, self.leading)


@dataclass(slots=True)
class _Reader:
    """Replays a page's operators, and keeps the text that marked content shows."""

    page: int
    found: dict[int, list[Piece]] = field(default_factory=dict)
    spans: list[_Span] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    kept: list[_State] = field(default_factory=list)
    line: Matrix = field(default_factory=Matrix)
    fonts: dict[tuple[int, int], Letters] = field(default_factory=dict)
    depth: int = 0

    def read(self, content: pikepdf.Object, resources: pikepdf.Object) -> None:
        """Replay a page or a form."""
        for instruction in pikepdf.parse_content_stream(content):
            operands, operator = list(instruction.operands), instruction.operator
            if isinstance(operator, Operator):
                self._take(str(operator), operands, resources)

    def _take(self, operator: str, operands: Operands, resources: pikepdf.Object) -> None:
        match operator, operands:
            case ("BDC", [_, marked]):
                self.spans.append(_span(marked, resources))
            case ("BMC", _):
                self.spans.append(_Span(None))
            case ("EMC", _) if self.spans:
                self.spans.pop()
            case ("q", _):
                self.kept.append(self.state.copy())
            case ("Q", _) if self.kept:
                self.state = self.kept.pop()
            case ("cm", [_, _, _, _, _, _]):
                self.state.matrix = _matrix(operands) @ self.state.matrix
            case ("Tf", [name, size]):
                self.state.letters = self._font(resources, name)
                self.state.size = float(size)
            case ("Do", [name]):
                self._form(_named(resources, "/XObject", name), resources)
            case _:
                self._take_text(operator, operands)

    def _take_text(self, operator: str, operands: Operands) -> None:
        match operator, operands:
            case ("BT", _):
                self.line = Matrix()
            case ("Tm", [_, _, _, _, _, _]):
                self.line = _matrix(operands)
            case ("Td" | "TD", [right, up]):
                self.line = Matrix(1, 0, 0, 1, float(right), float(up)) @ self.line
                if operator == "TD":
                    self.state.leading = -float(up)
            case ("TL", [leading]):
                self.state.leading = float(leading)
            case ("T*" | "'" | '"', _):
                self.line = Matrix(1, 0, 0, 1, 0, -self.state.leading) @ self.line
                self._show(operands[-1:])
            case ("Tj", _):
                self._show(operands)
            case ("TJ", [Array() as shown]):
                self._show(list(shown))

    def _show(self, shown: Operands) -> None:
        """Keep text, or what is to be said in its place, with the marked content it is in."""
        mcid = next((span.mcid for span in reversed(self.spans) if span.mcid is not None), None)
        if mcid is None or self.state.letters is None:
            return
        instead = next((span for span in self.spans if span.said is not None), None)
        if instead is None:
            strings = [bytes(item) for item in shown if isinstance(item, String)]
            letters = [letter for item in strings for letter in self.state.letters.read(item)]
        else:
            letters = [instead.said or ""]
            instead.said = ""
        self._keep(mcid, letters)

    def _keep(self, mcid: int, letters: Sequence[str]) -> None:
        a, b, _, _, right, up = (self.line @ self.state.matrix).shorthand
        scale = hypot(a, b) or 1
        level, start = (a * up - b * right) / scale, (a * right + b * up) / scale
        pieces = self.found.setdefault(mcid, [])
        if pieces and abs(pieces[-1].level - level) < _SAME:
            pieces[-1] = replace(pieces[-1], letters=(*pieces[-1].letters, *letters))
        else:
            size = abs(self.state.size) * scale
            pieces.append(Piece(tuple(letters), self.page, level, size, start))

    def _font(self, resources: pikepdf.Object, name: pikepdf.Object) -> Letters | None:
        font = _named(resources, "/Font", name)
        if not isinstance(font, Dictionary):
            return None
        if not font.is_indirect:
            return letters_of(font)
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = letters_of(font)
        return self.fonts[font.objgen]

    def _form(self, form: object, resources: pikepdf.Object) -> None:
        """Replay a form, such as what is drawn half transparent."""
        if not isinstance(form, Stream) or form.get("/Subtype") != Name.Form:
            return
        if self.depth >= _DEEPEST:
            return
        kept, state, line = self.kept, self.state.copy(), self.line
        matrix = form.get("/Matrix")
        if isinstance(matrix, Array) and len(matrix) == 6:
            self.state.matrix = _matrix(list(matrix)) @ self.state.matrix
        self.kept, self.depth = [], self.depth + 1
        self.read(form, form.get("/Resources", resources))
        self.kept, self.state, self.line, self.depth = kept, state, line, self.depth - 1


def _span(marked: object, resources: pikepdf.Object) -> _Span:
    if isinstance(marked, Name):
        marked = _named(resources, "/Properties", marked)
    if not isinstance(marked, Dictionary):
        return _Span(None)
    mcid, said = marked.get("/MCID"), marked.get("/ActualText")
    return _Span(
        mcid if isinstance(mcid, int) else None, str(said) if isinstance(said, String) else None
    )


def _named(resources: pikepdf.Object, kind: str, name: object) -> object:
    group = resources.get(kind) if isinstance(resources, Dictionary) else None
    known = isinstance(group, Dictionary) and isinstance(name, Name) and str(name) in group
    return group[str(name)] if known and group is not None else None


def _matrix(operands: Operands) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands)
    return Matrix(a, b, c, d, e, f)
