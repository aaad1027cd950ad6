"""Tasks in, rows out: what each took in several runs, and what became of the notes in its file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.place import Task
from bench.reading import Read, read
from bench.tree import FailedError, Usage, measure

LONGEST = 36_000.0  # s that a task may take


@dataclass(slots=True)
class Row:
    """What a tool took with a report of a size, run by run."""

    size: str
    tool: str
    work: str
    notes: int  # marked ones, which can be found in its PDF
    runs: list[Usage] = field(default_factory=list)
    found: Read | None = None  # in the file of the last run, where it is a PDF
    fault: str = ""  # why it could not be measured

    @property
    def name(self) -> str:
        """Say who did what."""
        return f"{self.tool}, {self.work}" if self.work else self.tool

    @property
    def cpu(self) -> float:
        """Return CPU seconds, user and system."""
        return median(run.cpu for run in self.runs)

    @property
    def wall(self) -> float:
        """Return seconds on the clock."""
        return median(run.wall for run in self.runs)

    @property
    def memory(self) -> float:
        """Return MB of all its processes, at the most."""
        return median(run.memory for run in self.runs)


def measured(
    size: str, notes: int, tasks: Sequence[Task], runs: int, tell: Callable[[str], None]
) -> list[Row]:
    """Measure tasks in rounds, one run of each after the other, and return a row for each.

    What else the machine does so falls on all alike.
    """
    rows = [Row(size, task.tool, task.work, notes) for task in tasks]
    for number in range(runs):
        for task, row in zip(tasks, rows, strict=True):
            if row.fault:
                continue
            _run(task, row, last=number == runs - 1)
            tell(f"{size} {number + 1}/{runs} {_line(task, row)}")
    return rows


def find(rows: Iterable[Row], size: str, tool: str, work: str = "") -> Row | None:
    """Return the row of a tool, where it could be measured."""
    found = (row for row in rows if (row.size, row.tool, row.work) == (size, tool, work))
    return next((row for row in found if not row.fault), None)


def _run(task: Task, row: Row, *, last: bool) -> None:
    task.prepare()
    try:
        row.runs.append(_taken(task))
    except FailedError as fault:
        row.fault = str(fault)
        return
    if not task.result.exists():
        row.fault = f"{task.result.name} was not made"
        return
    task.finish()
    if last and task.result.suffix == ".pdf":
        row.found = read(task.result, row.notes)


def _taken(task: Task) -> Usage:
    """Tell what a task took; raises FailedError."""
    if callable(task.steps):
        return task.steps()
    task.result.unlink(missing_ok=True)
    return measure(task.steps, LONGEST)


def _line(task: Task, row: Row) -> str:
    if row.fault:
        return f"{task.name}: {row.fault}"
    run = row.runs[-1]
    return f"{task.name}: {run.cpu:.1f} s CPU, {run.wall:.1f} s, {run.memory:.0f} MB"
