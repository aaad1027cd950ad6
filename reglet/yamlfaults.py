"""What is wrong with a text that is not YAML: libyaml's first error in, diagnostics out.

libyaml stops at its first error; the blocks of the text are then read one by one, so that several
mistakes are told at once, each in its own block. Wording for people stands in one table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.span import Span

MAX_DEPTH = 64  # of values within values
MAX_FAULTS = 20
MAX_LEVELS = 8

_KEY = re.compile(r""" *(?:"[^"]*"|'[^']*'|[^\s#\-\[\]{},&*!|>%@`"'][^#]*?) *:(?: |$)""")
_HEADER = re.compile(r""" *(?:- +)*(?:"[^"]*"|'[^']*'|[^\s#\[\]{}"']+) *: *(?:#.*)?$""")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text as lines, and where in its file the first line and their left edge are."""

    lines: Sequence[str]
    path: str
    line: int = 1
    column: int = 1

    def span(self, line: int, column: int, length: int = 0) -> Span:
        """Return a span from a place that counts from 0; without length, to the line's end.

        What libyaml notices below the last line is put at its end.
        """
        if line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1])
        if not length:
            length = len(self.lines[line].rstrip()) - column
        return Span(self.path, self.line + line, self.column + column, max(length, 1))


@dataclass(frozen=True, slots=True)
class _Fault:
    """One error of libyaml: its words, where it was noticed, and where what it is about begins."""

    problem: str
    line: int
    column: int
    start_line: int
    start_column: int


@dataclass(frozen=True, slots=True)
class _Wording:
    """How an error is told; `at_start` points to where the broken thing begins."""

    problem: str
    hint: str = ""
    at_start: bool = False


DISGUISE = {0x2028: 0x10F028, 0x2029: 0x10F029}
"""libyaml ends lines at U+2028 and U+2029, as YAML 1.1 did: they pass it as these."""

_TAB = _Wording("a tab where spaces should stand", "indent with spaces: YAML allows no tabs")
_STAR = _Wording("no value can begin with `{character}`", "put the value in quotes", at_start=True)
_WORDINGS: dict[str, _Wording] = {
    "mapping values are not allowed": _Wording(
        "a colon where none can stand", "indent this line like the line above"
    ),
    "could not find expected ':'": _Wording(
        "a line without `key:`", "write `key: value`, or indent what continues a value", True
    ),
    "found character that cannot start any token": _Wording(
        "no value can begin with `{character}`", "put the value in quotes"
    ),
    "found a tab character": _TAB,
    "did not find expected alphabetic or numeric": _STAR,
    "found unexpected end of stream": _Wording(
        "a quotation mark that is never closed", "add `{character}` where the value ends", True
    ),
    "found unexpected document indicator": _Wording(
        "a quotation mark that is never closed", "add `{character}` where the value ends", True
    ),
    "did not find expected ',' or ']'": _Wording(
        "a list in `[ ]` without its comma or its end", "add the `,` or the `]`"
    ),
    "did not find expected ',' or '}'": _Wording(
        "a mapping in `{{ }}` without its comma or its end", "add the `,` or the `}}`"
    ),
    "did not find expected key": _Wording("no key where one should stand"),
    "did not find expected '-' indicator": _Wording(
        "a line without `-` in a list", "begin the line with `- `, or indent it"
    ),
    "block sequence entries are not allowed": _Wording(
        "a `-` where no list can stand", "put the list on lines of its own, below the key"
    ),
    "found unknown escape character": _Wording(
        "an unknown escape after `\\`", "write `\\\\`, or put the value in single quotes"
    ),
    "found invalid Unicode character escape": _Wording("an escape that names no character"),
    "did not find expected comment or line break": _Wording(
        "text behind `{character}`", "begin the text on the next line, or put it in quotes", True
    ),
    "did not find expected <document start>": _Wording(
        "a second document", "delete the line `...` or `---`"
    ),
}


def find_faults(sheet: Sheet, error: yaml.YAMLError) -> tuple[Diagnostic, ...]:
    """Tell `error`, or the mistakes that reading the text block by block shows in its place."""
    found: list[_Fault] = []
    _search([line.translate(DISGUISE) for line in sheet.lines], 0, MAX_LEVELS, found)
    return tuple(_tell(fault, sheet) for fault in found or [_fault(error, 0)])


def _fault(error: yaml.YAMLError, offset: int) -> _Fault:
    problem = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None) or mark
    if mark is None or start is None:
        return _Fault(problem, offset, 0, offset, 0)
    return _Fault(problem, mark.line + offset, mark.column, start.line + offset, start.column)


def _search(lines: list[str], offset: int, levels: int, found: list[_Fault]) -> None:
    """Add the faults of a block; where it can be parted, those of its parts."""
    if len(found) == MAX_FAULTS:
        return
    try:
        for _ in yaml.parse("\n".join(lines), Loader=yaml.CSafeLoader):
            pass
    except yaml.YAMLError as error:
        before = len(found)
        if levels:
            for first, part in _parts(lines):
                _search(part, offset + first, levels - 1, found)
        if len(found) == before:
            found.append(_fault(error, offset))


def _parts(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Part a block into its entries; a single entry into what stands below its first line."""
    content = _content(lines)
    if not content or lines[content[0]].lstrip()[0] in "[{":
        return []
    first = content[0]
    indent = _indent(lines[first])
    listed = lines[first].strip() == "-" or lines[first].lstrip().startswith(("- ", "-\t"))
    starts = [
        number
        for number in content
        if _indent(lines[number]) == indent
        and (lines[number][indent] == "-" if listed else _KEY.match(lines[number]))
    ]
    if len(starts) > 1:
        ends = [*starts[1:], len(lines)]
        return [(start, lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    inner = (first + 1, lines[first + 1 :])
    if listed and lines[first].strip() != "-":
        inner = (first, [lines[first].replace("-", " ", 1), *lines[first + 1 :]])
    elif not listed and not _HEADER.match(lines[first]):
        return []
    return [inner] if _is_even(inner[1]) else []


def _content(lines: list[str]) -> list[int]:
    """Return the numbers of the lines that hold more than a comment."""
    return [n for n, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#"]


def _is_even(lines: list[str]) -> bool:
    """Tell whether no line stands further left than the first, so that it reads as a block."""
    content = _content(lines)
    return all(_indent(lines[number]) >= _indent(lines[content[0]]) for number in content)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _tell(fault: _Fault, sheet: Sheet) -> Diagnostic:
    wording = next(
        (words for start, words in _WORDINGS.items() if fault.problem.startswith(start)),
        _Wording(fault.problem.replace("{", "{{").replace("}", "}}")),
    )
    line, column = fault.line, fault.column
    bracket = fault.problem.startswith("did not find expected ','") and line > fault.start_line
    if wording.at_start or bracket or line >= len(sheet.lines):
        line, column = fault.start_line, fault.start_column
    words = sheet.lines[line] if line < len(sheet.lines) else ""
    character = words[column : column + 1]
    if character == "\t" or "\t" in words[: len(words) - len(words.lstrip())]:
        wording = _TAB
        column = words.index("\t")
    place = sheet.span(line, column, 1)
    if "nesting depth" in fault.problem:  # libyaml has a limit of its own, and reads ahead
        return diagnose("yaml-limit", place, what="the nesting", limit=f"{MAX_DEPTH} levels")
    return diagnose(
        "yaml-syntax",
        place,
        _hint(fault, words[:column]) or wording.hint.format(character=character),
        problem=wording.problem.format(character=character),
    )


def _hint(fault: _Fault, before: str) -> str:
    """Return a closer hint where the words before the fault show what went wrong."""
    if fault.problem.startswith("mapping values") and re.search(r":\s", before):
        return "put the value in quotes, as it holds a colon"
    if fault.problem.startswith("did not find expected key") and before.rstrip()[-1:] in {'"', "'"}:
        return "close the value with its quotation mark only; inside it, double the mark"
    return ""
