"""Builds stress reports and reads from the finished files what became of their notes.

`python -m bench.stress` builds one of 5,000 notes; with `--settings 200` so many of 25 notes, each
with a page, letters and a notes' area of its own. Prints a line for each and exits with 1
where one has a fault. `--seed` of a line makes that report again.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "pdf"))

from page_settings import Settings, random_settings
from stress_build import Reading, build_and_read
from stress_report import StressReport

KINDS = {
    "astray": ("called on", "its call on", "too late"),
    "overlaps": (" over ", "among the notes", "leaves the page"),
}
SHOWN = 20  # faults of a report that are printed


@dataclass(frozen=True, slots=True)
class Job:
    """A report to build."""

    seed: int
    notes: int
    longest: int
    varied: bool
    seconds: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a report held and what became of it."""

    seed: int
    notes: int
    words: int
    reading: Reading

    def line(self) -> str:
        """Return the result in one line."""
        counts = dict.fromkeys(("astray", "lost", "overlaps"), 0)
        for fault in self.reading.faults:
            kinds = (kind for kind, signs in KINDS.items() if any(sign in fault for sign in signs))
            counts[next(kinds, "lost")] += 1
        found = ", ".join(f"{count} {kind}" for kind, count in counts.items())
        size = f"{self.notes} notes, {self.reading.pages} pages, {self.words} words"
        return f"seed {self.seed}: {size}, {found}, {self.reading.cpu:.1f} s"


def run(job: Job) -> Result:
    """Build a report and read its file. A report that is refused has reglet's own findings."""
    settings = random_settings(job.seed) if job.varied else Settings()
    report = StressReport(
        job.seed,
        job.notes,
        longest=job.longest,
        parts=-(-job.notes // 100),
        seconds=job.seconds,
        settings=settings,
    )
    reading = build_and_read(report)
    words = sum(map(len, report.notes.values()))
    return Result(job.seed, len(report.notes), words, reading)


def _results(jobs: Iterable[Job], processes: int) -> Iterator[Result]:
    if processes == 1:
        yield from map(run, jobs)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(run, jobs)


def main(arguments: list[str] | None = None) -> int:
    """Build what is asked for and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.stress")
    parser.add_argument("--notes", type=int, help="of each report: 5000, or 25 with --settings")
    parser.add_argument("--longest", type=int, default=3000, help="words of a note: 3000")
    parser.add_argument(
        "--settings", type=int, help="build so many reports, each looking otherwise"
    )
    parser.add_argument("--seconds", action="store_true", help="call notes a second time")
    parser.add_argument("--seed", type=int, default=1, help="of the first report: 1")
    parser.add_argument("--jobs", type=int, default=1, help="reports built at a time: 1")
    asked = parser.parse_args(arguments)
    varied = asked.settings is not None
    notes = asked.notes or (25 if varied else 5000)
    jobs = [
        Job(seed, notes, asked.longest, varied, asked.seconds)
        for seed in range(asked.seed, asked.seed + (asked.settings or 1))
    ]
    bad = 0
    for result in _results(jobs, asked.jobs):
        print(result.line(), flush=True)
        faults = result.reading.faults
        for fault in faults[:SHOWN]:
            print(f"  {fault}")
        if len(faults) > SHOWN:
            print(f"  and {len(faults) - SHOWN} more")
        bad += bool(faults)
    if varied:
        print(f"{len(jobs)} reports, {bad} with faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
