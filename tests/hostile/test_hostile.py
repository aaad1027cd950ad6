"""Hostile reports: each gets its diagnostics or a safe product, and reaches nothing that is not its.

A report is built in a process of its own (`watched.py`), under limits of memory and computing.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import paths
import pytest
import texts
from attack import SECRET, Attack, lay
from conftest import ROOT

ATTACKS = (*paths.ATTACKS, *texts.ATTACKS)
MOST_SECONDS = 60
MOST_BYTES = 1_000_000_000


class Builder:
    """The process that builds reports, one after the other."""

    def __init__(self, process: "subprocess.Popen[str]", into: IO[str], out: IO[str]) -> None:
        self.process, self.into, self.out = process, into, out

    def __call__(self, **job: Any) -> dict[str, Any]:
        print(json.dumps(job), file=self.into, flush=True)
        answer: dict[str, Any] = json.loads(self.out.readline())
        return answer


@pytest.fixture(scope="module")
def builder() -> Iterator[Builder]:
    script = Path(__file__).with_name("watched.py")
    with subprocess.Popen(
        [sys.executable, script],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin and process.stdout
        yield Builder(process, process.stdin, process.stdout)
        process.stdin.close()


def test_there_are_enough() -> None:
    names = Counter(attack.name for attack in ATTACKS)
    assert not [name for name, count in names.items() if count > 1]
    assert len(names) >= 120


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attack(attack: Attack, builder: Builder, tmp_path: Path) -> None:
    report, output = lay(attack, tmp_path), tmp_path / "output"
    found = builder(
        folder=str(report),
        outside=str(tmp_path / "outside"),
        output=str(output),
        editions=attack.editions,
    )
    assert "error" not in found, found["error"]
    assert found["broken"] == []
    assert tuple(found["said"]) == attack.said
    assert found["seconds"] < MOST_SECONDS
    assert found["memory"] < MOST_BYTES
    assert SECRET not in found["shown"]
