"""Pages in inks in, the same with black letters printed over what is below them out.

Letters that are cut out of a ground show its edge where sheets are not in register by a hair
(ISO 32000-1 §11.7.4.3). Only text in solid black alone is printed so: with other inks of it absent,
anything else would mix with its ground.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator

from reglet.formats.pdf.press.colours import drawings

_OVER, _OUT = Name("/RegletOver"), Name("/RegletOut")
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_PAINTS = frozenset({"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"})
_SETS = frozenset({"k", "cs", "sc", "scn", "g", "rg"})  # the colour of letters
_BLACK = [0, 0, 0, 1]
_FILLED = 0  # the mode of text that is not outlined, §9.3.6


def overprint_black(pdf: pikepdf.Pdf) -> None:
    """Print text in solid black over its ground."""
    states = {
        _OVER: pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)),
        _OUT: pdf.make_indirect(Dictionary(Type=Name.ExtGState, OP=False, op=False, OPM=0)),
    }
    for holder, stream in drawings(pdf):
        instructions = list(pikepdf.parse_content_stream(stream))
        held = holder.get("/Resources", Dictionary())
        written = list(_overprinted(instructions, held.get("/ExtGState", {})))
        if len(written) == len(instructions):
            continue
        stream.write(pikepdf.unparse_content_stream(written))
        if "/ExtGState" not in held:
            held.ExtGState = Dictionary()
        for name, state in states.items():
            held.ExtGState[name] = state


@dataclass(frozen=True, slots=True)
class _State:
    """What of the graphics state says how letters are printed (ISO 32000-1 §8.4)."""

    over: bool = False
    black: bool = False
    opaque: bool = True
    filled: bool = True

    @property
    def solid(self) -> bool:
        """Tell whether letters are in solid black alone."""
        return self.black and self.opaque and self.filled


def _overprinted(instructions: Iterable[Any], named: Any) -> Iterator[Any]:
    """Switch overprinting on before text in black, and off before all else that prints.

    `named` are the graphics states that a stream may call by name.
    """
    state, outer = _State(), list[_State]()
    for found in instructions:
        operator = str(found.operator)
        if operator == "q":
            outer.append(state)
        elif operator == "Q" and outer:
            state = outer.pop()
        elif operator in _SHOWS or operator in _PAINTS:
            wanted = operator in _SHOWS and state.solid
            if wanted != state.over:
                state = replace(state, over=wanted)
                yield ContentStreamInstruction([_OVER if wanted else _OUT], Operator("gs"))
        else:
            state = _after(state, operator, found.operands, named)
        yield found


def _after(state: _State, operator: str, operands: Any, named: Any) -> _State:
    """Return the state that an operator leaves."""
    if operator in _SETS:
        is_black = operator == "k" and [float(value) for value in operands] == _BLACK
        return replace(state, black=is_black)
    if operator == "Tr":
        return replace(state, filled=int(operands[0]) == _FILLED)
    if operator == "gs":
        alpha = named.get(str(operands[0]), {}).get("/ca")
        return state if alpha is None else replace(state, opaque=float(alpha) == 1)
    return state
