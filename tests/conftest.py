"""What every test shares: `--accept` for goldens, folders made from texts, the report itself."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# Programs take seconds to start: what asks them says so.
os.environ["REGLET_PROOF"] = "light"

# CI draws the same examples each time; a run without CI set looks further.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
Maker = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture(autouse=True, scope="session")
def _own_store(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let builds share what they keep with no others than those of this run."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write goldens anew; read them after")


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """Return a function that writes files below a new folder, with a report.yaml and a section."""

    def write(files: dict[str, str | bytes]) -> Path:
        folder = tmp_path / "report"
        whole = {"report.yaml": "title: Test\n", "sections/01.md": "# One\n"} | files
        for path, text in whole.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode() if isinstance(text, str) else text)
        return folder

    return write


@pytest.fixture
def programs(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder in which alone programs are looked for."""
    place = tmp_path_factory.mktemp("programs")
    monkeypatch.setenv("PATH", str(place))
    return place


def add_program(place: Path, name: str, script: str) -> None:
    """Put a shell script into such a folder."""
    (place / name).write_text(f"#!/bin/sh\n{script}\n")
    (place / name).chmod(0o755)


def built(report: Path, folder: Path) -> Path:
    """Build the report in `report` and return `folder`, where its files then are."""
    from reglet.pipeline import build
    from reglet.progress import NoProgress

    outcome = build(report, output=folder, progress=NoProgress())
    errors = [f"{item.span}: {item.message}" for item in outcome.diagnostics]
    assert not outcome.failed, errors
    return folder


LATER = """
import datetime, runpy, sys, time
ahead, now, here, there = 4 * 365 * 86400, time.time, time.localtime, time.gmtime
Moment = datetime.datetime
class Later(Moment):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    today = now
datetime.datetime = Later
time.time = lambda: now() + ahead
time.localtime = lambda at=None: here(time.time() if at is None else at)
time.gmtime = lambda at=None: there(time.time() if at is None else at)
assert datetime.datetime.now().year > Moment.now().year + 2
runpy.run_module("reglet", run_name="__main__", alter_sys=True)
"""


def run_later(*arguments: str | Path) -> None:
    """Run a command of reglet as on another machine.

    Its clock is four years ahead; time zone, language, seed and umask are others.
    """
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"}
    command = [sys.executable, "-c", LATER, *map(str, arguments)]
    subprocess.run(command, env=os.environ | other, umask=0o077, check=True)


@pytest.fixture(scope="session")
def report_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build this repository's report once and return the folder of its files."""
    return built(ROOT, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="session")
def demo_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build what `reglet new` lays out once and return the folder of its files."""
    from reglet.scaffold import lay_out

    folder = tmp_path_factory.mktemp("demo")
    assert not lay_out(folder / "report").failed
    return built(folder / "report", folder / "output")


@pytest.fixture(scope="session")
def notes_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the report of `cases/notes` once: notes of every kind, in an edition for each place."""
    return built(ROOT / "tests" / "cases" / "notes", tmp_path_factory.mktemp("notes"))


@pytest.fixture(scope="session")
def report_pdf(report_output: Path) -> Path:
    return next(report_output.glob("*.pdf"))


@pytest.fixture(scope="session")
def report_epub(report_output: Path) -> Path:
    return next(report_output.glob("*.epub"))
