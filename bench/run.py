"""Measures reglet beside others on the same words; writes `bench/results/` and prints its bounds.

`python -m bench` does all of it for reports of about 12, 100 and 500 pages, and takes hours;
`--sizes S M`, `--runs 1` and `--only cold Typst` make it shorter. Exits with 1 where a bound that
was measured does not hold.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bench import others, ours
from bench.corpus import SIZES
from bench.place import ROOT, Task, lay_out_place
from bench.results import table
from bench.rows import Row, measured

RESULTS = ROOT / "bench" / "results"


def main(arguments: list[str] | None = None) -> int:
    """Measure what is asked for and return the exit status."""
    asked = _parser().parse_args(arguments)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="reglet-bench-") as folder:
        for size in asked.sizes:
            place = lay_out_place(size, Path(folder), asked.seed, citations=asked.citations)
            tasks = [*ours.scenarios(place), *others.tasks(place)]
            chosen = [task for task in tasks if _is_chosen(task, asked.only)]
            rows += measured(place, chosen, asked.runs, _tell)
    print(table(rows))
    for name in others.absent():
        print(f"{name}: absent")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=["S", "M", "L"])
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
