"""Builds in a process of its own, which stays warm: a request in, editions and mistakes out.

The process has a main thread without others beside it, so that the limits on computing hold, and
may be ended at any moment without harm to what is shown.
"""

import gc
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Built
from reglet.model.report import Edition, Report
from reglet.model.span import NOWHERE
from reglet.source.origins import Origin

if TYPE_CHECKING:
    from reglet.warm import Warm

SHOWN = ("pdf", "epub")
"""The formats that can be shown."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The build has come to a stage."""

    words: str


@dataclass(frozen=True, slots=True)
class Read:
    """The report has been read: its title, the editions to come, and what was told so far."""

    title: str
    lang: str
    editions: tuple[str, ...]
    told: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """The build is over; `fault` is one of reglet's own, or of the machine's."""

    told: tuple[Diagnostic, ...] = ()
    fault: str = ""


Message = Stage | Read | Built | Finished


def chosen(report: Report, names: Sequence[str]) -> tuple[tuple[Edition, ...], list[Diagnostic]]:
    """Return the editions of these names; without any, the first of each format shown."""
    known = {edition.name: edition for edition in report.editions if edition.format in SHOWN}
    if not names:
        first = {edition.format: edition for edition in reversed(known.values())}
        return tuple(first[format] for format in SHOWN if format in first), []
    hint = f"editions that can be shown: {', '.join(known)}"
    unknown = [
        diagnose("unknown-edition", NOWHERE, nearest(name, known) or hint, name=name)
        for name in names
        if name not in known
    ]
    return tuple(known[name] for name in names if name in known), unknown


@dataclass(slots=True)
class _Onlooker:
    """Sends on what it sees of a build."""

    connection: Connection
    names: Sequence[str]
    unknown: list[Diagnostic] = field(default_factory=list)

    def stage(self, name: str, detail: str = "", page: int | None = None) -> None:
        """Send the stage."""
        words = [name, detail, f"page {page}" if page else ""]
        self.connection.send(Stage(" · ".join(filter(None, words))))

    def choose(self, report: Report, told: Sequence[Diagnostic]) -> Sequence[Edition]:
        """Send what is known of the report, and choose the editions that were asked for."""
        editions, self.unknown = chosen(report, self.names)
        named = tuple(edition.name for edition in editions)
        self.connection.send(Read(report.title, report.lang, named, (*told, *self.unknown)))
        return editions

    def made(self, built: Built) -> None:
        """Send an edition."""
        self.connection.send(built)


def _run(
    connection: Connection, folder: Path, names: Sequence[str], allowed: frozenset[Origin]
) -> None:
    """Build whenever asked to, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to both processes
    site = _Site(connection, folder, names, allowed)
    while True:
        try:
            connection.recv()
            connection.send(site.build())
        except (EOFError, BrokenPipeError):
            return
        gc.collect()  # while nobody waits


@dataclass(slots=True)
class _Site:
    """Where one report is built again and again, and what is still warm of it."""

    connection: Connection
    folder: Path
    names: Sequence[str]
    allowed: frozenset[Origin]
    warm: "Warm | None" = None

    def build(self) -> Finished:
        """Build once; what is warm is let go where that fails in a way of its own."""
        onlooker = _Onlooker(self.connection, self.names)
        try:
            with redirect_stdout(sys.stderr):  # engines print
                told = self._told(onlooker)
        except BrokenPipeError:
            raise
        except Exception as error:
            self.warm = None
            return Finished(fault=_worded(error))
        return Finished((*told, *onlooker.unknown))

    def _told(self, onlooker: _Onlooker) -> tuple[Diagnostic, ...]:
        from reglet.pipeline import show  # heavy, and not to be had without its libraries
        from reglet.warm import Warm
        from reglet.workshop import Workshop, kept

        self.warm = warm = self.warm or Warm(
            Workshop(store=kept()), placed=True, allowed=self.allowed
        )
        try:
            told = show(self.folder, onlooker, warm).diagnostics
        except BaseException:
            warm.workshop.close(at_once=True)
            raise
        warm.workshop.close()
        return told


def _worded(error: Exception) -> str:
    """Say what is lacking, or that it is a fault of reglet's own."""
    from reglet.doctor import explain_engine_failure

    known = isinstance(error, OSError | ImportError) and explain_engine_failure(error)
    if known:
        return known
    traceback.print_exc()
    said = "".join(traceback.format_exception_only(error)).strip()
    return f"A fault of reglet, not of your report: {said}"


class Builder:
    """The process that builds one report; a new one is begun where it has ended.

    Pictures are fetched from the hosts `allowed`.
    """

    def __init__(
        self, folder: Path, names: Sequence[str], allowed: frozenset[Origin] = frozenset()
    ) -> None:
        self.folder = folder
        self.names = tuple(names)
        self.allowed = allowed
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    @property
    def pid(self) -> int | None:
        """Return the number of the process, once there is one."""
        return self._process.pid if self._process else None

    def build(self) -> Iterator[Message]:
        """Ask for a build, and yield what comes of it; `Finished` is last."""
        if self._process is None or not self._process.is_alive():
            self._begin()
        connection = self._connection
        assert connection is not None  # noqa: S101 - just opened
        try:
            connection.send(True)
            while True:
                message: Message = connection.recv()
                yield message
                if isinstance(message, Finished):
                    return
        except (EOFError, OSError):
            yield Finished(fault=self._end())

    def _begin(self) -> None:
        context = get_context("spawn")  # threads are about; they are not to be copied
        ours, theirs = context.Pipe()
        given = (theirs, self.folder, self.names, self.allowed)
        self._process = context.Process(target=_run, args=given)
        self._process.start()
        theirs.close()
        self._connection = ours

    def _end(self) -> str:
        """Say why the process is gone."""
        process, self._process = self._process, None
        if process is None:
            return ""
        process.join(5)
        code = process.exitcode or 0
        by = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
        return f"The build was ended by the system ({by}). The next change begins it anew."

    def close(self) -> None:
        """End the process, whatever it is at."""
        process, self._process = self._process, None
        if self._connection:
            self._connection.close()
        if process and process.pid:
            process.join(0.2)
            if process.is_alive():
                os.kill(process.pid, signal.SIGTERM)
                process.join(5)
