"""Rows in, what is promised of them out: each bound, what was measured, and whether it holds.

A bound whose rows were not measured in the same run is not held to be kept.
"""

import math
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from bench.inquiry import BARE, BUILT, NAME
from bench.others import BARE_NAME, EPUB_NAME, TYPST_NAME
from bench.place import ROOT
from bench.rows import Row, find
from bench.shown import FEW, MANY, WORK

ENGINES = "weasyprint ebooklib pydyf"


@dataclass(frozen=True, slots=True)
class Bound:
    """Something promised: what, at most how much, and how much it is; None where not measured."""

    what: str
    most: float
    found: float | None

    @property
    def verdict(self) -> str:
        """Say whether it is met."""
        if self.found is None:
            return "not measured"
        return "met" if self.found <= self.most else "NOT MET"

    def line(self) -> str:
        """Return it in one line."""
        found = "" if self.found is None else f"{self.found:.2f}"
        return f"{self.verdict:<12} {found:>7} of at most {self.most:>7.2f}  {self.what}"


def bounds(rows: Sequence[Row]) -> list[Bound]:
    """Return the bounds of what builds take."""

    def ratio(size: str, work: str, tool: str, *keys: str, of: str = "") -> float | None:
        """Divide what reglet takes by what another does; of several measures the worst counts."""
        ours, theirs = find(rows, size, "reglet", work), find(rows, size, tool, of)
        if ours is None or theirs is None:
            return None
        return max(float(getattr(ours, key) / getattr(theirs, key)) for key in keys)

    def time(work: str) -> float | None:
        return ratio("L", work, TYPST_NAME, "cpu", "wall")

    both = "CPU or clock, the worse, to Typst cold"
    return [
        Bound("L, PDF, cold: CPU to Typst", 2.5, ratio("L", COLD, TYPST_NAME, "cpu")),
        Bound("L, PDF, cold: CPU to bare WeasyPrint", 0.45, ratio("L", COLD, BARE_NAME, "cpu")),
        Bound("L, PDF, cold: clock to Typst", 1.5, ratio("L", COLD, TYPST_NAME, "wall")),
        Bound("L, PDF, cold: memory to Typst", 0.6, ratio("L", COLD, TYPST_NAME, "memory")),
        Bound("L to XL, PDF, cold: exponent of CPU over pages", 1.05, _growth(rows, "cpu")),
        Bound("L to XL, PDF, cold: exponent of memory over pages", 1.05, _growth(rows, "memory")),
        Bound(f"L, PDF, one paragraph changed: {both}", 0.2, time("PDF, one paragraph changed")),
        Bound(
            f"L, all editions, one paragraph changed: {both}",
            0.3,
            time(f"{ALL}, one paragraph changed"),
        ),
        Bound(f"L, `serve`, one paragraph changed: {both}", 0.06, time(WORK[FEW])),
        Bound(f"L, `serve`, memory after {MANY} changes to that after {FEW}", 1.05, _edits(rows)),
        Bound(
            f"L, all editions, one section grown: {both}", 0.4, time(f"{ALL}, one section grown")
        ),
        Bound(f"L, all editions, nothing changed: {both}", 0.08, time(f"{ALL}, nothing changed")),
        Bound("XL, EPUB, cold: CPU to pandoc’s", 0.6, ratio("XL", "EPUB, cold", EPUB_NAME, "cpu")),
        Bound(
            "the Camp Ashraf report, PDF and EPUB, cold: CPU to bare WeasyPrint’s PDF",
            1.2,
            ratio(NAME, BUILT, BARE_NAME, "cpu", of=BARE),
        ),
        Bound("XL, all editions, cold: memory in MB", 1500, _memory(rows)),
    ]


def bounds_of_imports() -> list[Bound]:
    """Return the bounds of what commands import that set no page."""
    commands = (("--help",), ("check", str(ROOT)))
    return [
        Bound(f"engines that `reglet {command[0]}` imports", 0, _imported(*command))
        for command in commands
    ]


ALL = "all editions"
COLD = "PDF, cold"


def _growth(rows: Sequence[Row], key: str) -> float | None:
    """Return the power of pages with which a measure grows from L to XL."""
    small, large = find(rows, "L", "reglet", COLD), find(rows, "XL", "reglet", COLD)
    if small is None or large is None or small.found is None or large.found is None:
        return None
    more = math.log(getattr(large, key) / getattr(small, key))
    return more / math.log(large.found.pages / small.found.pages)


def _edits(rows: Sequence[Row]) -> float | None:
    """Return by how much memory has grown when a report has been changed many times."""
    few, many = (find(rows, "L", "reglet", WORK[edits]) for edits in (FEW, MANY))
    return many.memory / few.memory if few and many else None


def _memory(rows: Sequence[Row]) -> float | None:
    row = find(rows, "XL", "reglet", f"{ALL}, cold")
    return row.memory if row else None


def _imported(*arguments: str) -> float:
    """Return how many engines a command has imported when it ends."""
    code = (
        "import sys; from reglet.cli import main\n"
        "try: main(sys.argv[2:])\n"
        "except SystemExit: pass\n"
        "print(sum(name in sys.modules for name in sys.argv[1].split()))"
    )
    command = [sys.executable, "-c", code, ENGINES, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
