"""The repository's own report, built: what a reader of the PDF and of the EPUB gets."""

import json
from hashlib import sha256
from pathlib import Path

import pikepdf

from reglet.pipeline import check
from reglet.proof.epubcheck import run_epubcheck

SOURCE_NOTES = 11


def test_no_mistakes_in_the_content() -> None:

    assert check(Path(__file__).parents[1]).diagnostics == ()


def test_every_source_note_is_linked_both_ways(report_pdf: Path) -> None:
    with pikepdf.open(report_pdf) as pdf:
        targets = [
            str(annotation.Dest)
            for page in pdf.pages
            for annotation in page.obj.get("/Annots", [])
            if "/Dest" in annotation
        ]
    for number in range(1, SOURCE_NOTES + 1):
        assert f"note-{number}" in targets
        assert f"call-{number}" in targets


def test_the_epub_passes_epubcheck(report_epub: Path) -> None:
    report = run_epubcheck(report_epub)
    assert report.passed, report.failures


def test_the_manifest_tells_the_truth(report_output: Path) -> None:
    manifest = json.loads((report_output / "manifest.json").read_text(encoding="utf-8"))
    assert {row["format"] for row in manifest["files"]} == {"pdf", "epub", "web"}
    for row in manifest["files"]:
        data = (report_output / row["name"]).read_bytes()
        assert len(data) == row["bytes"]
        assert sha256(data).hexdigest() == row["sha256"]
