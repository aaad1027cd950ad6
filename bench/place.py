"""A report of `bench.corpus` in, a folder to measure in out; and what is measured there: tasks."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Corpus, make
from bench.forms import write_pandoc, write_reglet
from bench.tree import Step, Usage

ROOT = Path(__file__).parents[1]
FONTS = ("serif", "serif-semibold", "serif-italic", "sans", "sans-semibold")
PASSED_ON = ("PATH", "HOME", "TMPDIR", "PUPPETEER_EXECUTABLE_PATH")


@dataclass(frozen=True, slots=True)
class Task:
    """Something to measure: who does what, and how.

    `steps` are commands, or what tells by itself what it took. `prepare` and `finish` are not
    measured; `result` is the file that is read afterwards.
    """

    tool: str
    work: str
    prepare: Callable[[], None]
    steps: Sequence[Step] | Callable[[], Usage]
    result: Path
    finish: Callable[[], None] = lambda: None

    @property
    def name(self) -> str:
        """Say who does what."""
        return f"{self.tool}, {self.work}" if self.work else self.tool


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one size: the report in both forms, and what is kept between builds."""

    corpus: Corpus
    folder: Path

    @property
    def report(self) -> Path:
        """Return reglet's form of the report."""
        return self.folder / "reglet"

    @property
    def peers(self) -> Path:
        """Return the folder with `report.md`."""
        return self.folder / "peers"

    @property
    def cache(self) -> Path:
        """Return the folder of caches that reglet sees (XDG_CACHE_HOME)."""
        return self.folder / "cache"

    @property
    def kept(self) -> Path:
        """Return a copy of what the cache holds after a cold build of all editions."""
        return self.folder / "kept"

    def step(self, *command: str, folder: Path, cache: Path | None = None) -> Step:
        """Return a command with few variables in its environment, the same for all tools."""
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        if browser := shutil.which("chromium"):
            environment.setdefault("PUPPETEER_EXECUTABLE_PATH", browser)
        environment |= {"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        environment["XDG_CACHE_HOME"] = str(cache or self.folder.parent / "cache-of-peers")
        return Step(command, folder, environment)

    def python(self, *arguments: str, folder: Path, cache: Path | None = None) -> Step:
        """Return a command of this Python."""
        return self.step(sys.executable, *arguments, folder=folder, cache=cache)


def lay_out_place(size: str, folder: Path, seed: int, *, citations: bool) -> Place:
    """Make the folder of a size."""
    place = Place(make(size, seed, citations=citations), folder / size)
    shutil.rmtree(place.folder, ignore_errors=True)
    write_reglet(place.corpus, place.report)
    write_pandoc(place.corpus, place.peers)
    (place.peers / "fonts").mkdir()
    for name in FONTS:
        (place.peers / "fonts" / f"{name}.ttf").write_bytes(face(f"{name}.ttf"))
    for file in (ROOT / "bench" / "peers").iterdir():
        if file.suffix in {".css", ".lua", ".typ"}:
            shutil.copy(file, place.peers)
    return place


def face(name: str) -> bytes:
    """Return a typeface that all who take fonts as files are given: reglet's own."""
    from reglet.formats.fonts import instance

    return instance(name)
