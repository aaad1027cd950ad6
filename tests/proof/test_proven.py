"""Whole reports, held by every validator that `tools/setup.sh test` installs."""

import zipfile
from pathlib import Path

import pytest

from reglet.proof.ace import ask_ace
from reglet.proof.finding import Verdict
from reglet.proof.record import prove_folder

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
    output: Path = request.getfixturevalue(report)
    found = prove_folder(output)
    assert sorted(Path(name).suffix for name in found) == [".epub", ".pdf"]
    for name, findings in found.items():
        asked = {(finding.standard, finding.validator) for finding in findings}
        assert asked == (PDF if name.endswith(".pdf") else EPUB)
        for finding in findings:
            assert finding.verdict is Verdict.PASSED, (name, str(finding), finding.detail)
            assert finding.version


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
