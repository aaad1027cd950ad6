"""Measures reglet beside others on the same words; writes `bench/results/` and prints its bounds.

`python -m bench` does so for reports of about 12 and 100 pages, and takes half an hour; `--sizes L
XL Ashraf` makes it longer, and `--runs 1` and `--only cold Typst` shorter. Exits with 1 where a
bound that was measured is not met.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench import inquiry, others, ours, shown
from bench.bounds import bounds, bounds_of_imports
from bench.corpus import SIZES, make
from bench.machine import machine, versions
from bench.place import ROOT, Place, Task, lay_out_place
from bench.results import table, write
from bench.rows import Row, measured

DEFAULT = ("S", "M")
RESULTS = ROOT / "bench" / "results"


def main(arguments: list[str] | None = None) -> int:
    """Measure what is asked for and return the exit status."""
    asked = _parser().parse_args(arguments)
    about = {
        "asked": {"runs": str(asked.runs), "seed": str(asked.seed)},
        "machine": machine(),
        "versions": versions(),
    }
    for name in others.absent():
        print(f"{name}: absent")
    rows: list[Row] = []
    imports = bounds_of_imports()
    with tempfile.TemporaryDirectory(prefix="reglet-bench-") as folder:
        for size in asked.sizes:
            new = _measure(size, Path(folder), asked)
            if new:
                rows += new
                print(f"\n{size}\n{table(new)}", flush=True)
                write(asked.output, rows, [*bounds(rows), *imports], about)
    found = [*bounds(rows), *imports]
    print("\n".join(bound.line() for bound in found))
    return 1 if any(bound.verdict == "NOT MET" for bound in found) else 0


def _measure(size: str, folder: Path, asked: argparse.Namespace) -> list[Row]:
    """Measure what is chosen of one size."""
    if size == inquiry.NAME:
        place, notes = Place(make("S"), folder / size), 0
        tasks = inquiry.tasks(place)
    else:
        place = lay_out_place(size, folder, asked.seed, citations=asked.citations)
        notes = place.corpus.notes
        tasks = [*ours.scenarios(place), *shown.tasks(place), *others.tasks(place)]
    chosen = [task for task in tasks if _is_chosen(task, asked.only)]
    return measured(size, notes, chosen, asked.runs, _tell)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", nargs="+", choices=(inquiry.NAME, *SIZES), default=DEFAULT)
    parser.add_argument("--runs", type=int, default=3, help="of which the median is taken: 3")
    parser.add_argument("--only", nargs="+", default=[], help="what names hold one of these words")
    parser.add_argument("--seed", type=int, default=1, help="of the report: 1")
    parser.add_argument("--citations", action="store_true", help="a quarter of the notes cite")
    parser.add_argument("--output", type=Path, default=RESULTS, help="bench/results")
    return parser


def _is_chosen(task: Task, words: list[str]) -> bool:
    return not words or any(word.casefold() in task.name.casefold() for word in words)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
