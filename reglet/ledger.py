"""What is told of a build: the diagnostics of its stages in, each once, judged and in order out."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from reglet.deadline import AT_ONCE, LimitError
from reglet.model.diagnostic import (
    Diagnostic,
    Levels,
    Outcome,
    Severity,
    diagnose,
    shortened,
)
from reglet.model.limits import raise_hint
from reglet.model.span import Span
from reglet.progress import Progress

REPORT = Span("report.yaml")

T = TypeVar("T")


class Ledger:
    """Keeps the diagnostics of all stages, each once, and tells of the stages."""

    def __init__(self, progress: Progress, *, strict: bool = False) -> None:
        self.stage = progress.stage
        self.entries: dict[Diagnostic, None] = {}
        self.levels = Levels(strict=strict)

    def take(self, outcome: Outcome[T]) -> T:
        """Note the diagnostics of an outcome and return its value."""
        self.add(outcome.diagnostics)
        return outcome.value

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Note diagnostics, each as much as the report's rules say that it matters."""
        self.entries |= dict.fromkeys(self.levels.judged(diagnostics))

    def follow(self, levels: Levels) -> None:
        """Judge by the report's own rules, from the first diagnostic on."""
        self.levels = levels
        self.entries = dict.fromkeys(levels.judged(self.entries))

    def repeat(self, judged: Iterable[Diagnostic]) -> None:
        """Note what a build before has told, each as much as it mattered then."""
        self.entries |= dict.fromkeys(judged)

    @property
    def failed(self) -> bool:
        """Tell whether there is an error among them."""
        return any(entry.severity is Severity.ERROR for entry in self.entries)

    def run(self, work: Callable[[], T], otherwise: T) -> Outcome[T]:
        """Do the work and close with its value; or with another, where it takes too much."""
        try:
            value = work()
        except LimitError as over:
            self.add([over.diagnostic])
            value = otherwise
        except MemoryError:
            hint = f"simplify the report, {raise_hint('memory')}, or let the process have more"
            told = diagnose("memory-limit", REPORT, hint, what="the build", limit=AT_ONCE)
            self.add([told])
            value = otherwise
        return self.close(value)

    def close(self, value: T) -> Outcome[T]:
        """Return a value with everything noted, in the order of files, lines and columns."""
        told = shortened(self.entries)
        order = sorted(told, key=lambda entry: (entry.span, entry.code, entry.message))
        return Outcome(value, tuple(order))
