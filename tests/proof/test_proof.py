"""What `reglet proof` and a build say of finished files, on the terminal and in proof.json."""

import json
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Maker, add_program, built
from sound_files import sound_files

from reglet.cli import cli
from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.writing import write
from reglet.proof.finding import MOST, Finding, Verdict, shortened

SHEET = '@font-face { font-family: S; src: url("reglet:///fonts/serif.ttf") } html { font: 9pt S }'


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["proof", *map(str, arguments)], prog_name="reglet")


def facts(folder: Path) -> dict[str, list[dict[str, object]]]:
    record = json.loads((folder / "proof.json").read_bytes())
    assert record["schema"] == 1
    return {row["name"]: row["proofs"] for row in record["files"]}


@pytest.fixture(autouse=True)
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what takes seconds to start and has tests of its own."""
    monkeypatch.setattr("reglet.proof.verapdf.missing", lambda: "left out")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a sound PDF in it."""
    markup = '<html lang="en"><head><title>t</title></head><body><h1>t</h1></body></html>'
    (tmp_path / "sound.pdf").write_bytes(write(lay_out(markup, SHEET, {})))
    return tmp_path


def test_what_passes_is_told_with_rules_and_versions(folder: Path) -> None:
    shown = run(folder / "sound.pdf")
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "sound.pdf"
    assert lines[1].startswith("  PASSED PDF/UA-1 · ")
    assert lines[1].endswith(f" rules · page-validation {version('page-validation')}")
    assert any(line.startswith("  PASSED PDF syntax · qpdf ") for line in lines)
    assert not (folder / "proof.json").exists()


