"""Whole reports, held by every validator that `tools/setup.sh test` installs."""

import re
import zipfile
from pathlib import Path

import pytest
from conftest import built

from reglet.proof.ace import ask_ace
from reglet.proof.finding import Verdict
from reglet.proof.record import prove_folder
from reglet.scaffold import lay_out

pytestmark = pytest.mark.full

PDF = {
    ("notes", "reglet"),
    ("PDF/UA-1", "page-validation"),
    ("PDF/A-3a", "page-validation"),
    ("structure", "reglet"),
    ("PDF syntax", "qpdf"),
    ("PDF/UA-1", "veraPDF"),
    ("PDF/A-3a", "veraPDF"),
}
EPUB = {("structure", "reglet"), ("EPUB 3.3", "EPUBCheck"), ("EPUB Accessibility 1.1", "Ace")}


@pytest.mark.parametrize("report", ["report_output", "demo_output"])
def test_every_validator_passes_a_report(report: str, request: pytest.FixtureRequest) -> None:
    assert_passed(request.getfixturevalue(report), [".epub", ".pdf"])


def assert_passed(output: Path, suffixes: list[str]) -> None:
    """Hold the files of a folder against every validator."""
    found = prove_folder(output)
    assert sorted(Path(name).suffix for name in found) == suffixes
    for name, findings in found.items():
        asked = {(finding.standard, finding.validator) for finding in findings}
        assert asked == (PDF if name.endswith(".pdf") else EPUB)
        for finding in findings:
            assert finding.verdict is Verdict.PASSED, (name, str(finding), finding.detail)
            assert finding.version


@pytest.fixture(scope="module")
def themes_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build what `reglet new` lays out in the themes that it does not have."""
    folder = tmp_path_factory.mktemp("themes")
    assert not lay_out(folder / "report").failed
    described = folder / "report" / "report.yaml"
    text = described.read_text(encoding="utf-8")
    editions = [
        f"  - {{name: {theme}-{form}, format: {form}, theme: {theme}}}\n"
        for theme in ("plain", "brief")
        for form in ("pdf", "epub")
    ]
    lines = f"editions:\n{''.join(editions)}"
    described.write_text(re.sub(r"^editions: .*\n", lines, text, flags=re.M), encoding="utf-8")
    return built(folder / "report", folder / "output")


def test_every_validator_passes_every_theme(themes_output: Path) -> None:
    assert_passed(themes_output, [".epub", ".epub", ".pdf", ".pdf"])


def test_ace_finds_a_picture_without_text(demo_output: Path, tmp_path: Path) -> None:
    (whole,) = demo_output.glob("*.epub")
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(whole) as book, zipfile.ZipFile(broken, "w") as copy:
        for entry in book.infolist():
            data = book.read(entry)
            if entry.filename.endswith(".xhtml"):
                data = data.replace(b"</body>", b'<p><img src="none.png"/></p></body>')
            copy.writestr(entry, data)
    found = ask_ace(broken)
    assert found.verdict is Verdict.FAILED
    assert any("image-alt, critical" in line for line in found.detail)
