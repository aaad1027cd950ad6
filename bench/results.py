"""Rows in, what people read of them out: a table in Markdown, and a chart."""

from collections.abc import Iterable, Sequence

from bench.others import BARE_NAME, TYPST_NAME
from bench.rows import Row

HEAD = (
    "| size | tool | CPU s | wall s | peak MB | pages | notes right | CPU to Typst | wall to Typst "
    "| memory to Typst | CPU to bare WeasyPrint |\n"
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
)


def table(rows: Sequence[Row]) -> str:
    """Return a table of all that was measured, and its ratios."""
    return HEAD + "".join(_line(row, rows) for row in rows)


def find(rows: Iterable[Row], size: str, tool: str, work: str = "") -> Row | None:
    """Return the row of a tool, where it could be measured."""
    found = (row for row in rows if (row.size, row.tool, row.work) == (size, tool, work))
    return next((row for row in found if not row.fault), None)


def _line(row: Row, rows: Sequence[Row]) -> str:
    name = f"{row.tool}, {row.work}" if row.work else row.tool
    if row.fault:
        return f"| {row.size} | {name} | {row.fault} |" + " |" * 8 + "\n"
    found = row.found
    cells = [row.size, name, f"{row.cpu:.1f}", f"{row.wall:.1f}", f"{row.memory:.0f}"]
    cells += [str(found.pages), f"{found.right / row.notes:.1%}"] if found else ["", ""]
    typst = find(rows, row.size, TYPST_NAME)
    bare = find(rows, row.size, BARE_NAME)
    cells += [f"{getattr(row, key) / getattr(typst, key):.2f}" if typst else "" for key in _KEYS]
    cells.append(f"{row.cpu / bare.cpu:.2f}" if bare else "")
    return f"| {' | '.join(cells)} |\n"


_KEYS = ("cpu", "wall", "memory")
