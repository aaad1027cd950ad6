"""What the pipeline says while it works, shown on one live line of the terminal, or not at all.

In come stages, sections and pages; out goes a line on stderr, where stderr is a terminal.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from reglet.model.diagnostic import Diagnostic
from reglet.model.document import Built
from reglet.model.report import Edition, Report

if TYPE_CHECKING:
    from rich.text import Text


class Progress(Protocol):
    """Whoever wants to know how far a build is."""

    def stage(self, name: str, detail: str = "", page: int | None = None) -> None:
        """Take note that stage `name` is at `detail` (a section, a file), at page `page`."""


class Onlooker(Progress, Protocol):
    """Whoever wants to see a report's editions while others are still being made."""

    def choose(self, report: Report, told: Sequence[Diagnostic]) -> Sequence[Edition]:
        """Say which editions to make of a report that has been read, with what was told of it."""

    def made(self, built: Built) -> None:
        """Take an edition."""


class NoProgress:
    """Take every notice and show nothing."""

    def stage(self, name: str, detail: str = "", page: int | None = None) -> None:
        """Do nothing."""


class LiveProgress:
    """Keep the last notice, and show it when the terminal's line is next drawn."""

    def __init__(self) -> None:
        self._name = "starting"
        self._detail = ""
        self._page: int | None = None
        self._started = time.monotonic()

    def stage(self, name: str, detail: str = "", page: int | None = None) -> None:
        """Remember the notice; cheap enough to be called for every page."""
        self._name, self._detail, self._page = name, detail, page

    def __rich__(self) -> "Text":
        """Draw the line: stage, section, page and seconds."""
        from rich.text import Text  # heavy: not before a build

        line = Text(self._name, style="bold", no_wrap=True, overflow="ellipsis")
        if self._detail:
            line.append(f" · {self._detail}", style="not bold")
        if self._page is not None:
            line.append(f" · page {self._page}", style="not bold")
        line.append(f" · {time.monotonic() - self._started:.0f} s", style="not bold dim")
        return line


@contextmanager
def show_progress(*, quiet: bool = False) -> Iterator[Progress]:
    """Yield a live display on stderr; one that is silent if `quiet` or if no terminal is there."""
    if quiet or not sys.stderr.isatty():
        yield NoProgress()
        return
    from rich.console import Console  # heavy: not before a build
    from rich.live import Live
    from rich.spinner import Spinner

    progress = LiveProgress()
    live = Live(
        Spinner("dots", text=progress),
        console=Console(stderr=True),
        transient=True,
        refresh_per_second=8,
        redirect_stdout=False,
    )
    with live:
        yield progress
