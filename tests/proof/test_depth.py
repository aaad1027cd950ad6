"""A build asks the programs that are here before it writes; told to be light, it asks none."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Maker, add_program

from reglet.cli import cli
from reglet.proof.files import SUFFIXES

EDITIONS: dict[str, str | bytes] = {
    "report.yaml": "title: Test\neditions: [screen, ebook, web]\n",
    "sections/01.md": "# One\n\nWords.[^a]\n\n[^a]: Their source.\n",
}
OWN = {"reglet", "page-validation"}


def run(report: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["build", str(report), *options], prog_name="reglet")


def verdicts(report: Path) -> dict[str, set[tuple[str, str]]]:
    """Return who was asked about each kind of file, and what they said."""
    record = json.loads((report / "output" / "proof.json").read_bytes())
    return {
        Path(row["name"]).suffix: {(p["validator"], p["verdict"]) for p in row["proofs"]}
        for row in record["files"]
    }


@pytest.mark.full
def test_a_build_asks_every_validator(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REGLET_PROOF")
    report = make(EDITIONS)
    shown = run(report)
    assert shown.exit_code == 0, shown.output
    asked = verdicts(report)
    assert asked.keys() == set(SUFFIXES)
    assert asked[".pdf"] == {(name, "passed") for name in {*OWN, "qpdf", "veraPDF"}}
    assert asked[".epub"] == {(name, "passed") for name in ("reglet", "EPUBCheck", "Ace")}
    assert shown.stdout.count("passes PDF/UA-1") == 1
    assert "passes EPUB 3.3, passes EPUB Accessibility 1.1\n" in shown.stdout
    assert "not proven" not in shown.stdout


def test_what_a_program_refuses_is_not_written(make: Maker, programs: Path) -> None:
    refusing = 'if [ "$1" = --version ]; then echo qpdf version 12; exit 0; fi; pwd; exit 2'
    add_program(programs, "qpdf", refusing)
    report = make(EDITIONS)
    shown = run(report, "--proof", "full", "--format", "concise")
    assert shown.exit_code == 1
    assert "error[unproven] `test.pdf` does not pass PDF syntax: /" in shown.stderr
    assert not (report / "output").exists()
    (left,) = shown.stderr.splitlines()
    staged = Path(left.partition("PDF syntax: ")[2].partition(" (")[0])
    assert "reglet-proof-" in staged.name
    assert not staged.exists()


def test_what_is_not_here_is_not_proven(make: Maker, programs: Path) -> None:
    assert not [*programs.iterdir()]
    report = make(EDITIONS)
    shown = run(report, "--proof", "full")
    assert shown.exit_code == 0
    assert "not proven: EPUB 3.3 and EPUB Accessibility 1.1 (see `reglet proof`)" in shown.stdout
    assert verdicts(report)[".pdf"] == {
        *((name, "passed") for name in OWN), ("qpdf", "not proven"), ("veraPDF", "not proven"),
    }  # fmt: skip


def test_a_light_proof_asks_no_program(make: Maker, programs: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    for name in ("qpdf", "verapdf", "java", "node"):
        add_program(programs, name, f"echo asked > {asked}; exit 1")
    report = make(EDITIONS)
    assert run(report, "--proof", "light").exit_code == 0
    assert not asked.exists()
    assert verdicts(report)[".pdf"] == {(name, "passed") for name in OWN}
    assert ("EPUBCheck", "not proven") in verdicts(report)[".epub"]


def test_where_files_cannot_be_put_nobody_is_asked(
    make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reglet.proof.gate.TemporaryDirectory", full)
    report = make(EDITIONS)
    assert run(report, "--proof", "full").exit_code == 0
    record = json.loads((report / "output" / "proof.json").read_bytes())
    told = {
        (proof["standard"], *proof["detail"])
        for row in record["files"]
        for proof in row["proofs"]
        if proof["verdict"] == "not proven"
    }
    reason = "nobody could be asked: no space left on device"
    assert told == {("EPUB 3.3", reason), ("EPUB Accessibility 1.1", reason)}
