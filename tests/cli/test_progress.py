"""The live line: what it says, and where it is silent."""

import io
import sys

import pytest
from rich.console import Console
from rich.spinner import Spinner

from reglet.progress import LiveProgress, NoProgress, show_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def line(progress: LiveProgress) -> str:
    output = io.StringIO()
    Console(file=output, width=60).print(Spinner("dots", text=progress))
    return output.getvalue()[2:]


def terminal(patch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in the place of stderr; in a test's own time, since capturing resets it."""
    found = Terminal()
    patch.setattr(sys, "stderr", found)
    patch.setenv("TERM", "xterm")
    return found


def test_the_line_names_stage_section_and_page() -> None:
    progress = LiveProgress()
    assert line(progress).startswith("starting · 0 s")
    progress.stage("setting", "04-protection", 57)
    assert line(progress).startswith("setting · 04-protection · page 57 · 0 s")
    progress.stage("proving")
    assert line(progress).startswith("proving · 0 s")


def test_a_long_line_is_cut_and_never_wraps() -> None:
    progress = LiveProgress()
    progress.stage("parsing", "x" * 200)
    assert line(progress).count("\n") == 1


def test_it_is_silent_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    output = io.StringIO()
    monkeypatch.setattr(sys, "stderr", output)
    with show_progress() as progress:
        progress.stage("setting", "a", 1)
        assert isinstance(progress, NoProgress)
    assert output.getvalue() == ""


def test_it_is_silent_when_told_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    output = terminal(monkeypatch)
    with show_progress(quiet=True) as progress:
        progress.stage("setting")
    assert output.getvalue() == ""


def test_it_shows_on_a_terminal_and_wipes_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    output = terminal(monkeypatch)
    with show_progress() as progress:
        progress.stage("setting", "04-protection", 57)
    shown = output.getvalue()
    assert "setting" in shown
    assert shown.rstrip().endswith("\x1b[2K")


def test_what_is_printed_meanwhile_stays_on_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = terminal(monkeypatch)
    with show_progress():
        print("talk")
    assert capsys.readouterr().out == "talk\n"
    assert "talk" not in output.getvalue()
