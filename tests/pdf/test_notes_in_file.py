"""Stress reports through every stage, held against the finished file alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from notes_in_file import Page, Word, faults, find
from stress_report import StressReport

from reglet.pipeline import build
from reglet.progress import NoProgress

Maker = Callable[[dict[str, str | bytes]], Path]


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 5])
def test_notes_of_a_stress_report(make: Maker, seed: int) -> None:
    report = StressReport(seed, 60, parts=2, longest=300)
    folder = make(report.files)
    outcome = build(folder, progress=NoProgress())
    assert not outcome.failed
    (file,) = (folder / "output").glob("*.pdf")
    assert faults(file.read_bytes(), report.notes, report.marks) == []


def words(*texts: str, top: float = 100) -> tuple[Word, ...]:
    return tuple(
        Word(text, 10 + 60 * n, top, 60 + 60 * n, top + 10) for n, text in enumerate(texts)
    )


def test_what_is_wrong_in_a_file_is_found() -> None:
    first = Page(300, 300, (*words("call1z", "mark1z"), *words("1X0XLO‐", top=200)))
    second = Page(300, 300, words("REM", "1X1XIPSUM", top=200))
    found = find([first, second])
    assert (found.calls, found.notes, found.faults) == ({1: [1]}, {1: 1}, [])
    assert found.printed == {1: ["1X0XLO‐REM", "1X1XIPSUM"]}
    among = Page(300, 300, (*words("1X0XLOREM", top=100), *words("lorem", top=150)))
    assert find([among]).faults == ["page 1: lorem stands among the notes"]
    beyond = Page(300, 300, words("1X0XLOREM", top=295))
    assert find([beyond]).faults == ["page 1: 1X0XLOREM leaves the page"]
    over = (Word("1X0XLOREM", 10, 200, 60, 210), Word("1X1XIPSUM", 40, 200, 90, 210))
    assert find([Page(300, 300, over)]).faults == ["page 1: 1X1XIPSUM over 1X0XLOREM"]
