"""Shows where the time of a cold PDF goes: `python -m bench profile [SIZE]`, M where none is named.

One process builds the PDF with nothing kept, and is looked at every two milliseconds that it
computes (setitimer(2), ITIMER_VIRTUAL): what it has computed since the last look counts for the
stage that it is found in. What C code does counts for the function that calls it, since nobody
looks meanwhile. Of each stage it also tells how much no change of Python code saves: the work of
Pango, of zlib, and of the validator in Rust.
"""

import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from types import FrameType

from bench.place import ROOT, lay_out_place

EVERY = 0.002  # s of computing from look to look

STAGES = (
    ("proving: page-validation", "proof/files.py", "_by_page"),
    ("proving: reglet's own checks", "proof/gate.py", "prove"),
    ("laying out", "formats/pdf/engine.py", "lay_out"),
    ("drawing", "formats/pdf/writing.py", "draw"),
    ("reading what stands where", "formats/pdf/setting.py", "_set"),
    ("dividing", "formats/pdf/divide.py", "divide"),
    ("joining and writing the file", "formats/pdf/writing.py", "write_joined"),
    ("rendering templates", "reglet/render.py", "render"),
    ("reading Markdown and YAML", "reglet/reading.py", "load_report"),
    ("reading Markdown and YAML", "reglet/text/section.py", "parse"),
    ("resolving", "resolve/document.py", "resolve"),
    ("importing", "importlib._bootstrap>", "_find_and_load"),
)
"""Stages, by the end of a file's name and the function that does their work; the first wins."""

FLOOR = (
    ("text/line_break.py", "get_first_line"),
    ("text/line_break.py", "set_text"),
    ("formats/pdf/foreseen.py", "_line_before"),
    ("proof/files.py", "_by_page"),
    ("pydyf/__init__.py", "data"),
    ("formats/pdf/join.py", "_compressed"),
)
"""Functions that mostly wait for C: Pango's, zlib's and the validator's."""


class Looks:
    """Adds up the seconds of computing between looks at what a process does."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = defaultdict(float)
        self.floor: dict[str, float] = defaultdict(float)
        self.last = time.process_time()

    def __call__(self, _signal: int, frame: FrameType | None) -> None:
        """Look once."""
        now = time.process_time()
        took, self.last = now - self.last, now
        frames: list[tuple[str, str]] = []
        while frame is not None:
            frames.append((frame.f_code.co_filename, frame.f_code.co_name))
            frame = frame.f_back
        found = next((name for name, *where in STAGES if _within(frames, *where)), "the rest")
        self.stages[found] += took
        if any(_within(frames[:1], *where) for where in FLOOR):
            self.floor[found] += took

    def table(self) -> str:
        """Word what was found."""
        whole = sum(self.stages.values())
        rows = [f"{'':32} {'CPU s':>7} {'share':>6} {'of it in C':>11}"]
        for name, took in sorted(self.stages.items(), key=lambda row: -row[1]):
            rows.append(
                f"{name:32} {took:7.2f} {took / whole:6.1%} {self.floor[name] / took:11.1%}"
            )
        in_c = sum(self.floor.values()) / whole
        return "\n".join([*rows, f"{'whole':32} {whole:7.2f} {1:6.0%} {in_c:11.1%}"])


def _within(frames: list[tuple[str, str]], file: str, function: str) -> bool:
    return any(name == function and path.endswith(file) for path, name in frames)


def main(arguments: list[str]) -> int:
    """Measure one size and print the table."""
    if arguments[:1] == ["--here"]:
        return _build(Path(arguments[1]))
    size = arguments[0] if arguments else "M"
    with tempfile.TemporaryDirectory(prefix="reglet-bench-") as folder:
        place = lay_out_place(size, Path(folder), 1, citations=False)
        command = [sys.executable, "-m", "bench", "profile", "--here", str(place.report)]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


def _build(report: Path) -> int:
    """Build in this process, and look."""
    looks = Looks()
    signal.signal(signal.SIGVTALRM, looks)
    signal.setitimer(signal.ITIMER_VIRTUAL, EVERY, EVERY)
    from reglet.cli import main as run

    words = ("build", str(report), "-e", "screen", "--proof", "light", "-q", "--no-cache")
    try:
        run([*words, "--jobs", "1"])
    except SystemExit as end:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        print(looks.table())
        return int(end.code or 0)
    return 1
