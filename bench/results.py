"""Rows in, what is read of them out: a table and charts for people, and JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench import chart
from bench.bounds import Bound
from bench.inquiry import BARE, NAME
from bench.others import BARE_NAME, OTHERS, TYPST_NAME, absent
from bench.rows import Row, find

COLUMNS = (
    "tool", "CPU s", "wall s", "peak MB", "pages", "notes right", "lost",
    "CPU ÷ Typst", "wall ÷ Typst", "MB ÷ Typst", "CPU ÷ WeasyPrint",
)  # fmt: skip
EXPLAINED = """\
CPU is user and system time of all processes; memory is the sum of their proportional set sizes,
looked at every 50 ms. Figures are medians of {runs} runs, made in rounds. A note is right that
begins on the page of its call and is printed to its end, by what the PDF itself tells; lost is one
that is not there, or not whole. *Cold* is with an empty cache; the other builds go on from one of
all editions. The report has seed {seed}; `python -m bench` makes the same one.
"""


def write(
    folder: Path, rows: Sequence[Row], found: Sequence[Bound], about: dict[str, dict[str, str]]
) -> None:
    """Write `results.md`, `results.json`, and two drawings for each size."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes = list(dict.fromkeys(row.size for row in rows))
    for size in sizes:
        those = [row for row in rows if row.size == size]
        (folder / f"seconds-{size}.svg").write_text(chart.seconds(those, size))
        (folder / f"memory-{size}.svg").write_text(chart.memory(those, size))
    (folder / "results.md").write_text(_page(rows, found, about, sizes))
    data = {**about, "rows": [asdict(row) for row in rows], "bounds": [asdict(b) for b in found]}
    (folder / "results.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def table(rows: Sequence[Row]) -> str:
    """Return a table of the rows of one size, and its ratios."""
    rule = " | ".join("---" if number == 0 else "---:" for number in range(len(COLUMNS)))
    lines = [" | ".join(COLUMNS), rule, *(_line(row, rows) for row in rows)]
    return "".join(f"| {line} |\n" for line in lines)


def _page(
    rows: Sequence[Row],
    found: Sequence[Bound],
    about: dict[str, dict[str, str]],
    sizes: Sequence[str],
) -> str:
    asked = about["asked"]
    parts = ["# What reglet takes, beside others\n", EXPLAINED.format(**asked), "## Bounds\n"]
    parts.append(
        "| bound | at most | found | |\n| --- | ---: | ---: | --- |\n" + "".join(map(_bound, found))
    )
    for size in sizes:
        those = [row for row in rows if row.size == size]
        title = "The Camp Ashraf report" if size == NAME else f"{size}: {those[0].notes:,} notes"
        parts.append(f"## {title}\n\n{table(those)}")
        parts.append(
            f"![Seconds, {size}](seconds-{size}.svg)\n\n![MB, {size}](memory-{size}.svg)\n"
        )
    parts.append("## Tools\n\n" + "".join(f"- {other.name}: {other.says}\n" for other in OTHERS))
    missing = absent()
    parts.append(f"Absent: {', '.join(missing)}.\n" if missing else "None is absent.\n")
    for title in ("machine", "versions"):
        named = "".join(f"| {key} | {value} |\n" for key, value in about[title].items())
        parts.append(f"## {title.capitalize()}\n\n| | |\n| --- | --- |\n{named}")
    return "\n".join(parts)


def _bound(bound: Bound) -> str:
    found = "" if bound.found is None else f"{bound.found:,.2f}"
    return f"| {bound.what} | {bound.most:,} | {found} | {bound.verdict} |\n"


def _line(row: Row, rows: Sequence[Row]) -> str:
    if row.fault:
        return " | ".join([row.name, row.fault] + [""] * (len(COLUMNS) - 2))
    cells = [row.name, f"{row.cpu:.1f}", f"{row.wall:.1f}", f"{row.memory:.0f}"]
    read = row.found
    cells += [str(read.pages) if read else ""]
    cells += [f"{read.right / row.notes:.1%}", str(read.lost)] if read and row.notes else ["", ""]
    typst = find(rows, row.size, TYPST_NAME)
    bare = find(rows, row.size, BARE_NAME, BARE if row.size == NAME else "")
    cells += [f"{getattr(row, key) / getattr(typst, key):.2f}" if typst else "" for key in _KEYS]
    cells.append(f"{row.cpu / bare.cpu:.2f}" if bare else "")
    return " | ".join(cells)


_KEYS = ("cpu", "wall", "memory")
