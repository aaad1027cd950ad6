"""What Ace's reports are read as, and what of it proves nothing."""

import json
import sys
from pathlib import Path

import pytest
from conftest import add_program

from reglet.proof import ace
from reglet.proof.ace import ask_ace, read_report
from reglet.proof.finding import Verdict

VIOLATION = {
    "earl:result": {
        "earl:outcome": "fail",
        "dct:description": "Element does not have an alt attribute\nElement has no title",
        "earl:pointer": {"css": ["img"]},
    },
    "earl:test": {"earl:impact": "critical", "dct:title": "image-alt"},
}


def report(outcome: str, *violations: object) -> str:
    return json.dumps(
        {
            "earl:assertedBy": {"doap:release": {"doap:revision": "1.4.6"}},
            "earl:result": {"earl:outcome": outcome},
            "assertions": [
                {"assertions": violations, "earl:testSubject": {"url": "text/one.xhtml"}}
            ],
        }
    )


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the one folder in which programs are looked for: Node and Chromium are there."""
    for name in ("node", "chromium"):
        add_program(tmp_path, name, "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.delenv("PUPPETEER_EXECUTABLE_PATH", raising=False)
    monkeypatch.delenv("REGLET_ACE", raising=False)
    return tmp_path


def test_a_report_without_violations_passes() -> None:
    found = read_report(report("pass"), 0)
    assert str(found) == "PASSED EPUB Accessibility 1.1 · Ace 1.4.6"
    assert found.detail == ()


def test_violations_are_told_with_file_rule_and_place() -> None:
    found = read_report(report("fail", VIOLATION), 2)
    assert str(found) == "FAILED EPUB Accessibility 1.1 · Ace 1.4.6"
    told = "Element does not have an alt attribute (image-alt, critical; text/one.xhtml, img)"
    assert found.detail == (told,)


@pytest.mark.parametrize(
    ("told", "code", "reason"),
    [
        ("", 0, "Ace's report cannot be read"),
        ("[]", 0, "Ace's report cannot be read"),
        (report("pass", {}), 0, "Ace's report cannot be read"),
        (report("pass"), 1, "Ace ended with 1, and reports: pass"),
        (report("pass"), 2, "Ace ended with 2, and reports: pass"),
        (report("fail"), 2, "Ace ended with 2, and reports: fail"),
        (report("fail", VIOLATION), 0, "Ace ended with 0, and reports: fail"),
        (report("pass", VIOLATION), 0, "Ace ended with 0, and reports: pass"),
        (report("maybe"), 0, "Ace ended with 0, and reports: maybe"),
    ],
)
def test_what_does_not_fit_together_proves_nothing(told: str, code: int, reason: str) -> None:
    found = read_report(told, code)
    assert found.verdict is Verdict.NOT_PROVEN
    assert found.detail == (reason,)


def test_the_program_that_is_named_is_run(
    programs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = 'test "$PUPPETEER_EXECUTABLE_PATH" = "$PATH/chromium" || exit 9'
    told = f"echo '{report('pass')}' >\"$6/report.json\""
    add_program(programs, "mine", f"{asked}\n{told}")
    add_program(programs, "ace-cli", "exit 1")
    monkeypatch.setenv("REGLET_ACE", str(programs / "mine"))
    assert str(ask_ace(tmp_path / "a.epub")) == "PASSED EPUB Accessibility 1.1 · Ace 1.4.6"


def test_a_run_without_report_proves_nothing(programs: Path, tmp_path: Path) -> None:
    add_program(programs, "ace-cli", "printf '\\033[31merror\\033[39m: no book\\n'; exit 1")
    found = ask_ace(tmp_path / "a.epub")
    assert found.verdict is Verdict.NOT_PROVEN
    assert found.detail == ("Ace gave no report: no book",)


def test_what_is_missing_is_named(programs: Path, tmp_path: Path) -> None:
    add_program(programs, "ace-cli", "exit 0")
    for name, reason in {
        "chromium": "Ace needs Chromium: apt-get install chromium",
        "ace-cli": f"Ace is missing: {ace.INSTALL}",
        "node": "Ace needs Node: apt-get install nodejs npm",
    }.items():
        (programs / name).unlink()
        found = ask_ace(tmp_path / "a.epub")
        assert (found.verdict, found.detail) == (Verdict.NOT_PROVEN, (reason,))
