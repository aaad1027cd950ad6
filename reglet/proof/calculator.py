"""A program of a PDF's calculator functions in, what it leaves on its stack out.

ISO 32000-1 §7.10.5: a few operators of PostScript, without loops and names.
"""

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

_WORDS = re.compile(r"%[^\r\n]*|[{}]|[^\s{}%]+")
_WORD = 32  # bits of a whole number
_DEEPEST = 100  # operands, as the standard allows at most

Stack = list[Any]


def calculate(program: str, values: Sequence[float]) -> list[float]:
    """Run a program on the values; raises ValueError, IndexError or ArithmeticError."""
    words = (found[0] for found in _WORDS.finditer(program) if not found[0].startswith("%"))
    if next(words, "") != "{":
        raise ValueError("a program does not begin with {")
    stack: Stack = list(values)
    _run(_block(words), stack)
    return [float(value) for value in stack]


def _block(words: Iterator[str]) -> list[Any]:
    """Read a block, those within it as lists."""
    found: list[Any] = []
    for word in words:
        if word == "}":
            return found
        if word == "{":
            found.append(_block(words))
        else:
            found.append(word if word in _KNOWN else float(word))
    raise ValueError("a program does not end")


def _run(block: list[Any], stack: Stack) -> None:
    for step in block:
        if not isinstance(step, str):
            stack.append(step)
        elif step in _SHAPES:
            _SHAPES[step](stack)
        elif step in _ONE:
            stack.append(_ONE[step](stack.pop()))
        else:
            second, first = stack.pop(), stack.pop()
            stack.append(_TWO[step](first, second))
        if len(stack) > _DEEPEST:
            raise ValueError("a program's stack is too deep")


def _if(stack: Stack) -> None:
    then, condition = stack.pop(), stack.pop()
    if condition:
        _run(then, stack)


def _ifelse(stack: Stack) -> None:
    other, then, condition = stack.pop(), stack.pop(), stack.pop()
    _run(then if condition else other, stack)


def _copy(stack: Stack) -> None:
    count = int(stack.pop())
    stack += stack[len(stack) - count :] if count else []


def _index(stack: Stack) -> None:
    stack.append(stack[-1 - int(stack.pop())])


def _roll(stack: Stack) -> None:
    by, count = int(stack.pop()), int(stack.pop())
    if not 0 <= count <= len(stack):
        raise ValueError("a program rolls more than there is")
    if count:
        held = stack[-count:]
        stack[-count:] = held[-by % count :] + held[: -by % count]


def _exchange(stack: Stack) -> None:
    stack[-2], stack[-1] = stack[-1], stack[-2]


def _shift(value: float, by: float) -> int:
    if abs(by) >= _WORD:
        raise ValueError("a program shifts more bits than a number has")
    return int(value) << int(by) if by >= 0 else int(value) >> -int(by)


def _bitwise(by: Callable[[int, int], int]) -> Callable[[Any, Any], Any]:
    """Return a function of two numbers, or of two truths."""

    def combined(first: Any, second: Any) -> Any:
        found = by(int(first), int(second))
        return bool(found) if isinstance(first, bool) else found

    return combined


_SHAPES: Mapping[str, Callable[[Stack], Any]] = {
    "if": _if,
    "ifelse": _ifelse,
    "pop": lambda stack: stack.pop(),
    "dup": lambda stack: stack.append(stack[-1]),
    "exch": _exchange,
    "copy": _copy,
    "index": _index,
    "roll": _roll,
    "true": lambda stack: stack.append(True),
    "false": lambda stack: stack.append(False),
}
_ONE: Mapping[str, Callable[[Any], Any]] = {
    "abs": abs,
    "neg": operator.neg,
    "ceiling": math.ceil,
    "floor": math.floor,
    "round": lambda value: math.floor(value + 0.5),
    "truncate": math.trunc,
    "cvi": math.trunc,
    "cvr": float,
    "sqrt": math.sqrt,
    "sin": lambda value: math.sin(math.radians(value)),
    "cos": lambda value: math.cos(math.radians(value)),
    "ln": math.log,
    "log": math.log10,
    "not": lambda value: not value if isinstance(value, bool) else ~int(value),
}
_TWO: Mapping[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "idiv": lambda first, second: math.trunc(first / second),
    "mod": math.fmod,
    "exp": operator.pow,
    "atan": lambda first, second: math.degrees(math.atan2(first, second)) % 360,
    "bitshift": _shift,
    "and": _bitwise(operator.and_),
    "or": _bitwise(operator.or_),
    "xor": _bitwise(operator.xor),
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_KNOWN = frozenset({*_SHAPES, *_ONE, *_TWO})
