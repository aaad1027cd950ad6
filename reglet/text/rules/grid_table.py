"""Grid tables: every cell framed with `+---+` and `|`, a head over `+===+` (Pandoc).

Cells hold running text; blocks in cells and cells that span are reported.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.rules_block import StateBlock

from reglet.text.rules.drawn import Drawn, Row, cell_of, strip_of

_FRAME = re.compile(r"\+(?::?[-=]+:?\+)+[ \t]*")
_BLOCK = re.compile(r"[-+*][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|```")


SPANNING = "a cell spans rows or columns, or a frame is out of line"
BLOCKS = "a cell holds a list or several paragraphs"


@dataclass(frozen=True, slots=True)
class _Band:
    """The lines between two frames, and the frame under them."""

    lines: tuple[int, ...]
    frame: int
    head: bool


def read_grid_table(state: StateBlock, start: int, end: int) -> Drawn | None:
    """Read the table whose upper frame is the line `start`, if there is one."""
    if state.is_code_block(start) or not _FRAME.fullmatch(_text(state, start)):
        return None
    last = start + 1
    while last < end and _text(state, last)[:1] in ("|", "+") and not _outside(state, last):
        last += 1
    while last > start and not _FRAME.fullmatch(_text(state, last - 1)):
        last -= 1
    if last < start + 3:
        return None
    edges = _edges(strip_of(state, start).text.rstrip())
    bands = _bands(state, start, last)
    parting = next((index for index, band in enumerate(bands, start=1) if band.head), 0)
    frame = bands[parting - 1].frame if parting else start
    return Drawn(
        _aligns(strip_of(state, frame).text, edges),
        tuple(_row(state, band.lines, edges) for band in bands[:parting] if band.lines),
        tuple(_row(state, band.lines, edges) for band in bands[parting:] if band.lines),
        last,
        _problem(state, range(start, last), bands, edges),
    )


def _problem(state: StateBlock, lines: range, bands: Sequence[_Band], edges: Sequence[int]) -> str:
    for line in lines:
        text = strip_of(state, line).text.rstrip()
        if len(text) != edges[-1] + 1:
            return SPANNING
        if _FRAME.fullmatch(_text(state, line)):
            if _edges(text) != edges:
                return SPANNING
        elif any(text[edge] != "|" for edge in edges):
            return SPANNING
    for band in bands:
        for left, right in pairwise(edges):
            texts = [strip_of(state, line).text[left + 1 : right].strip() for line in band.lines]
            inner = "\n".join(texts).strip("\n").split("\n")
            if "" in inner[1:] or any(map(_BLOCK.match, inner)):
                return BLOCKS
    return ""


def _bands(state: StateBlock, start: int, last: int) -> list[_Band]:
    bands: list[_Band] = []
    lines: list[int] = []
    for line in range(start + 1, last):
        text = _text(state, line)
        if _FRAME.fullmatch(text):
            bands.append(_Band(tuple(lines), line, "=" in text))
            lines = []
        else:
            lines.append(line)
    return bands


def _row(state: StateBlock, lines: Sequence[int], edges: Sequence[int]) -> Row:
    strips = [strip_of(state, line) for line in lines]
    cells = tuple(
        cell_of([strip.cut(left + 1, right) for strip in strips]) for left, right in pairwise(edges)
    )
    return Row(cells, lines[0], len(cells))


def _aligns(frame: str, edges: Sequence[int]) -> tuple[str, ...]:
    names = {(True, True): "center", (True, False): "left", (False, True): "right"}
    parts = [frame[left + 1 : right] for left, right in pairwise(edges)]
    return tuple(names.get((part[:1] == ":", part[-1:] == ":"), "") for part in parts)


def _edges(text: str) -> list[int]:
    return [index for index, character in enumerate(text) if character == "+"]


def _outside(state: StateBlock, line: int) -> bool:
    return state.sCount[line] < state.blkIndent or state.is_code_block(line)


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
