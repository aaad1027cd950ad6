"""Hostile reports: each gets its diagnostics or a safe product, and reaches nothing but its own.

A report is built in a process of its own (`watched.py`), with limits of memory and of computing.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZipFile

import drawn
import extended
import facts
import paths
import pikepdf
import pytest
import texts
import themes
from attack import SECRET, Attack, lay
from conftest import ROOT

ROOMS = (paths, texts, drawn, facts, themes, extended)
ATTACKS: tuple[Attack, ...] = tuple(attack for room in ROOMS for attack in room.ATTACKS)
MOST_SECONDS = 30  # of computing, on any machine that tests run on
MOST_BYTES = 600_000_000
SLOW = frozenset(
    {
        "a billion laughs", "a million values", "a chart of 60,000 bars", "half a million cells",
        "a table of 120,000 cells", "a directive of laughs", "100,000 marks of emphasis",
        "50,000 references", "240,000 mistakes", "a line of 1 MB", "BibTeX that refers to itself",
        "200,000 letters of emphasis", "150,000 notes", "brackets as deep as they may be",
        "11,000 files", "JSON with a number of a million digits",
    }
)  # fmt: skip

Json = dict[str, object]


class Builder:
    """The process that builds reports, one after the other."""

    def __init__(self, into: IO[str], out: IO[str]) -> None:
        self.into, self.out = into, out

    def __call__(self, job: Json) -> Json:
        print(json.dumps(job), file=self.into, flush=True)
        answer: Json = json.loads(self.out.readline())
        return answer


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    scratch = str(tmp_path_factory.mktemp("scratch"))
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("watched.py")],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LC_ALL": "C.UTF-8",
            "TMPDIR": scratch,
            "XDG_CACHE_HOME": scratch,
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Builder(process.stdin, process.stdout)
        process.stdin.close()


def cases() -> list[object]:
    return [
        pytest.param(
            attack,
            id=attack.name,
            marks=[pytest.mark.full] * bool(attack.editions or attack.name in SLOW),
        )
        for attack in ATTACKS
    ]


def test_there_are_enough() -> None:
    names = Counter(attack.name for attack in ATTACKS)
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) >= 120


@pytest.mark.parametrize("attack", cases())
def test_attack(attack: Attack, builder: Builder, tmp_path: Path) -> None:
    report, output = lay(attack, tmp_path), tmp_path / "output"
    job: Json = {"folder": str(report), "outside": str(tmp_path / "outside")}
    found = builder(job | {"output": str(output), "editions": attack.editions})
    assert "error" not in found, found["error"]
    assert found["broken"] == []
    assert tuple(found["said"]) == attack.said  # type: ignore[arg-type]
    assert float(str(found["seconds"])) < MOST_SECONDS
    assert int(str(found["memory"])) < MOST_BYTES
    assert SECRET not in str(found["shown"])
    assert any(output.glob("*")) == (bool(attack.editions) and not found["severe"])
    for name, data in contents(output):
        for word in (SECRET, *attack.absent):
            assert word.encode() not in data, (name, word)


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what finished files hold, unpacked."""
    for path in folder.glob("*"):
        if path.suffix == ".epub":
            with ZipFile(path) as book:
                yield from ((name, book.read(name)) for name in book.namelist())
        elif path.suffix == ".pdf":
            written = BytesIO()
            with pikepdf.open(path) as pdf:
                pdf.save(written, qdf=True)
            yield path.name, written.getvalue()
        else:
            yield path.name, path.read_bytes()
