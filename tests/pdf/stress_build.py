"""A stress report in, what its finished file holds and what is wrong there out."""

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from notes_in_file import faults_of
from stress_report import StressReport
from words_in_file import read_pages

from reglet.pipeline import build
from reglet.progress import NoProgress


@dataclass(frozen=True, slots=True)
class Reading:
    """Pages of a file, CPU seconds of its making, and faults: reglet's own where it made none."""

    pages: int
    cpu: float
    faults: tuple[str, ...]


def build_and_read(report: StressReport) -> Reading:
    """Build a report in a folder of its own, and look at nothing but the file."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        report.write(folder)
        started = time.process_time()
        outcome = build(folder, progress=NoProgress())
        cpu = time.process_time() - started
        if outcome.value is None:
            return Reading(0, cpu, tuple(item.message for item in outcome.diagnostics))
        (file,) = (folder / "output").glob("*.pdf")
        pages = read_pages(file.read_bytes())
    return Reading(len(pages), cpu, tuple(faults_of(pages, report.notes, report.marks)))
