"""A place in, what `reglet serve` is measured at out: a paragraph changed, its page on the screen.

The time begins when the file has been written, and ends when a browser has the picture of the page
on which it stands; CPU and memory are those of all processes of the command.
"""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench.forms import changed, middle, reglet_text, section_file
from bench.place import Place, Task
from bench.tree import MB, FailedError, Usage, descendants, resident

WIDTH = 1600  # px of a page on a screen
PATIENCE = 3_600.0  # s
TICK = os.sysconf("SC_CLK_TCK")
FEW, MANY = 2, 12
"""After how many edits: the first of a warm process, and when memory would have grown."""

WORK = {FEW: "`serve`, one paragraph changed", MANY: f"`serve`, changed {MANY} times"}


def tasks(place: Place) -> Iterator[Task]:
    """Yield what is measured; each goes on from a build of all editions."""
    from bench.ours import prepare

    for edits, work in WORK.items():
        yield Task(
            "reglet",
            work,
            partial(prepare, place, "nothing changed"),
            partial(_edited, place, edits),
            place.report / "report.yaml",
        )


@dataclass(slots=True)
class _Shown:
    """A report that is being served, as a browser sees it."""

    process: int
    address: str
    lines: Iterator[bytes]

    def until(self, builds: int, version: str = "") -> dict[str, Any]:
        """Return the state that has so many builds, or pages of another version than this."""
        for line in self.lines:
            if not line.startswith(b'data: {"title"'):
                continue
            state: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
            if state["fault"] or any(m["severity"] == "error" for m in state["mistakes"]):
                raise FailedError(state["fault"] or state["mistakes"][0]["message"])
            if state["builds"] >= builds or (version and _pages(state) not in ("", version)):
                return state
        raise FailedError("reglet serve has ended")

    def get(self, path: str, **query: object) -> bytes:
        """Ask for something."""
        connection = HTTPConnection(self.address, timeout=PATIENCE)
        connection.request("GET", f"{path}?{urlencode(query)}")
        data = connection.getresponse().read()
        connection.close()
        return data

    @property
    def processes(self) -> list[int]:
        """Return all processes of the command."""
        return [self.process, *descendants(self.process)]


def _edited(place: Place, edits: int) -> Usage:
    """Change a paragraph so many times; tell what the last took, and the memory then."""
    section = middle(place.corpus)
    file = section_file(place.report, section)
    texts = (changed(section), reglet_text(section.pieces))
    with _served(place) as shown:
        version = _pages(shown.until(1))
        for number in range(edits):
            text = texts[number % 2]
            seconds, started = _seconds(shown), time.monotonic()
            old = file.read_text()
            file.write_text(text)
            version = _pages(shown.until(number + 2, version))
            _look(shown, version, f"sections/{file.name}:{_line(old, text)}:1")
            wall = time.monotonic() - started
            cpu = _seconds(shown) - seconds
            shown.until(number + 2)
        return Usage(cpu, wall, sum(map(resident, shown.processes)) / MB)


@contextmanager
def _served(place: Place) -> Iterator[_Shown]:
    command = ("-m", "reglet", "serve", str(place.report), "--port", "0")
    step = place.python(*command, folder=place.folder, cache=place.cache)
    environment = {**step.environment, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        step.command, cwd=step.folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            address = re.search(r"http://\S+", said)
            if address is None:
                raise FailedError(f"reglet serve says {said!r}")
            yield _listening(process.pid, urlsplit(address[0]).netloc)
        finally:
            process.terminate()


def _listening(process: int, address: str) -> _Shown:
    connection = HTTPConnection(address, timeout=PATIENCE)
    connection.request("GET", "/events")
    answer = connection.getresponse()
    return _Shown(process, address, iter(answer.readline, b""))


def _look(shown: _Shown, version: str, place: str) -> None:
    """Get the picture of the page that shows a place of the source."""
    found = json.loads(shown.get("/place", at=place))["screen"]
    shown.get(f"/page/{version}/{found['page']}", width=WIDTH)


def _pages(state: dict[str, Any]) -> str:
    versions = (each["version"] for each in state["editions"] if each["name"] == "screen")
    return str(next(versions, ""))


def _line(old: str, new: str) -> int:
    pairs = zip(old.split("\n"), new.split("\n"), strict=False)
    return next(number for number, (one, other) in enumerate(pairs, start=1) if one != other)


def _seconds(shown: _Shown) -> float:
    """Return the CPU seconds of all processes, and of those that they have waited for."""
    return sum(map(_computed, shown.processes))


def _computed(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICK  # utime, stime, cutime, cstime (proc(5))
