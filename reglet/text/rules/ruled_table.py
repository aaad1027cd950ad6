"""Simple and multi-line tables: columns under lines of dashes (Pandoc).

A column goes from the start of its dashes to the start of the next; how the head stands over them
gives the alignment.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it.rules_block import StateBlock

from reglet.text.rules.drawn import Drawn, Row, Strip, cell_of, strip_of

_DASHES = re.compile(r"-{2,}")
_COLUMNS = re.compile(r" *-{2,}(?: +-{2,})+ *")
_WHOLE = re.compile(r" *-{5,} *")
_ALIGNS = {(True, False): "right", (False, True): "left", (True, True): "center"}


def read_ruled_table(state: StateBlock, start: int, end: int) -> Drawn | None:
    """Read a table that begins on the line `start` with its head or with a line of dashes."""
    if state.is_code_block(start) or start + 2 >= end:
        return None
    first = _text(state, start)
    if _COLUMNS.fullmatch(first):
        return _read(state, (start, start), start, end, closed=True)
    if not _WHOLE.fullmatch(first):
        return _read(state, (start, start + 1), start + 1, end, closed=False)
    rule = start + 1
    while rule < end and _is_text(state, rule):
        rule += 1
    return _read(state, (start + 1, rule), rule, end, closed=True)


def _read(
    state: StateBlock, head: tuple[int, int], rule: int, end: int, *, closed: bool
) -> Drawn | None:
    """Read the rows under the line `rule`, which parts the columns.

    A `closed` table ends with a line of dashes, and empty lines may part its rows.
    """
    if rule + 1 >= end or not _COLUMNS.fullmatch(_text(state, rule)):
        return None
    last = rule + 1
    while last < end and (_is_text(state, last) or (closed and state.isEmpty(last))):
        last += 1
    ends = last < end and set(_text(state, last)) in ({"-"}, {"-", " "})
    if last == rule + 1 or state.isEmpty(rule + 1) or (closed and not ends):
        return None
    spans = [found.span() for found in _DASHES.finditer(strip_of(state, rule).text)]
    lines = [[line] for line in range(rule + 1, last)]
    if any(state.isEmpty(line) for [line] in lines):
        lines = _groups(state, range(rule + 1, last))
    top = list(range(*head))
    over = [strip_of(state, line) for line in top or lines[0]]
    return Drawn(
        _aligns(over, spans),
        (_row(state, top, spans),) if top else (),
        tuple(_row(state, group, spans) for group in lines),
        last + 1 if ends else last,
    )


def _groups(state: StateBlock, lines: range) -> list[list[int]]:
    """Part lines at the empty ones."""
    groups: list[list[int]] = [[]]
    for line in lines:
        if not state.isEmpty(line):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _row(state: StateBlock, lines: Sequence[int], spans: Sequence[tuple[int, int]]) -> Row:
    strips = [strip_of(state, line) for line in lines]
    starts = [0, *(start for start, _ in spans[1:]), None]
    cells = tuple(
        cell_of([strip.cut(left, right) for strip in strips])
        for left, right in pairwise(starts)
        if left is not None
    )
    return Row(cells, lines[0], len(cells))


def _aligns(strips: Sequence[Strip], spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Compare the longest line over each column's dashes with them."""
    ends = [start for start, _ in spans[1:]] + [None]
    aligns = []
    for (start, stop), end in zip(spans, ends, strict=True):
        longest = max((strip.text[start:end].rstrip() for strip in strips), key=len)
        space_before = longest[:1] == " "
        aligns.append(_ALIGNS.get((space_before, len(longest) < stop - start), ""))
    return tuple(aligns)


def _is_text(state: StateBlock, line: int) -> bool:
    text = _text(state, line)
    inside = state.sCount[line] >= state.blkIndent
    return inside and bool(text.strip()) and not set(text) <= {"-", " "}


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
