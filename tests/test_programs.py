"""Programs that hang, are killed or talk nonsense: each is told by name, and none is waited for."""

import os
import signal
import sys
import time
from pathlib import Path

import pypandoc
import pytest
from conftest import Maker, add_program

from reglet import pandoc, pipeline
from reglet.model.diagnostic import Diagnostic
from reglet.programs import ProgramError, run_program
from reglet.proof import ace, epubcheck, files, verapdf
from reglet.proof.finding import Verdict

HANGS = 'sleep 600 & echo $! >"$0.child"; wait'
ENDINGS = {
    "hangs": (HANGS, "it takes longer than 1 s"),
    "is killed": ("kill -9 $$", "it was ended by SIGKILL"),
    "runs out of memory": ("kill -6 $$", "it was ended by SIGABRT"),
}
NONSENSE = {
    "says nothing": "exit 0",
    "says bytes": "printf '\\377\\376{\\200'",
    "says half": "printf '{\"messages\": [{'",
    "says another thing": 'echo \'{"messages": 3, "blocks": [1]}\'',
    "fails": "exit 3",
}
CITING: dict[str, str | bytes] = {
    "sections/01.md": "# One\n\nA [@x].\n",
    "sources.yaml": "x: {type: book, title: T}\n",
}


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder whose programs come first; none may take longer than a second."""
    folder = tmp_path / "fake"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(pypandoc, "get_pandoc_path", lambda: str(folder / "pandoc"))
    monkeypatch.setattr(pandoc, "SECONDS", 1)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    for validator in (ace, epubcheck, files, verapdf):
        monkeypatch.setattr(validator, "MAX_SECONDS", 1)
    return folder


def is_alive(process: int) -> bool:
    """Tell whether a process runs; one that has ended and waits for its parent does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize(("script", "reason"), ENDINGS.values(), ids=ENDINGS)
def test_what_becomes_of_a_program(fake: Path, script: str, reason: str) -> None:
    add_program(fake, "program", script)
    with pytest.raises(ProgramError) as fault:
        run_program([str(fake / "program")], 1)
    assert str(fault.value) == reason


def test_what_a_late_program_has_started_ends_with_it(fake: Path) -> None:
    add_program(fake, "program", HANGS)
    with pytest.raises(ProgramError):
        run_program([str(fake / "program")], 1)
    child = int((fake / "program.child").read_text())
    for _ in range(500):
        if not is_alive(child):
            break
        time.sleep(0.01)
    assert not is_alive(child)


def test_a_program_ends_with_the_work_that_waits_for_it(fake: Path) -> None:
    class LateError(BaseException):
        pass

    def late(*_: object) -> None:
        raise LateError

    add_program(fake, "program", HANGS)
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(LateError):
            run_program([str(fake / "program")], 600)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_program_that_cannot_be_started(fake: Path) -> None:
    (fake / "program").write_text("no program")
    with pytest.raises(ProgramError, match="cannot be started: permission denied"):
        run_program([str(fake / "program")], 1)
    with pytest.raises(ProgramError, match="cannot be started: no such file"):
        run_program([str(fake / "other")], 1)


def checked(make: Maker, given: dict[str, str | bytes]) -> Diagnostic:
    (item,) = pipeline.check(make(given)).diagnostics
    return item


LISTING: dict[str, str | bytes] = {"sources.bib": "@book{x, title = {T}}\n"}


@pytest.mark.parametrize("name", [*ENDINGS, *NONSENSE])
@pytest.mark.parametrize(
    ("given", "place", "code"),
    [(CITING, "report.yaml:1:1", "bad-style"), (LISTING, "sources.bib", "bad-sources")],
    ids=["citing", "listing"],
)
def test_pandoc_ends_oddly(
    make: Maker, fake: Path, *, name: str, given: dict[str, str | bytes], place: str, code: str
) -> None:
    script, reason = ENDINGS.get(name) or (NONSENSE[name], "pandoc reads it, and ")
    add_program(fake, "pandoc", script)
    told = checked(make, given)
    assert (told.code, str(told.span)) == (code, place)
    assert reason in told.message


def test_no_pandoc(make: Maker, fake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "cannot be started" in checked(make, CITING).message

    def missing() -> str:
        raise OSError("no pandoc")

    monkeypatch.setattr(pypandoc, "get_pandoc_path", missing)
    assert "is not installed" in checked(make, CITING).message


@pytest.mark.parametrize("name", [*ENDINGS, *NONSENSE])
def test_validators_end_oddly(fake: Path, tmp_path: Path, name: str) -> None:
    script, reason = ENDINGS.get(name) or (NONSENSE[name], "")
    for program in ("java", "qpdf", "ace-cli", "node", "chromium"):
        add_program(fake, program, script)
    paths = [tmp_path / "a.epub", tmp_path / "a.pdf"]
    for path in paths:
        path.write_bytes(b"%PDF-1.7\n")
    found = [item for items in files.ask_programs(paths).values() for item in items]
    asked = {"EPUBCheck", "Ace", "veraPDF", "qpdf"}
    assert {item.validator for item in found} == asked
    for item in found:
        passed = item.validator == "qpdf" and NONSENSE.get(name) in (
            NONSENSE["says nothing"], NONSENSE["says bytes"], NONSENSE["says half"],
            NONSENSE["says another thing"],
        )  # fmt: skip
        failed = item.validator == "qpdf" and name == "fails"
        if not passed and not failed:
            assert item.verdict is Verdict.NOT_PROVEN, item
            assert item.validator in item.detail[0], item
            assert reason in item.detail[0], item


@pytest.mark.full
def test_a_build_whose_validators_are_killed_says_so(make: Maker, fake: Path) -> None:
    from reglet.progress import NoProgress

    for program in ("java", "qpdf", "ace-cli", "node", "chromium"):
        add_program(fake, program, "kill -9 $$")
    report = make({})
    outcome = pipeline.build(report, editions=["screen"], depth="full", progress=NoProgress())
    assert outcome.value is not None
    told = {proof.checker: proof.faults for proof in outcome.value.proofs if not proof.proven}
    assert told["veraPDF"] == ("veraPDF was asked, and it was ended by SIGKILL",)
    assert told["qpdf"] == ("qpdf was asked, and it was ended by SIGKILL",)
