"""What begins a list's item: `-`, `1.`, and Pandoc's `a)`, `(ii)`, `#.` and `(@label)`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock

_MARKER = re.compile(
    r"(?P<bullet>[-+*])(?=[ \t]|$)"
    r"|(?P<open>\(?)(?P<value>\d{1,9}|#|@[\w-]*|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}|[A-Za-z])"
    r"(?P<close>[.)])(?=[ \t]|$)"
)
_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker: the CSS style of its numbers, "" for a bullet; its signs; the offset after it."""

    style: str
    signs: str
    number: int
    end: int
    label: str = ""
    plain: bool = True  # CommonMark has it too


def find_marker(state: StateBlock, line: int, lists: Sequence[Marker] = ()) -> Marker | None:
    """Read the marker on `line`: one that goes on with one of `lists`, or else begins a list.

    "A. Name" needs two spaces to be a list.
    """
    at, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    text = state.src[at:stop]
    found = _MARKER.match(text)
    if not found or (found["open"] and found["close"] != ")"):
        return None
    end, rest = at + found.end(), text[found.end() :]
    if found["bullet"]:
        return Marker("", found["bullet"], 0, end)
    signs = (found["open"] or "") + found["close"]
    if found["value"].isupper() and signs == "." and rest and not rest.startswith("  "):
        return None
    for known in lists:
        number = _number(found["value"], known.style) if known.signs == signs else None
        if number is not None:
            return Marker(known.style, signs, number, end, found["value"][1:], known.plain)
    return _first(found["value"], signs, end)


def _first(value: str, signs: str, end: int) -> Marker | None:
    """Read the marker of a list's first item.

    Letters begin at a or i: "p. 12" is no list.
    """
    if value[0] == "@":
        return Marker(EXAMPLE, signs, 0, end, value[1:], False) if signs == "()" else None
    if value == "#":
        return Marker("decimal", signs, 1, end, "", False)
    if value.isdigit():
        return Marker("decimal", signs, int(value), end, "", "(" not in signs)
    if value.lower() not in ("a", "i"):
        return None
    case = "upper" if value.isupper() else "lower"
    style = f"{case}-{'roman' if value in 'iI' else 'alpha'}"
    return Marker(style, signs, 1, end, "", False)


def _number(value: str, style: str) -> int | None:
    """Read `value` as a number of the given style."""
    if style == EXAMPLE:
        return 0 if value.startswith("@") else None
    if style == "decimal":
        return int(value) if value.isdigit() else 1 if value == "#" else None
    case, _, kind = style.partition("-")
    if not value.isalpha() or value.isupper() != (case == "upper"):
        return None
    if kind == "alpha":
        return ord(value.lower()) - ord("a") + 1 if len(value) == 1 else None
    digits = [_VALUES[digit] for digit in value.lower()] if _ROMAN.fullmatch(value.lower()) else []
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-digit if digit < after else digit for digit, after in pairs) or None
