"""Words diagnostics for people and for machines: four formats, one table.

In come diagnostics, and callables that give a file's text and its shown path; out comes text.
"""

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from reglet.model.diagnostic import Diagnostic, Severity
from reglet.model.span import Span

DOCUMENTATION = "docs/diagnostics.md"
WIDTH = 100
TAB = "    "

_COLOURS = {"error": "1;31", "warning": "1;33", "place": "1", "gutter": "34", "hint": "36"}
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class View:
    """How messages are shown: `read` gives a path's text or None, `show` the path to print."""

    read: Callable[[str], str | None] = lambda _: None
    show: Callable[[str], str] = lambda path: path
    colour: bool = False
    width: int = WIDTH


def render(diagnostics: Sequence[Diagnostic], form: str, view: View) -> str:
    """Word all `diagnostics` in the format `form`, a key of `FORMS`; ends with a line end."""
    return FORMS[form](diagnostics, view)


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Tell whether `stream` is a terminal that may be coloured (https://no-color.org)."""
    return stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"


def count(diagnostics: Sequence[Diagnostic]) -> str:
    """Sum up in words: "2 errors, 1 warning"."""
    errors = sum(item.severity is Severity.ERROR for item in diagnostics)
    numbers = {"error": errors, "warning": len(diagnostics) - errors}
    return ", ".join(f"{n} {word}{'s' * (n != 1)}" for word, n in numbers.items() if n)


def _human(diagnostics: Sequence[Diagnostic], view: View) -> str:
    if not diagnostics:
        return ""
    texts: dict[str, list[str]] = {}
    parts = []
    for item in diagnostics:
        path = item.span.path
        if path not in texts:
            texts[path] = _lines(view.read(path)) if path else []
        parts.append(_one_human(item, texts[path], view))
    return "\n".join([*parts, count(diagnostics), ""])


def _lines(text: str | None) -> list[str]:
    if text is None:
        return []
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _one_human(item: Diagnostic, lines: Sequence[str], view: View) -> str:
    severity = str(item.severity)
    place = _place(item.span, view)
    head = _paint(f"{place}: ", "place", view) if place else ""
    head += _paint(f"{severity}[{item.code}]", severity, view) + f" {_clean(item.message)}"
    hint = _clean(item.hint)
    if not 1 <= item.span.line <= len(lines):
        return f"{head}\n" + (f"  {_paint(hint, 'hint', view)}\n" if hint else "")
    number = str(item.span.line)
    empty = " " * len(number)
    room = max(view.width - len(number) - 3, 20)
    shown, before, under = _snippet(lines[item.span.line - 1], item.span, room)
    marks = " " * before + _paint("^" * under, severity, view)
    fits = before + under + 1 + _width(hint) <= room
    rows = [(number, shown), (empty, marks)]
    if hint and fits:
        rows[1] = (empty, f"{marks} {_paint(hint, 'hint', view)}")
    elif hint:
        rows.append((empty, _paint(hint, "hint", view)))
    gutters = (f"{_paint(f'{left} |', 'gutter', view)} {right}" for left, right in rows)
    return "\n".join([head, *gutters, ""])


def _snippet(line: str, span: Span, room: int) -> tuple[str, int, int]:
    """Cut `line` to `room` columns about the span; return it, the columns before and under it."""
    start = min(max(span.column - 1, 0), len(line))
    end = min(start + max(span.length, 1), len(line))
    cells = [_clean(TAB if character == "\t" else character) for character in line]
    widths = [_width(cell) for cell in cells]
    first, last = _window(widths, start, end, room)
    shown = "".join(cells[first:last])
    before = sum(widths[first:start])
    under = max(sum(widths[start : min(end, last)]), 1)
    if first > 0:
        shown, before = f"… {shown}", before + 2
    if last < len(line):
        shown = f"{shown} …"
    return shown, before, under


def _window(widths: Sequence[int], start: int, end: int, room: int) -> tuple[int, int]:
    """Choose the slice of a line that holds the span and fits `room`, ellipses included."""
    if sum(widths) <= room:
        return 0, len(widths)
    room -= 4
    first, last, used = start, start, 0
    while last < end and used + widths[last] <= room:
        used += widths[last]
        last += 1
    lead = used + max((room - used) // 2, 0)
    while first > 0 and used + widths[first - 1] <= lead:
        first -= 1
        used += widths[first]
    while last < len(widths) and used + widths[last] <= room:
        used += widths[last]
        last += 1
    while first > 0 and used + widths[first - 1] <= room:
        first -= 1
        used += widths[first]
    return first, last


def _width(text: str) -> int:
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    """Count the terminal's columns: none for marks that combine, two for wide characters."""
    if character.isascii():
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _clean(text: str) -> str:
    """Replace what could steer the terminal, or turn its direction, by a visible character."""
    return "".join(
        "\ufffd" if unicodedata.category(c) in {"Cc", "Cs"} or c in _BIDI else c for c in text
    )


def _paint(text: str, colour: str, view: View) -> str:
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if view.colour and text else text


def _place(span: Span, view: View) -> str:
    if not span.path:
        return ""
    return _clean(str(Span(view.show(span.path), span.line, span.column)))


def _concise(diagnostics: Sequence[Diagnostic], view: View) -> str:
    rows = []
    for item in diagnostics:
        place = _place(item.span, view)
        hint = f" ({_clean(item.hint)})" if item.hint else ""
        head = f"{place}: " if place else ""
        rows.append(f"{head}{item.severity}[{item.code}] {_clean(item.message)}{hint}\n")
    return "".join(rows)


def _json(diagnostics: Sequence[Diagnostic], view: View) -> str:
    rows = [_record(item, view) for item in diagnostics]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _record(item: Diagnostic, view: View) -> dict[str, str | int | None]:
    span = item.span
    placed = span.line > 0
    return {
        "code": item.code,
        "severity": str(item.severity),
        "message": item.message,
        "hint": item.hint or None,
        "path": view.show(span.path) if span.path else None,
        "line": span.line if placed else None,
        "column": span.column if placed else None,
        "end_line": span.line if placed else None,
        "end_column": span.column + span.length if placed else None,
        "documentation": f"{DOCUMENTATION}#{item.code}",
    }


def _github(diagnostics: Sequence[Diagnostic], view: View) -> str:
    """Write GitHub's workflow commands, which a run shows at the line of the file."""
    rows = []
    for item in diagnostics:
        span = item.span
        fields: dict[str, str | int] = {}
        if span.path:
            fields["file"] = view.show(span.path)
        if span.line:
            fields |= {"line": span.line, "col": span.column}
            fields["endColumn"] = span.column + span.length
        fields["title"] = f"reglet {item.code}"
        named = ",".join(f"{key}={_escape(str(value), ':,')}" for key, value in fields.items())
        text = f"{item.message}\n{item.hint}" if item.hint else item.message
        rows.append(f"::{item.severity} {named}::{_escape(text)}\n")
    return "".join(rows)


def _escape(text: str, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in f"%\r\n{more}" else c for c in text)


FORMS: dict[str, Callable[[Sequence[Diagnostic], View], str]] = {
    "human": _human,
    "concise": _concise,
    "json": _json,
    "github": _github,
}