def test_what_cannot_run_is_never_passed(folder: Path, programs: Path) -> None:
    (folder / "book.epub").write_bytes(sound_files(folder / "whole")["epub"])
    shown = run(folder)
    assert shown.exit_code == 0
    lines = [line.strip() for line in shown.stdout.splitlines()]
    for check, reason in {
        "PDF syntax · qpdf": "it is not installed",
        "PDF/UA-1 · veraPDF": "left out",
        "EPUB Accessibility 1.1 · Ace": "Ace needs Node: apt-get install nodejs npm",
        "EPUB 3.3 · EPUBCheck": "EPUBCheck needs Java: apt-get install default-jre-headless",
    }.items():
        assert lines[lines.index(f"NOT PROVEN {check}") + 1] == reason
    verdicts = {(p["validator"], p["verdict"]) for p in facts(folder)["sound.pdf"]}
    assert verdicts == {
        ("reglet", "not proven"), ("reglet", "passed"), ("page-validation", "passed"),
        ("qpdf", "not proven"), ("veraPDF", "not proven"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("script", "line", "code"),
    [
        ("exit 0", "PASSED PDF/UA-1 · veraPDF 1.26.1", 0),
        ("echo FAIL 7.1-1; exit 1", "FAILED PDF/UA-1 · veraPDF 1.26.1", 1),
        ("exit 8", "NOT PROVEN PDF/UA-1 · veraPDF 1.26.1", 0),
    ],
)
def test_verapdf_is_asked_where_it_is(
    script: str, line: str, code: int, folder: Path, programs: Path
) -> None:
    told = 'if [ "$1" = --version ]; then echo "veraPDF 1.26.1"; exit 0; fi'
    asked = f'test "$*" = "--flavour ua1 --format text -v ./sound.pdf" || exit 9\n{script}'
    add_program(programs, "verapdf", f"{told}\n{asked}")
    shown = run(folder)
    assert shown.exit_code == code
    assert f"  {line}\n" in shown.stdout
    assert ("FAIL 7.1-1" in shown.stdout) is (code == 1)


def test_a_file_that_fails_ends_with_1(folder: Path) -> None:
    (folder / "junk.pdf").write_text("no PDF")
    shown = run(folder)
    assert shown.exit_code == 1
    assert "  FAILED PDF/UA-1 · page-validation" in shown.stdout
    assert str(folder) not in shown.stdout
    found = facts(folder)
    assert found["junk.pdf"][1]["verdict"] == "failed"
    assert found["junk.pdf"][1]["detail"]
    assert found["sound.pdf"][1]["verdict"] == "passed"


def test_the_level_of_pdf_a_that_a_file_claims_is_checked(folder: Path) -> None:
    import pikepdf

    with pikepdf.open(folder / "sound.pdf", allow_overwriting_input=True) as pdf:
        with pdf.open_metadata() as told:
            told["pdfaid:part"], told["pdfaid:conformance"] = "2", "B"
        del pdf.Root.OutputIntents
        pdf.save()
    shown = run(folder / "sound.pdf")
    assert shown.exit_code == 1
    assert "  FAILED PDF/A-2b · " in shown.stdout


def test_no_files_and_wrong_files_are_told(tmp_path: Path) -> None:
    shown = run(tmp_path)
    assert (shown.exit_code, shown.stderr) == (1, f"Error: no PDF and no EPUB in {tmp_path}\n")
    (tmp_path / "a.txt").write_text("")
    assert run(tmp_path / "a.txt").exit_code == 2
    assert run(tmp_path / "none.pdf").exit_code == 2
    assert run().exit_code == 2


def test_a_build_sets_down_what_it_has_proven(make: Maker, tmp_path: Path) -> None:
    report = make(
        {
            "report.yaml": "title: Test\neditions: [screen, ebook]\n",
            "sections/01.md": "# One\n\nText.[^a]\n\n[^a]: A note.\n",
        }
    )
    output = built(report, tmp_path / "out")
    first = (output / "proof.json").read_bytes()
    found = facts(output)
    (name,) = (name for name in found if name.endswith(".pdf"))
    notes, tags, archived, structure = found[name]
    assert notes["detail"] == ["1 note on 5 pages: on the page of its call, none lost"]
    assert (tags["standard"], tags["verdict"]) == ("PDF/UA-1", "passed")
    assert (archived["standard"], archived["verdict"]) == ("PDF/A-3a", "passed")
    assert (structure["standard"], structure["verdict"]) == ("structure", "passed")
    (book,) = (name for name in found if name.endswith(".epub"))
    assert [(p["validator"], p["verdict"]) for p in found[book]] == [
        ("reglet", "passed"), ("EPUBCheck", "not proven"), ("Ace", "not proven"),
    ]  # fmt: skip
    assert (built(report, output) / "proof.json").read_bytes() == first
    # what the build alone can prove holds as long as the file is the same
    (next(output.glob("*.epub"))).unlink()
    assert "1 note on 5 pages" in run(output).stdout
    assert facts(output)[name][0] == notes
    again = (output / "proof.json").read_bytes()
    run(output)
    assert (output / "proof.json").read_bytes() == again
    page = (output / "proof.html").read_text()
    assert "<title>What is proven: Test</title>" in page
    assert "1 note on 5 pages" in page
    with (output / name).open("ab") as file:
        file.write(b"\n")
    assert "  NOT PROVEN notes · reglet" in run(output).stdout


def test_a_damaged_record_proves_nothing(folder: Path) -> None:
    for text in ("", "[]", '{"files": [{"name": 1}]}', '{"files": 3}'):
        (folder / "proof.json").write_text(text)
        assert "NOT PROVEN notes" in run(folder).stdout


def test_a_folder_that_cannot_be_written_to_is_told(folder: Path) -> None:
    (folder / "proof.json").mkdir()
    shown = run(folder)
    assert shown.exit_code == 1
    assert "proof.json" in shown.stderr
    assert "Traceback" not in shown.output
    shutil.rmtree(folder / "proof.json")


def test_many_faults_are_counted() -> None:
    faults = [f"fault {number}" for number in range(MOST + 5)]
    assert shortened(faults)[-2:] == (f"fault {MOST - 1}", "and 5 more")
    assert shortened(faults[:MOST]) == tuple(faults[:MOST])


def test_how_a_finding_is_worded() -> None:
    passed = Finding("PDF/UA-1", "page-validation", "0.11.0", Verdict.PASSED, 1104)
    assert str(passed) == "PASSED PDF/UA-1 · 1,104 rules · page-validation 0.11.0"
    absent = Finding("EPUB 3.3", "EPUBCheck", "", Verdict.NOT_PROVEN)
    assert str(absent) == "NOT PROVEN EPUB 3.3 · EPUBCheck"
