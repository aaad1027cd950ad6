"""A section that takes too much memory in one of several processes: told, and all of them end."""

import os
import subprocess
import sys
import zlib
from pathlib import Path
from struct import pack

import pytest
from conftest import Maker

WIDE = 13_000  # pixels
LITTLE, ENOUGH = 400, 700  # MB, of which twice as many are got at once; the build holds some 250


def chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def small_file_of_much() -> bytes:
    """Return a PNG of few bytes, of which each pixel is 4 when it is drawn: 676 MB in all."""
    lines = zlib.compressobj(1)
    line = bytes(1 + WIDE // 8)
    data = b"".join([*(lines.compress(line) for _ in range(WIDE)), lines.flush()])
    head = pack(">IIBBBBB", WIDE, WIDE, 1, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", bytes(6)),
        (b"tRNS", b"\x80"),
        (b"IDAT", data),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def processes_of(session: int) -> list[str]:
    """List the processes of a session that have not ended."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text()
        except OSError:
            continue  # it has just ended
        state, _, _, its_session = text.rpartition(")")[2].split()[:4]
        if int(its_session) == session and state != "Z":
            found.append(text)
    return found


def run(folder: Path) -> tuple[int, str]:
    """Build with two processes in a session of its own, of which nothing may be left."""
    command = [sys.executable, "-m", "reglet", "build", str(folder), "--format", "concise"]
    with subprocess.Popen(
        [*command, "--quiet", "--no-cache", "--jobs", "2"],
        stderr=subprocess.PIPE, text=True, start_new_session=True, env=os.environ,
    ) as build:  # fmt: skip
        said = build.communicate(timeout=600)[1]
    assert processes_of(build.pid) == []
    return build.returncode, said


WORDS = "Water is cold in any weather. " * 40


def report(memory: int, picture: str = "") -> dict[str, str | bytes]:
    head = "title: Wells\ndate: 2026-11-24\neditions: [screen]\n"
    limits = f"limits: {{memory: {memory}, picture-pixels: 200}}\n"
    texts = {f"sections/0{n}.md": f"# S {n}\n\n{WORDS}\n\n" for n in range(1, 5)}
    texts["sections/03.md"] += picture
    return {"report.yaml": head + limits, **texts}


@pytest.mark.full
def test_a_section_that_takes_too_much_is_named(make: Maker) -> None:
    folder = make(report(LITTLE) | {"figures/rain.png": small_file_of_much()})
    output = folder / "output"
    assert run(folder) == (0, "")
    good = {file.name: file.read_bytes() for file in output.iterdir()}
    for memory, limit in ((LITTLE, "it can get at once"), (ENOUGH, f"{ENOUGH} MB")):
        make(report(memory, "![Rain](figures/rain.png)\n"))
        code, said = run(folder)
        assert said == (
            "edition screen: error[memory-limit] setting `03` takes more memory than "
            f"{limit} (raise `memory` below `limits:` in report.yaml, to 64,000 at most)\n"
        )
        assert code == 1
        assert {file.name: file.read_bytes() for file in output.iterdir()} == good
    make(report(2_000, "![Rain](figures/rain.png)\n"))
    assert run(folder) == (0, "")
    assert {file.name: file.read_bytes() for file in output.iterdir()} != good
