"""Tables, with the caption before or after: however one is drawn, its tokens are the same."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from markdown_it.rules_block import StateBlock

from reglet.model.limits import raise_hint
from reglet.text.attributes import Attributes
from reglet.text.rules import caption
from reglet.text.rules.drawn import Drawn, Row
from reglet.text.rules.grid_table import read_grid_table
from reglet.text.rules.pipe_table import read_pipe_table
from reglet.text.rules.ruled_table import read_ruled_table
from reglet.text.sheet import sheet_of

READERS: tuple[Callable[[StateBlock, int, int], Drawn | None], ...] = (
    read_pipe_table,
    read_grid_table,
    read_ruled_table,
)

CELLS = "table-cells"


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table and its caption."""
    begin, above = start, 0
    if caption.begins(state, start):
        above = caption.last_line(state, start, end)
        begin = state.skipEmptyLines(above)
    if begin >= end or (silent and above):
        return False
    if silent:  # in the midst of a paragraph only a pipe table begins
        return bool(read_pipe_table(state, begin, end))
    drawn = next(filter(None, (reader(state, begin, end) for reader in READERS)), None)
    if not drawn:
        return False
    if drawn.problem:
        at, stop = state.bMarks[begin] + state.tShift[begin], state.eMarks[begin]
        sheet_of(state.env).report("table-shape", at, stop, reason=drawn.problem)
    drawn = _within_limit(state, drawn, begin)
    _push(state, drawn, (start, above, begin), end)
    return True


def _within_limit(state: StateBlock, drawn: Drawn, begin: int) -> Drawn:
    """Leave the rows out of a table that has too many cells, and say so."""
    sheet, count = sheet_of(state.env), len(drawn.aligns) * (len(drawn.head) + len(drawn.body))
    if count <= sheet.limits[CELLS]:
        return drawn
    at, stop = state.bMarks[begin] + state.tShift[begin], state.eMarks[begin]
    hint = f"divide it, or {raise_hint(CELLS)}"
    limit = f"{sheet.limits[CELLS]:,}"
    sheet.report("table-limit", at, stop, hint, found=f"{count:,}", limit=limit)
    return replace(drawn, aligns=drawn.aligns[:1], head=(), body=())


def _push(state: StateBlock, drawn: Drawn, lines: tuple[int, int, int], end: int) -> None:
    """Push the tokens of a table and of its caption, above it or below."""
    start, above, begin = lines
    opened = state.push("table_open", "table", 1)
    opened.map = [start, drawn.last]
    opened.meta["at"] = state.bMarks[begin] + state.tShift[begin]
    below = state.skipEmptyLines(drawn.last)
    last, attributes = drawn.last, Attributes()
    if above:
        attributes = caption.push(state, start, above)
    elif below < end and caption.begins(state, below):
        last = caption.last_line(state, below, end)
        attributes = caption.push(state, below, last)
    opened.meta["attributes"] = attributes
    _push_rows(state, "thead", "th", drawn.head, drawn.aligns)
    _push_rows(state, "tbody", "td", drawn.body, drawn.aligns)
    state.push("table_close", "table", -1)
    state.line = last


def _push_rows(
    state: StateBlock, group: str, tag: str, rows: Sequence[Row], aligns: Sequence[str]
) -> None:
    if not rows:
        return
    opened = state.push(f"{group}_open", group, 1)
    opened.map = [rows[0].line, rows[-1].line + 1]
    for row in rows:
        opened = state.push("tr_open", "tr", 1)
        opened.map = [row.line, row.line + 1]
        opened.meta["at"] = state.bMarks[row.line] + state.tShift[row.line]
        if row.written > len(aligns):
            end = state.eMarks[row.line]
            fields = {"found": row.written, "columns": len(aligns)}
            sheet_of(state.env).report("table-cells", opened.meta["at"], end, "", **fields)
        for align, cell in zip(aligns, row.cells, strict=True):
            opened = state.push(f"{tag}_open", tag, 1)
            opened.attrs = {"align": align}
            opened.map = [row.line, row.line + 1]
            opened.meta["at"], opened.meta["end"] = cell.span
            token = state.push("inline", "", 0)
            token.content, token.map, token.children = cell.text, opened.map, []
            token.meta["pieces"] = cell.pieces
            state.push(f"{tag}_close", tag, -1)
        state.push("tr_close", "tr", -1)
    state.push(f"{group}_close", group, -1)
